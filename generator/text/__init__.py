"""Text: places, edits, YAML, wording, terminals."""
