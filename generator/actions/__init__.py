"""What scoregen does, one file a verb; nothing here prints."""
