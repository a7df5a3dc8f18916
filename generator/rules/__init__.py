"""What parameters may be, and how they are written."""
