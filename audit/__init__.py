"""What auditors ask of the record: what happened, whether it is as it was, and something to take away."""
