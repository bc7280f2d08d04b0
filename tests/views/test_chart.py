"""Charts of series: what is drawn is what was said, and nothing else."""

import csv
import datetime
import io
import json
import re
from typing import Any

import pytest

from ledger.reports import harvest, write
from onrecord.ledger import Account, Ledger
from onrecord.views import chart

DAY = datetime.date(2025, 3, 27)
REPORTS = (
    ("Paper", 0, "The blast in Goma has killed at least 8 people so far, the police said."),
    ("Radio", 1, "The blast in Goma has killed 8 to 10 people so far, the governor said."),
    ("Post", 2, "The blast in Goma has killed 12 people so far, the police said. Rain fell."),
    ("Voice", 3, "Up to 15 people have been killed so far by the blast in Goma, the hospital said."),
    ("<b>Mark & Co</b>", 3, "The blast in Goma has killed 12 people so far, the police said. Nobody knows why."),
)


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    """A series with an open bound, a range, a revision and a repetition."""
    place = tmp_path_factory.mktemp("chart") / "ledger.db"
    with Ledger.create(place) as ledger:
        for publisher, days, text in REPORTS:
            url = f"https://example.org/{publisher.encode().hex()}"
            write(ledger, harvest(text, url=url, publisher=publisher, published=DAY + datetime.timedelta(days)))
        return ledger.compared.one(next(iter(ledger.compared.all())).id)


def _layers(made: dict[str, Any]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = made["vconcat"][0]["layer"]
    return layers


def test_every_number_drawn_was_said(account: Account) -> None:
    said = {n for p in account.series.points for n in (p.measure.low, p.measure.high) if n is not None}
    values = chart.spec(account)["vconcat"][0]["data"]["values"]
    assert values
    assert {row["value"] for row in values} <= said
    assert not re.search(r"\b(mean|median|average|aggregate)\b", json.dumps(chart.spec(account)))


def test_ranges_bounds_denials_and_steps_have_marks_of_their_own(account: Account) -> None:
    marks = [layer["mark"] for layer in _layers(chart.spec(account))]
    assert {mark["type"] for mark in marks} == {"line", "rule", "point", "text"}
    assert marks[0]["interpolate"] == "step-after"
    assert [mark["text"] for mark in marks if mark["type"] == "text"] == ["↑", "↓", "✕"]


def test_the_footer_names_sources_outlets_method_and_rule(account: Account) -> None:
    told = " ".join(row["text"] for row in chart.spec(account, "acled")["vconcat"][1]["data"]["values"])
    for words in ("police", "governor", "hospital", "Paper", "Nothing is averaged", "Rule “acled”"):
        assert words in told


def test_the_table_twin_has_a_row_for_every_claim(account: Account) -> None:
    rows = list(csv.DictReader(io.StringIO(chart.rendered(account, "csv").decode())))
    assert {row["claim"] for row in rows} == {point.claim for point in account.series.points}
    assert tuple(rows[0]) == chart.COLUMNS
    for row in rows:
        assert row["evidence"] == account.claims[row["claim"]].evidence.text


def test_every_format_is_what_it_says(account: Account) -> None:
    assert json.loads(chart.rendered(account, "json"))["$schema"].endswith("v5.json")
    svg = chart.rendered(account, "svg").decode()
    assert svg.startswith("<svg")
    assert "<b>" not in svg
    assert not re.search(r"""(?:href|src)\s*=\s*["']https?:""", svg)
    assert chart.rendered(account, "png").startswith(b"\x89PNG\r\n")
    assert set(chart.FORMATS) == {"json", "svg", "png", "csv"}


def test_nothing_is_loaded_from_elsewhere(account: Account) -> None:
    """The data stand in the specification; the schema's address is a name and is not fetched."""
    made = chart.spec(account)
    del made["$schema"]
    assert "url" not in json.dumps(made)
    assert "https://" not in json.dumps(made)
