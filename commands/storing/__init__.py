"""What `dondoc store …` does: the tables made anew."""
