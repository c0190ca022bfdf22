"""SQL and files: writes in one transaction (record, outbox), reads for pages and lists."""
