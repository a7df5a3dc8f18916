"""The commands, one module each: ``add_arguments(parser)`` and ``run(arguments) -> exit code``."""

from generator.translations.language import mark

SUMMARIES = {
    "bundle": mark("write all that a deployment needs into a folder"),
    "check": mark("say whether scripts will work on the endpoint"),
    "completion": mark("print the script for tab completion in a shell"),
    "convert": mark("turn a model into one that needs none of the designer's packages"),
    "describe": mark("say what a model is: its release, its columns, its requests and responses"),
    "explain": mark("say what a check code means"),
    "extract": mark("print the config that would generate a script"),
    "generate": mark("write the score.py that a config describes"),
    "init": mark("write a config to start with, for a script, a model or a module"),
    "modules": mark("show what each Score module takes"),
    "prove": mark("show that a converted model answers as the old one does"),
    "rewrite": mark("set parameters in an existing script, and change nothing else"),
    "runtime": mark("make, list and remove the environments in which scripts are tried and served"),
    "schema": mark("print the JSON Schema of the config"),
    "serve": mark("answer requests on this machine, by the server that runs on endpoints"),
    "sync": mark("bring scripts up to date with their configs; exit with 1 if any was not"),
    "try": mark("run a script once, as the endpoint would, and show the response"),
    "ui": mark("open a page in the browser on which the settings of a script are chosen"),
}
"""The commands' names, each that of its module, and what they do."""

GROUPS = {
    mark("begin"): ("init", "ui", "extract", "describe"),
    mark("write, change and check scripts"): ("generate", "rewrite", "check", "sync"),
    mark("deploy"): ("bundle", "try", "serve", "runtime"),
    mark("leave the designer's packages"): ("convert", "prove"),
    mark("look up"): ("explain", "modules", "schema", "completion"),
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

QUIET = ("-q", "--quiet")
"""What may stand anywhere on the line: nothing is said but errors, and the result where a command prints that."""

VERBOSE = ("-v", "--verbose")
"""What may stand anywhere on the line: what was read, which model, release and runtime were taken, and why."""

LANG = "--lang"
"""What may stand anywhere on the line, before a language: in that it is answered, whatever the locale is."""

FORCE_HELP = mark("replace files too that scoregen did not write or that were edited since; they are kept as NAME.orig")
"""The help of ``--force``, where a command writes files."""

FORCE_OUTPUT_HELP = mark("with -o, replace a file too that scoregen did not write; it is kept as NAME.orig")
"""The help of ``--force``, where a command writes files with ``-o`` alone."""
