"""What `dondoc audit …` does: the trail told, verified, and taken away."""
