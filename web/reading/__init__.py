"""Pages for auditors, supervisors and operators who signed in: they show, and change nothing."""
