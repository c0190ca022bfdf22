"""What the dondoc command does, one file a subject. `cli.py` parses and calls these."""
