"""Changes of a running directive, prepared and applied: what the commands and the pages both do (decision 0016)."""
