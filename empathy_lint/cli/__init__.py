"""argv → calls → exit status. A file for each command; nothing else in the house prints."""
