"""What the code of a script means."""
