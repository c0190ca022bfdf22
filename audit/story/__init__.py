"""The trail in words: every event and every note of a journal as a sentence."""
