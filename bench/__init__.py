"""Measurements against a floor in the same run: `make bench`. Never asserted, because machines are noisy."""
