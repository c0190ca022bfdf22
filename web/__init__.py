"""Pages behind the links in the mails. GET changes nothing; a pressed button does (DESIGN rule 2)."""
