"""A series as a chart: Vega-Lite, SVG and PNG, with the table that holds the same.

Every mark is a claim. A range is drawn as a range, an open bound as an arrow without an end, a denial as a cross at the
figure it denies; the steps of a line join what one source said, one after the other. Nothing is averaged, and no value
is drawn that nobody stated.

References:
    Satyanarayan, Moritz, Wongsuphasawat and Heer (2017), Vega-Lite: a grammar of interactive graphics, IEEE TVCG 23(1).
    Okabe and Ito (2008), Color universal design: the palette.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from onrecord.ledger import Account, Heading
from onrecord.series.rules import Rule, verdict
from onrecord.series.statements import sourced, stance, statements
from onrecord.values import Claim, Link, Point
from onrecord.version import VERSION
from onrecord.views.safe import middle, one_line
from onrecord.views.words import amount, day, number, parties, speaker

Format = Literal["json", "svg", "png", "csv"]
FORMATS: tuple[Format, ...] = ("json", "svg", "png", "csv")
COLUMNS = (
    "said", "source", "sourced", "relation", "status", "low", "high", "approximate", "ahead", "figure", "outlet",
    "report", "claim", "evidence",
)  # fmt: skip
_PALETTE = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
    "#8A6D00",
    "#7F3C8D",
    "#4B4B4B",
)
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_WIDTH, _HEIGHT, _LINE, _NAME = 720, 380, 130, 34
_NAMED = 12
_MILLIONS, _TENS = 10_000_000, 10


def rows(account: Account) -> list[dict[str, Any]]:
    """The table twin: a row for each claim of the series, and for each denial of one, in the order of days.

    ``relation`` is "first" for the first claim of a figure by a source, "repeats" for those that give it again,
    "denies" for a denial.
    """
    first = {statement.first.claim for statement in statements(account.series.points)}
    inside = {point.claim for point in account.series.points}
    repeats = {link.later for link in account.links if link.relation == "echoes" and link.earlier in inside}
    found = [
        _row(account, point, "first" if point.claim in first and point.claim not in repeats else "repeats")
        for point in account.series.points
    ]
    mine = {point.claim: point for point in account.series.points}
    for link in account.links:
        if link.relation == "denies" and link.earlier in mine and link.later not in mine:
            found.append(_denial(account, link, mine[link.earlier]))
    return sorted(found, key=lambda row: (row["said"], row["source"]))


def _row(account: Account, point: Point, relation: str) -> dict[str, Any]:
    claim, report = account.claims[point.claim], account.reports[point.document]
    return {
        **_told(claim, report),
        "source": one_line(point.voice.name),
        "sourced": sourced(point),
        "relation": "denies" if stance(point) == "denied" else relation,
        "low": point.measure.low,
        "high": point.measure.high,
        "approximate": point.measure.approximate,
        "ahead": stance(point) == "planned",
        "figure": amount(claim.quantity) if claim.quantity is not None else "",
    }


def _denial(account: Account, link: Link, denied: Point) -> dict[str, Any]:
    """A denial without a figure stands at the figure that it denies."""
    claim, report = account.claims[link.later], account.reports[link.later_document]
    shown = account.claims[denied.claim].quantity
    return {
        **_told(claim, report),
        "source": one_line(speaker(claim)),
        "sourced": True,
        "relation": "denies",
        "low": denied.measure.low,
        "high": denied.measure.high,
        "approximate": denied.measure.approximate,
        "ahead": False,
        "figure": f"denies {amount(shown)}" if shown is not None else "denies it",
    }


def _told(claim: Claim, report: Heading) -> dict[str, Any]:
    return {
        "said": report.known_on.isoformat(),
        "status": claim.status,
        "outlet": one_line(report.publisher or ""),
        "report": one_line(report.name),
        "claim": claim.id,
        "evidence": one_line(claim.evidence.text),
    }


def as_csv(found: Sequence[dict[str, Any]]) -> str:
    """The table twin as CSV after RFC 4180, with a line of names."""
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, [*COLUMNS])
    writer.writeheader()
    writer.writerows({name: row[name] for name in COLUMNS} for row in found)
    return held.getvalue()


def heading(account: Account) -> str:
    """What the series measures, in words: "deployment: soldier, North Korea → Russia, in Russia"."""
    key = account.series.key
    here = (account.claims[point.claim] for point in account.series.points if point.measure.where == key.where)
    acting = Counter(parties(claim) for claim in account.claims.values() if parties(claim))
    who = f", {min(acting, key=lambda name: (-acting[name], name))}" if acting else ""
    place = next((claim.place.name for claim in here if claim.place is not None), None)
    additions = ", additions" if key.mode == "more" else ""
    return one_line(f"{key.type}{additions}: {key.counted}{who}{f', in {place}' if place else ''}")


def spec(account: Account, rule: Rule = "literal") -> dict[str, Any]:
    """The chart as a Vega-Lite 5 specification with its data inside; it loads nothing."""
    found = rows(account)
    data = [dict(row, value=row["low"] if row["low"] is not None else row["high"], name=middle(row["source"], _NAME))
            for row in found]  # fmt: skip
    return {
        "$schema": _SCHEMA,
        "description": f"{heading(account)}; {len(found)} claims",
        "background": "white",
        "config": {
            "font": "DejaVu Sans, Arial, sans-serif",
            "axis": {"labelFontSize": 11, "titleFontSize": 11, "gridColor": "#e6e6e6"},
            "legend": {"labelFontSize": 11, "titleFontSize": 11, "labelLimit": 260, "symbolSize": 90},
            "point": {"opacity": 1},
            "view": {"stroke": None},
        },
        "title": {
            "text": heading(account),
            "subtitle": _subtitle(account, found),
            "anchor": "start",
            "fontSize": 15,
            "subtitleFontSize": 11,
            "subtitleColor": "#444444",
        },
        "vconcat": [_plot(data), _footer(account, found, rule)],
    }


def _subtitle(account: Account, found: Sequence[dict[str, Any]]) -> str:
    first, last = account.series.points[0].said, account.series.points[-1].said
    until = f", as known on {day(account.as_of)}" if account.as_of else ""
    outlets = len({row["report"] for row in found})
    return f"{len(found)} claims in {outlets} reports, {day(first)} to {day(last)}{until}"


def _plot(data: list[dict[str, Any]]) -> dict[str, Any]:
    names = list(dict.fromkeys(row["name"] for row in sorted(data, key=lambda row: not row["sourced"])))
    color = {
        "field": "name",
        "type": "nominal",
        "title": "Who says so",
        "scale": {"domain": names, "range": [_PALETTE[i % len(_PALETTE)] for i in range(len(names))]},
    }
    x = {
        "field": "said", "type": "temporal", "timeUnit": "utcyearmonthdate",
        "title": "day of the report", "axis": {"labelAngle": 0, "labelOverlap": True},
    }  # fmt: skip
    encoding = {
        "x": x,
        "color": color,
        "tooltip": [{"field": name} for name in ("said", "source", "figure", "outlet", "evidence")],
    }
    most = max((row["high"] or row["low"] or 0 for row in data), default=0)
    y = {
        "field": "value",
        "type": "quantitative",
        "title": "figure as stated",
        # Room for an arrow above the highest mark; the axis is no figure.
        "scale": {"domain": [0, most * 1.1 or 1], "nice": True},
        "axis": {"format": ",~s" if most >= _MILLIONS else ",.0f" if most >= _TENS else ",.2~f"},
    }
    held = "datum.relation != 'denies'"
    layers: list[dict[str, Any]] = [
        _layer({"type": "line", "interpolate": "step-after", "strokeWidth": 1.6},
               f"{held} && datum.relation == 'first' && datum.sourced && !datum.ahead", y),
        _layer({"type": "rule", "strokeWidth": 5, "opacity": 0.45},
               f"{held} && datum.low != null && datum.high != null && datum.low != datum.high",
               {**y, "field": "low"}, y2={"field": "high"}),
        _layer({"type": "point", "filled": True, "size": 80}, f"{held} && datum.relation == 'first'", y),
        _layer({"type": "point", "filled": False, "size": 45}, f"{held} && datum.relation == 'repeats'", y),
        _layer({"type": "text", "text": "↑", "dy": -12, "fontSize": 16}, f"{held} && datum.high == null", y),
        _layer({"type": "text", "text": "↓", "dy": 13, "fontSize": 16}, f"{held} && datum.low == null", y),
        _layer({"type": "text", "text": "✕", "fontSize": 17, "fontWeight": "bold"}, "datum.relation == 'denies'", y),
    ]  # fmt: skip
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "data": {"values": data},
        "encoding": encoding,
        "layer": layers,
    }


def _layer(mark: dict[str, Any], keep: str, y: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"transform": [{"filter": keep}], "mark": mark, "encoding": {"y": y, **more}}


def _footer(account: Account, found: Sequence[dict[str, Any]], rule: Rule) -> dict[str, Any]:
    """Sources and method, as lines of text below the chart."""
    lines = [line for text in _notes(account, found, rule) for line in textwrap.wrap(text, _LINE)]
    values = [{"line": number_, "text": line} for number_, line in enumerate(lines)]
    return {
        "width": _WIDTH,
        "height": 15 * len(lines),
        "data": {"values": values},
        "mark": {"type": "text", "align": "left", "fontSize": 10.5, "color": "#444444", "x": 0},
        "encoding": {
            "y": {"field": "line", "type": "ordinal", "axis": None},
            "text": {"field": "text"},
        },
    }


def _notes(account: Account, found: Sequence[dict[str, Any]], rule: Rule) -> Iterator[str]:
    names = list(dict.fromkeys(row["source"] for row in found if row["sourced"]))
    outlets = list(dict.fromkeys(row["outlet"] for row in found if row["outlet"]))
    yield f"Sources: {_listed(names) or 'none is named'}. As reported by: {_listed(outlets) or 'outlets not stated'}."
    yield (
        "Filled mark: a source's figure when first reported; ring: the same figure told again; bar: a range as stated; "
        "↑ ↓: a bound that was left open; ✕: a denial. Lines join what one source said. Nothing is averaged."
    )
    made = verdict(account.series, rule)
    bounds = " ".join(
        f"{name} {number(value)}" for name in ("low", "best", "high") if (value := getattr(made, name)) is not None
    )
    yield f"Rule “{rule}”: {' '.join(filter(None, (made.grade, bounds)))} ({made.note}). Made by onrecord {VERSION}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more


def rendered(account: Account, format_: Format, rule: Rule = "literal") -> bytes:
    """The chart as a file: "json" (Vega-Lite), "svg", "png" (twice as many pixels), or "csv" (its table twin)."""
    if format_ == "csv":
        return as_csv(rows(account)).encode("utf-8")
    made = spec(account, rule)
    if format_ == "json":
        return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    import vl_convert

    if format_ == "svg":
        return str(vl_convert.vegalite_to_svg(vl_spec=made)).encode("utf-8")
    return bytes(vl_convert.vegalite_to_png(vl_spec=made, scale=2))
