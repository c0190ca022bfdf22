"""Makes the draft of a summary report: every sentence and table of it, once, for all forms that people sign or read."""

from models.summary import Summary
from reports.addressees import basis, recipients, superiors
from reports.annex import annex
from reports.draft import Draft, numbered
from reports.follow_up import chasing, requests
from reports.letterhead import body, parent_body, place_and_date, signature
from reports.narrative import assignment, outcome
from reports.occasion import closing, introduction, subject
from reports.plain import BLANK
from reports.shortcomings import shortcomings


def draft(summary: Summary) -> Draft:
    """The report as an official document (Decree 30/2020) of the unit that reports; nothing in it that the summary
    lacks."""
    head, issuer = summary.head, summary.issuer
    sections = [
        *assignment(summary),
        *outcome(summary),
        *chasing(summary),
        *shortcomings(summary),
        *requests(summary),
    ]
    place = issuer.place or ("" if summary.above else head.place)
    return Draft(
        parent_body=parent_body(issuer),
        body=body(issuer),
        number=f"Số:{BLANK}/BC-{issuer.symbol}".rstrip("-"),
        place_and_date=place_and_date(place, summary.as_of),
        type="BÁO CÁO",
        subject=subject(summary),
        basis=tuple(basis(summary)),
        introduction=introduction(summary),
        blocks=numbered(sections),
        closing=closing(summary, to_superiors=bool(superiors(summary))),
        recipients=tuple(recipients(summary)),
        signature=signature(issuer),
        appendix=annex(summary),
    )
