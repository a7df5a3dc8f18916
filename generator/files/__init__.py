"""Reading, writing and finding files."""
