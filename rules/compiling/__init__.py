"""The parts of the compiler, one file for each question that a directive answers."""
