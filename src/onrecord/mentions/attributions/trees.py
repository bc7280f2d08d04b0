"""A sentence as a tree: children, subtree edges and noun phrases, over token indices."""

from __future__ import annotations

from onrecord.values import Sentence, Span, Token

_PUNCTUATION = frozenset(",.;:-–—!?()[]") | {"...", "…"}
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
_INSIDE = _NOMINAL | {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "POS", "HYPH", "VBN", "VBG", "FW", "ADD", "AFX"}
Range = tuple[int, int]
QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "``", "''", "‘", "’", "'"})


class Tree:
    """The syntax of one sentence. Ranges are half-open token indices ``(first, end)``."""

    __slots__ = ("kids", "left", "right", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        count = len(self.tokens)
        self.kids: list[list[int]] = [[] for _ in range(count)]
        self.left = list(range(count))
        self.right = list(range(1, count + 1))
        for index, token in enumerate(self.tokens):
            if token.head != index:
                self.kids[token.head].append(index)
        for index in self._bottom_up():
            head = self.tokens[index].head
            self.left[head] = min(self.left[head], self.left[index])
            self.right[head] = max(self.right[head], self.right[index])

    def _bottom_up(self) -> list[int]:
        order = [i for i, token in enumerate(self.tokens) if token.head == i]
        for index in order:
            order.extend(self.kids[index])
        return order[::-1]

    def kid(self, index: int, *deps: str) -> int | None:
        """The first child of ``index`` whose label is one of ``deps``."""
        for kid in self.kids[index]:
            if self.tokens[kid].dep in deps:
                return kid
        return None

    def within(self, index: int, ancestor: int) -> bool:
        """Whether ``index`` is ``ancestor`` or lies below it."""
        while index != ancestor:
            head = self.tokens[index].head
            if head == index:
                return False
            index = head
        return True

    def span(self, first: int, end: int) -> Span:
        """The place of the tokens ``[first, end)`` in the text."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)

    def blank(self, first: int, end: int) -> bool:
        """Whether the tokens ``[first, end)`` are nothing but white space."""
        return all(token.text.isspace() for token in self.tokens[first:end])

    def trimmed(self, first: int, end: int) -> Range:
        """The range without punctuation at its edges; quotation marks stay when both are there."""
        tokens = self.tokens
        while first < end and (self._sign(first) or tokens[first].tag == "CC"):
            first += 1
        while end > first and self._sign(end - 1):
            if tokens[end - 1].text == ")" and any(t.text == "(" for t in tokens[first:end]):
                break
            end -= 1
        return first, end

    def _sign(self, index: int) -> bool:
        """Whether a token is punctuation or white space."""
        text = self.tokens[index].text
        return text in _PUNCTUATION or text.isspace()

    def phrase(self, head: int, *, low: int = 0, high: int | None = None) -> Range:
        """The noun phrase of ``head`` with its modifiers and appositions, kept within ``[low, high)``."""
        first = max(low, self.left[head])
        end = min(self.right[head], len(self.tokens) if high is None else high)
        end = min(end, self._closing(head, end))
        first, end = self.trimmed(min(first, head), max(end, head + 1))
        return (first, end) if first <= head < end else (head, head + 1)

    def _closing(self, head: int, end: int) -> int:
        """Where a phrase stops being a name: at a clause of its own, set off by a comma, or a joined verb."""
        tokens = self.tokens
        for index in range(head + 1, end):
            token = tokens[index]
            if token.dep in ("conj", "parataxis", "ccomp", "advcl") and token.pos == "VERB":
                return max(head + 1, self.left[index])
            if token.text in (";", ":") or (
                token.text == "," and index + 1 < end and tokens[index + 1].tag[:2] in ("WP", "WD", "WR", "VB")
            ):
                return index
        return end

    def chunk_before(self, end: int) -> Range | None:
        """The plain noun phrase, or several joined by "and", that ends right before token ``end``, by tags alone."""
        tokens = self.tokens
        if end < 1 or tokens[end - 1].tag not in _NOMINAL:
            return None
        first = self._plain_phrase(end)
        while first > 1 and tokens[first - 1].tag == "CC" and tokens[first - 2].tag in _NOMINAL:
            first = self._plain_phrase(first - 1)
        return first, end

    def _plain_phrase(self, end: int) -> int:
        """Where the noun phrase that ends before ``end`` begins."""
        tokens = self.tokens
        first = end
        while first > 0 and tokens[first - 1].tag in _INSIDE:
            first -= 1
            if tokens[first].tag in ("DT", "PRP", "PRP$") and (first == 0 or tokens[first - 1].tag != "PDT"):
                break
        return first

    def chunk_after(self, first: int) -> Range | None:
        """The noun phrase that begins at token ``first``, by tags alone: up to a comma or a verb."""
        end = first
        last = first
        while end < len(self.tokens):
            tag = self.tokens[end].tag
            if tag in _NOMINAL:
                last = end + 1
            elif not (
                tag in _INSIDE
                or (tag in ("IN", "CC") and end > first and self.tokens[end].lower in ("of", "for", "and"))
            ):
                break
            if tag == "PRP":
                break
            end += 1
        return (first, last) if last > first else None
