"""The commands, one module each: ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""

SUMMARIES = {
    "bundle": "write all that a deployment needs into a folder",
    "check": "say whether scripts will work on the endpoint",
    "completion": "print the script for tab completion in a shell",
    "convert": "turn a model into one that needs none of the designer's packages",
    "describe": "say what a model is: its release, its columns, its requests and responses",
    "explain": "say what a check code means",
    "extract": "print the config that would generate a script",
    "generate": "write the score.py that a config describes",
    "init": "write a config to start with, for a script, a model or a module",
    "modules": "show what each Score module takes",
    "prove": "show that a converted model answers as the old one does",
    "rewrite": "set parameters in an existing script, and change nothing else",
    "runtime": "make, list and remove the environments in which scripts are tried and served",
    "schema": "print the JSON Schema of the config",
    "serve": "answer requests on this machine, by the server that runs on endpoints",
    "sync": "bring scripts up to date with their configs; exit with 1 if any was not",
    "try": "run a script once, as the endpoint would, and show the response",
    "ui": "open a page in the browser on which the settings of a script are chosen",
}
"""The commands' names, each that of its module, and what they do."""

GROUPS = {
    "begin": ("init", "ui", "extract", "describe"),
    "write, change and check scripts": ("generate", "rewrite", "check", "sync"),
    "deploy": ("bundle", "try", "serve", "runtime"),
    "leave the designer's packages": ("convert", "prove"),
    "look up": ("explain", "modules", "schema", "completion"),
}
"""The commands by what one wants to do."""

EXAMPLES = {
    "bundle": "scoregen bundle scoregen.yaml -d deploy",
    "check": "scoregen check --fix trained_model_outputs",
    "completion": "scoregen completion bash",
    "convert": "scoregen convert trained_model_outputs -o open_model",
    "describe": "scoregen describe trained_model_outputs",
    "explain": "scoregen explain SG102",
    "extract": "scoregen extract score.py -o scoregen.yaml",
    "generate": "scoregen generate scoregen.yaml",
    "init": "scoregen init trained_model_outputs",
    "modules": "scoregen modules svd",
    "prove": "scoregen prove open_model",
    "rewrite": "scoregen rewrite score.py --set 'prediction kind=item recommendation'",
    "runtime": "scoregen runtime make trained_model_outputs",
    "schema": "scoregen schema",
    "serve": "scoregen serve score.py",
    "sync": "scoregen sync --check",
    "try": "scoregen try score.py",
    "ui": "scoregen ui trained_model_outputs",
}
"""A line for each command, as its help shows it."""

HELP = "help"
"""The word before a command that asks for its help; alone it asks for the list of all commands."""

PRE_COMMIT = "PRE_COMMIT"
"""What pre-commit sets in the environment; it names every file that was changed, whatever is in it."""

DEBUG = "--debug"
"""What may stand anywhere on the line: a fault of scoregen's own is shown as Python shows it."""

FORCE_HELP = "replace files too that scoregen did not write or that were edited since; they are kept as NAME.orig"
"""The help of ``--force``, where a command writes files."""

FORCE_OUTPUT_HELP = "with -o, replace a file too that scoregen did not write; it is kept as NAME.orig"
"""The help of ``--force``, where a command writes files with ``-o`` alone."""
