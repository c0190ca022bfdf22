"""The pages in a real browser: what people see, reach and press, with and without scripts."""
