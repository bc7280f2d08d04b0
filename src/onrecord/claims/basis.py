"""Increment or total: signs in the figure's words, its clause, its tense and its type are added up."""

from __future__ import annotations

import math
import re

import msgspec

from onrecord.claims.drafting import Fill, filling, inside
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.basis import Signs
from onrecord.knowledge.frames import is_currency
from onrecord.values import Basis, Draft, Quantity, Reading, Type

# Large counts tend to be totals, small ones the count of one incident: weight per decimal digit above or below 2.
_SIZE = 0.3
_WHEN = frozenset({"earlier", "before", "ago", "later", "after", "prior"})


class Weights(msgspec.Struct, frozen=True):
    """The signs by kind."""

    own: dict[str, float]
    clause: dict[str, float]
    tense: dict[str, float]
    type: dict[str, float]
    rates: tuple[str, ...]


def weights(signs: Signs) -> Weights:
    """The signs arranged for look-up."""
    return Weights(signs.of("own"), signs.of("clause"), signs.of("tense"), signs.of("type"), signs.rates)


def basis(tree: Tree, quantity: Quantity, tokens: range, type_: Type, known: Weights) -> tuple[Basis, str]:
    """The basis of a figure and the signs that decided."""
    home = tree.clause_of[tree.top(tokens)]
    clause = tree.sentence_lower(tree.members[home])
    own = tree.sentence_lower(list(tokens))
    after = tree.sentence_lower(list(range(tokens.stop, min(tokens.stop + 4, len(tree.tokens)))))
    if quantity.unit in ("percent", "percentage point") or _rated(f" {own} {after} ", known.rates):
        return "unknown", "rate or share"
    # "more than 300" adds nothing to anything.
    added = own.replace("more than", "").replace("or more", "").split()
    reasons = [f"{word} {weight:+.1f}" for word, weight in known.own.items() if word in added]
    total = sum(weight for word, weight in known.own.items() if word in added)
    padded = f" {clause} "
    for word, weight in known.clause.items():
        if f" {word} " in padded:
            total += weight
            reasons.append(f"{word} {weight:+.1f}")
    tense = tense_of(tree, home)
    total += known.tense.get(tense, 0.0) + known.type.get(type_, 0.0)
    value = quantity.high if quantity.low is None else quantity.low
    money = is_currency(quantity.unit)
    if value and value > 0 and not money:
        total += max(-1.5, min(1.5, _SIZE * (math.log10(value) - 2)))
    return ("total" if total > 0 else "increment"), ", ".join([*reasons, tense, type_])


def _rated(words: str, rates: tuple[str, ...]) -> bool:
    """Whether a figure is so much in a time; "a day earlier" is no rate."""
    return any(
        words[match.end() :].partition(" ")[0] not in _WHEN
        for rate in rates
        for match in re.finditer(f" {re.escape(rate)} ", words)
    )


def tense_of(tree: Tree, index: int) -> str:
    """past, perfect, present or future of the verb at ``index``; "" when it has none."""
    token = tree.tokens[index]
    helpers = {tree.tokens[child].lower for child in tree.dependents(index, "aux", "auxpass")}
    if helpers & {"will", "would", "'ll", "shall"}:
        return "future"
    if helpers & {"have", "has", "'ve", "having"} or (token.tag in ("VBZ", "VBP") and token.lemma == "have"):
        return "perfect" if helpers else "present"
    if token.tag == "VBD" or helpers & {"was", "were", "had", "did"}:
        return "past"
    if token.tag in ("VBZ", "VBP") or helpers & {"is", "are", "does", "do", "'s", "'re"}:
        return "present"
    return ""


def load(knowledge: Knowledge) -> Step:
    """The stage: every figure gets its basis and the signs that decided."""
    known = weights(knowledge.signs)

    def start(reading: Reading) -> Fill:
        def fill(draft: Draft, tree: Tree) -> Draft:
            if draft.quantity is None:
                return draft
            found, why = basis(tree, draft.quantity, inside(draft, tree), draft.type, known)
            return msgspec.structs.replace(draft, basis=found, reasons=(*draft.reasons, f"basis {found}: {why}"))

        return fill

    return filling(start)


BASIS = Stage("basis", "1", ("sentences", "drafts.type"), ("drafts.basis",), load)
