"""Fragments for notebooks: no style sheet and no script, since a cell's output has neither of its own."""

from __future__ import annotations

from onrecord.values import Claim, Reading
from onrecord.views.card import card
from onrecord.views.safe import middle
from onrecord.views.summary import counted
from onrecord.views.words import day

SHOWN = 200


def reading_html(reading: Reading) -> str:
    """The claims of a reading as an HTML table, escaped and styled inline; at most ``SHOWN`` of them.

    ``onrecord.api`` gives it to notebooks as ``Reading._repr_html_``.
    """
    from onrecord.views.page import environment

    document = reading.document
    published = day(document.published) if document.published else ""
    line = (middle(document.publisher or "", 160), published, counted(len(reading.claims), "claim"))
    return (
        environment()
        .get_template("notebook.html")
        .render(
            title=middle(document.label, 300),
            line=" · ".join(part for part in line if part),
            cards=[card(claim) for claim in reading.claims[:SHOWN]],
            left=max(0, len(reading.claims) - SHOWN),
            faults=[middle(f"{fault.stage}: {fault.message}", 500) for fault in reading.faults[:SHOWN]],
        )
    )


def claim_html(claim: Claim) -> str:
    """One claim as an HTML fragment, escaped and styled inline."""
    from onrecord.views.page import environment

    return environment().get_template("notebook_claim.html").render(card=card(claim))
