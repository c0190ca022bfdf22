"""Stepping in from the command line: what is chosen, what will happen, sending it, and what came of it."""
