"""Forms: which fields they have, and what was typed in them turned into answers and decisions; one file per kind.

The parts of an answer share one shape: `names(line)` are the fields of the part's form, `values(line)` what stands in
them from an earlier answer, and `read(line, draft)` gives the parts of an `Answer`; what cannot be read is added to
`draft.errors`.
"""
