"""What scoregen says in other languages than English: a catalogue for each, and the function that looks it up."""
