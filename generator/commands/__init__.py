"""The commands, one module each: ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""

SUMMARIES = {
    "explain": "say what a check code means",
    "generate": "write the score.py that a config describes",
    "modules": "show what each Score module takes",
    "schema": "print the JSON Schema of the config",
}
"""The commands' names, each that of its module, and what they do."""
