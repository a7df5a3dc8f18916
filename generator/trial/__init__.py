"""A trial of an entry script: one request, in an interpreter of the user's choice, and what came of it in words."""
