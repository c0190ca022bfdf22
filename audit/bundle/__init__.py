"""One directive to be taken away: all that is on record of it, in a file that proves itself."""
