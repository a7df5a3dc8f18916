"""Changes to a script."""
