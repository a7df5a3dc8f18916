"""A config: YAML to settings and back."""
