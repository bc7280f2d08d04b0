"""What one version of the reader made of one document."""

from __future__ import annotations

import msgspec

from onrecord.values.claim import Claim
from onrecord.values.document import Document
from onrecord.values.draft import Draft
from onrecord.values.mention import Mentions
from onrecord.values.sentence import Sentence


class Fault(msgspec.Struct, frozen=True):
    """Something in the input that could not be read: kept, counted and shown, never swallowed.

    Attributes:
        stage: the stage that met it.
        message: one line that names the value and the remedy.
        start, end: where in the text, when it has a place.
    """

    stage: str
    message: str
    start: int | None = None
    end: int | None = None


class Reading(msgspec.Struct, frozen=True):
    """A document read once. Re-reading makes another Reading and overwrites nothing.

    ``reader`` names the version, the knowledge digest and the model digest, so a claim tells what read it.
    """

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: Mentions = Mentions()
    drafts: tuple[Draft, ...] = ()
    claims: tuple[Claim, ...] = ()
    faults: tuple[Fault, ...] = ()
    reader: str = ""
