"""What the rules themselves answer to the questions that the model is asked, so that their answers may weigh in.

The network knows what the rules chose, but it learned how far to trust them on reports whose answers it learned at the
same time. How far to lean towards them is therefore fitted on reports held out of training, one number for each kind of
answer: an expert of its own in a product of experts (Hinton 2002, "Training Products of Experts by Minimizing
Contrastive Divergence").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.claims.trained.candidates import Candidate
from onrecord.models import Labels
from onrecord.values import Draft

Scores = Mapping[str, npt.NDArray[Any]]
# By question, and by what tells how far to lean: which answers are those of the rules.
Answers = dict[str, dict[str, npt.NDArray[np.bool_]]]


def answers(drafts: Sequence[Draft], near: Sequence[Candidate], labels: Labels) -> Answers:
    """By question what the rules answered, somebody and nobody apart: that they found nobody for a role says less.

    Args:
        drafts: C drafts as the rules left them.
        near: K candidates; with none there is one that fits no role.
        labels: what the columns stand for.

    Returns:
        For ``types``, ``statuses``, ``bases`` and each role the rules' answers by leaning, as ``card.lean`` names them:
        "types" [C, types], "source" and "no source" [C, K + 1], whose last column is nobody. A name that several
        candidates bear is all of them.
    """
    found: Answers = {}
    for question, told, known in (
        ("types", [draft.type for draft in drafts], labels.types),
        ("statuses", [draft.status for draft in drafts], labels.statuses),
        ("bases", [draft.basis for draft in drafts], labels.bases),
    ):
        found[question] = {question: np.array([[one == label for label in known] for one in told])}
    for role in labels.roles:
        chosen = np.array([_fill(role, draft, near) for draft in drafts])
        nobody = np.zeros_like(chosen)
        nobody[:, -1] = chosen[:, -1]
        found[role] = {role: chosen & ~nobody, f"no {role}": nobody}
    return found


def leaned(scores: Scores, given: Answers, lean: Mapping[str, float], roles: Sequence[str]) -> dict[str, Any]:
    """The scores, with those of the rules' answers raised by the leanings that ``lean`` has."""
    links = np.array(scores["links"])
    found = {**scores, "links": links}
    for question, masks in given.items():
        more = sum(lean.get(name, 0.0) * mask for name, mask in masks.items())
        if question in roles:
            links[:, :, roles.index(question)] += more
        else:
            found[question] = scores[question] + more
    return found


def _fill(role: str, draft: Draft, near: Sequence[Candidate]) -> list[bool]:
    """For each candidate whether the rules gave the role to its name; last, whether they gave it to nobody."""
    if role == "time":
        start = draft.time.start if draft.time else None
        own = [c.time is not None and c.time.start == start for c in near]
    else:
        name = _name(role, draft)
        own = [c.entity is not None and c.name == name for c in near]
    return [*(own or [False]), not any(own)]


def _name(role: str, draft: Draft) -> str | None:
    party = {
        "source": draft.attribution.party if draft.attribution else None,
        "actor": draft.actor,
        "target": draft.target,
        "place": draft.place,
    }[role]
    return party.name if party else None
