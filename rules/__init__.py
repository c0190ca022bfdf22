"""The functional core: calendar, compiler, ledger, ladder, roll-up. Pure functions over models; nothing else."""
