"""What the rules themselves answer to the questions that the model is asked, so that their answers may weigh in.

The network knows what the rules chose, but it learned how far to trust them on reports that it also learned the answers
of. How far to lean towards them is therefore fitted on reports held out of training, one number for each question: an
expert of its own in a product of experts (Hinton 2002, "Training Products of Experts by Minimizing Contrastive
Divergence").
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


def answers(drafts: Sequence[Draft], near: Sequence[Candidate], labels: Labels) -> dict[str, npt.NDArray[np.bool_]]:
    """By question what the rules answered.

    Args:
        drafts: C drafts as the rules left them.
        near: K candidates; with none there is one that fits no role.
        labels: what the columns stand for.

    Returns:
        ``types`` [C, types], ``statuses``, ``bases``, and for each role [C, K + 1], whose last column is nobody. A
        name that several candidates bear is all of them.
    """
    found = {
        "types": np.array([[label == draft.type for label in labels.types] for draft in drafts]),
        "statuses": np.array([[label == draft.status for label in labels.statuses] for draft in drafts]),
        "bases": np.array([[label == draft.basis for label in labels.bases] for draft in drafts]),
    }
    for role in labels.roles:
        found[role] = np.array([_fill(role, draft, near) for draft in drafts])
    return found


def leaned(scores: Scores, given: Scores, lean: Mapping[str, float], roles: Sequence[str]) -> dict[str, Any]:
    """The scores, with those of the rules' answers (``given``, as ``answers`` has them) raised.

    That the rules found nobody for a role says less than that they found somebody, and is leaned on by itself:
    ``lean["no role"]``.
    """
    links = np.array(scores["links"])
    for column, role in enumerate(roles):
        links[:, :-1, column] += lean.get(role, 0.0) * given[role][:, :-1]
        links[:, -1, column] += lean.get(f"no {role}", 0.0) * given[role][:, -1]
    rest = {name: scores[name] + lean.get(name, 0.0) * given[name] for name in ("types", "statuses", "bases")}
    return {**scores, **rest, "links": links}


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
