"""Sentences and tokens, with the syntax that the reading stages use.

Tags are those of Universal Dependencies (``pos``), the Penn Treebank (``tag``) and ClearNLP (``dep``), as
spaCy's English models give them.
"""

from __future__ import annotations

import msgspec


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or sign. ``start`` and ``end`` are code points of the document's text.

    Attributes:
        lower: the words, lower-cased, with typographic apostrophes made plain; its length may differ
            from ``end - start`` in rare scripts, so never slice it with document offsets.
        head: index in ``Sentence.tokens`` of the syntactic head; the root names itself.
        entity: OntoNotes entity label, or "" outside entities.
        begins: whether an entity begins at this token.
    """

    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    begins: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """A sentence: tokens in order, and the paragraph (0, 1, 2, …) it stands in."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int = 0
