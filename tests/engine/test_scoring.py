"""The scorer gives the same figures as the reference script beside the gold."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord.engine.evaluate import gold_documents
from onrecord.engine.scoring import KEYS, breakdown, score
from onrecord.engine.scoring.report import SCORES

GOLD = Path(__file__).parents[2] / "corpus" / "gold"


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perfect(claim: dict[str, Any]) -> dict[str, Any]:
    quantity, time = claim["quantity"], claim["time"]
    return claim | {
        "quantity": quantity and {**quantity, "approximate": quantity["approx"]},
        "time": time and {"text": time["text"], "from": time["start"], "to": time["end"]},
    }


def spoilt(claims: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Claims as a poor reader might give them: some dropped, some fields wrong, some doubled."""
    found = []
    for claim in map(perfect, claims):
        if chance.random() < 0.15:
            continue
        for field, wrong in (("source", "the Ministry"), ("type", "other"), ("status", "denied"), ("place", None)):
            if chance.random() < 0.2:
                claim = claim | {field: wrong}
        if claim["quantity"] and chance.random() < 0.2:
            claim = claim | {"quantity": claim["quantity"] | {"low": 1}}
        found += [claim] * (2 if chance.random() < 0.1 else 1)
    return found


def flat(report: dict[str, Any]) -> dict[str, float]:
    return (
        {name: report[name]["F1"] for name in SCORES}
        | {"attribution": report["attribution"]}
        | {f"field_{name}": value for name, value in report["fields"].items()}
    )


@pytest.mark.parametrize("seed", range(6))
def test_both_give_the_same_figures(reference: ModuleType, seed: int) -> None:
    documents = gold_documents(GOLD / "dev")
    chance = random.Random(seed)
    predictions = {d["id"]: spoilt(d["claims"], chance) for d in documents}
    theirs, their_misses = reference.score(documents, predictions)
    ours = score(documents, predictions)
    assert ours.metrics() == pytest.approx(flat(theirs))
    assert sorted(ours.misses) == sorted(their_misses)


def test_perfect_claims_score_one(reference: ModuleType) -> None:
    documents = gold_documents(GOLD / "dev")
    report = score(documents, {d["id"]: [perfect(c) for c in d["claims"]] for d in documents})
    assert report.figures_strict.f1 == report.attribution == 1.0
    assert all(value == 1.0 for value in report.fields.values())


def test_nothing_predicted_scores_nothing() -> None:
    report = score(gold_documents(GOLD / "dev"), {})
    assert report.figures_located.f1 == report.figures_located.precision == report.attribution == 0.0
    assert report.figures_located.gold > 200


@pytest.mark.parametrize("by", KEYS)
def test_groups_add_up_to_the_whole(by: str) -> None:
    documents = gold_documents(GOLD / "dev")
    chance = random.Random(1)
    report = score(documents, {d["id"]: spoilt(d["claims"], chance) for d in documents})
    groups = breakdown(report.outcomes, by)
    assert sum(g.figures for g in groups) == report.figures_found.gold
    assert sum(g.events for g in groups) == report.events.gold
    assert sum(g.found * g.figures for g in groups) == pytest.approx(report.figures_found.right)
    assert sum(g.strict * g.figures for g in groups) == pytest.approx(report.figures_strict.right)
    assert sum(g.typed * g.events for g in groups) == pytest.approx(report.events.right)
    for name in ("source", "type", "status", "basis"):
        right = sum((g.fields[name] or 0) * g.found * g.figures for g in groups)
        assert right == pytest.approx(report.fields[name] * report.figures_found.right)


@pytest.mark.parametrize(
    ("source", "words", "kind"),
    [
        (None, None, "reporter"),
        ("unnamed officials", "two officials", "anonymous"),
        ("Gaza Health Ministry", "the health ministry", "named"),
        ("National Intelligence Service", "it", "referred to"),
        ("Volodymyr Zelensky", "the president", "referred to"),
    ],
)
def test_kinds_of_source(source: str | None, words: str | None, kind: str) -> None:
    assert KEYS["source-kind"]({"source": source, "source_text": words}) == kind


def test_the_gold_is_json(tmp_path: Path) -> None:
    from onrecord.values import RequestError

    with pytest.raises(RequestError, match="holds no gold"):
        gold_documents(tmp_path)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(RequestError, match="is not JSON"):
        gold_documents(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"id": "a"}))
    with pytest.raises(RequestError, match="no gold document"):
        gold_documents(tmp_path)


@pytest.mark.parametrize(
    ("spoilt_field", "message"),
    [({"published": "soon"}, "soon"), ({"text": 3}, "text"), ({"claims": [{"evidence": "x"}]}, "a claim without")],
)
def test_a_broken_gold_document_is_named(tmp_path: Path, spoilt_field: dict[str, Any], message: str) -> None:
    from onrecord.engine.evaluate import evaluate
    from onrecord.values import RequestError

    whole = {"id": "a", "text": "Police said 12 died.", "claims": []} | spoilt_field
    (tmp_path / "a.json").write_text(json.dumps(whole))
    with pytest.raises(RequestError, match=message):
        evaluate(tmp_path)
