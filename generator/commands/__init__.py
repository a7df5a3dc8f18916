"""The commands, one module each: ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""

SUMMARIES = {
    "check": "say whether scripts will work on the endpoint",
    "explain": "say what a check code means",
    "extract": "print the config that would generate a script",
    "generate": "write the score.py that a config describes",
    "modules": "show what each Score module takes",
    "rewrite": "set parameters in an existing script, and change nothing else",
    "schema": "print the JSON Schema of the config",
}
"""The commands' names, each that of its module, and what they do."""
