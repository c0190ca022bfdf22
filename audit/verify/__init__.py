"""Whether the record is as it was: chains, anchors, histories, tables, files and mails against one another."""
