"""Settings to files: the script, its environment, its deployment, its client."""
