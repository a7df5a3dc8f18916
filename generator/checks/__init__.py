"""What can be wrong with an entry script: one file for each family of codes, one function for each code."""
