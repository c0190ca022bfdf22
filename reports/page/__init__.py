"""The parts of the report's page (reports/as_html.py): figures, bars, tables that sort, the tree of registers."""
