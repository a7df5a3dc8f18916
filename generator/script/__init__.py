"""An existing entry script: where its scoring call is, what it is given, and how that is changed."""
