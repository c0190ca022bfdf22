"""The archive of closed registers: what proves them when Temporal's histories and the database are gone."""
