"""Temporal's event histories: fetched, replayed through the same workflow code, and told in words."""
