"""Proves generated scripts on the designer's own runtimes: ``pytest tests/vendor``."""
