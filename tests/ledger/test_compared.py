"""Series in a ledger: kept up to date block by block, in any order of adding, and as analysts judged them."""

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from ledger.reports import harvest, write
from onrecord.ledger import Harvest, Ledger, schema
from onrecord.ledger.compared import stretches
from onrecord.ledger.compared.regroup import is_stale, make_anew, regroup
from onrecord.ledger.compared.stretches import around
from onrecord.ledger.connect import writing
from onrecord.series import chapters, denials, opened, shelf, sums
from onrecord.series.standing import Summary
from onrecord.values import RequestError

TOWNS = ("Goma", "Bukavu", "Kharkiv", "Odesa")
WORDS = [
    "shops",
    "markets",
    "schools",
    "rain",
    "morning",
    "crowd",
    "smoke",
    "glass",
    "windows",
    "street",
    "church",
    "radio",
    "river",
    "bridge",
    "queue",
    "bread",
    "water",
    "lamps",
    "buses",
    "dust",
    "sirens",
    "doors",
    "corner",
    "square",
    "taxis",
    "bells",
]
DAY = datetime.date(2025, 3, 27)


def report(
    number: int, dead: int, town: str = "Goma", *, source: str = "the police", days: int = 0, **more: Any
) -> Harvest:
    """A report of a blast, of its own outlet and day."""
    words = " ".join(random.Random(number).sample(WORDS, 12))
    text = f"A blast in {town} has killed {dead} people so far, {source} said. {words.capitalize()}."
    fields = {"url": f"https://example.org/{number}", "published": DAY + datetime.timedelta(days=days), **more}
    return harvest(text, publisher=f"Paper {number}", title=f"Blast in {town}", **fields)


def many() -> list[Harvest]:
    """Reports of two weeks from four towns, some repeating others."""
    dice = random.Random(5)
    sources = ("the police", "the governor", "the hospital")
    return [
        report(n, dice.choice((8, 12, 15)), dice.choice(TOWNS), source=dice.choice(sources), days=dice.randrange(14))
        for n in range(40)
    ]  # fmt: skip


def state(ledger: Ledger) -> tuple[set[Summary], set[tuple[str, ...]]]:
    """All series and links of a ledger, however it came to them."""
    series = set(ledger.compared.all())
    links = {(t.link.relation, t.link.earlier, t.link.later, t.link.reason) for t in ledger.compared.links()}
    return series, links


def test_a_revision_is_found_when_it_comes(ledger: Ledger) -> None:
    write(ledger, report(1, 8))
    assert not list(ledger.compared.links())
    write(ledger, report(2, 12, days=1))
    (told,) = ledger.compared.links()
    assert told.link.relation == "revises"
    assert told.earlier.quantity is not None
    assert told.earlier.quantity.low == 8
    assert (told.earlier_report.publisher, told.later_report.publisher) == ("Paper 1", "Paper 2")


def test_any_order_and_any_batches_give_the_same(new_place: Callable[[], str]) -> None:
    given = many()
    with Ledger.create(new_place()) as whole:
        write(whole, *given)
        expected = state(whole)
    assert expected[0]
    assert {relation for relation, *_ in expected[1]} >= {"revises", "echoes", "disagrees"}
    random.Random(6).shuffle(given)
    with Ledger.create(new_place()) as singly:
        for one in given:
            write(singly, one)
        assert state(singly) == expected
        with writing(singly.engine) as connection:
            make_anew(connection)
        assert state(singly) == expected


def stocks() -> list[Harvest]:
    """Reports of a year on soldiers abroad: totals of every size, additions to them, denials."""
    dice = random.Random(11)
    voices = ("South Korea's spy agency", "Ukraine's military intelligence", "The Pentagon", "The Kremlin")
    told = ("has sent {n:,} soldiers to Russia", "has sent {n:,} more soldiers to Russia",
            "has sent a total of {n:,} soldiers to Russia", "has not sent {n:,} soldiers to Russia")  # fmt: skip
    said = [
        (dice.choice(voices), dice.choice(told), dice.choice((12, 300, 340, 6_000, 110_000)), dice.randrange(300))
        for _ in range(60)
    ]  # fmt: skip
    for day in (40, 130, 320):
        said += [(voices[0], told[2], 6_000 + 10 * day, day), (voices[0], told[1], 310, day + 8),
                 (voices[2], told[2], 6_310 + 10 * day, day + 30)]  # fmt: skip
    return [
        harvest(f"{voice} said that North Korea {words.format(n=size)}.", url=f"https://example.org/stock/{n}",
                publisher=f"Paper {n}", published=DAY + datetime.timedelta(days=day))
        for n, (voice, words, size, day) in enumerate(said)
    ]  # fmt: skip


@pytest.mark.parametrize(("tried", "length"), [(1, 1), (1, 4), (2, 8), (32, 32)])
def test_what_is_continued_is_what_comparing_all_finds(
    new_place: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tried: int, length: int
) -> None:
    """However few series are tried, and however short their chapters are."""
    for module, name, value in (
        (shelf, "TRIED", tried), (stretches, "TRIED", tried), (chapters, "LENGTH", length), (opened, "LENGTH", length),
        (sums, "RECENT", length), (stretches, "RECENT_ADDITIONS", length),
        (denials, "RECENT", 12), (stretches, "RECENT_CLAIMS", 12), (stretches, "_ROWS", 1),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    given = many() + stocks()
    with Ledger.create(new_place()) as whole:
        write(whole, *given)
        expected = state(whole)
    assert {relation for relation, *_ in expected[1]} >= {"denies", "corroborates"}
    assert length < 8 or any(" more make " in link[-1] for link in expected[1])
    *others, last = given  # a total after all else, for which additions of long ago must be at hand
    random.Random(3).shuffle(others)
    with Ledger.create(new_place()) as singly:
        for one in [*others, last]:
            write(singly, one)
        assert state(singly) == expected


def test_a_report_touches_only_its_own_blocks(ledger: Ledger) -> None:
    write(ledger, *many())
    regroup(ledger.engine)
    writer = ledger.writer("test")
    writer.write([report(99, 3, "Tacloban")])
    with ledger.engine.connect() as connection:
        kinds = [row[0] for row in connection.execute(select(schema.stale.c.kind))]
    assert sorted(set(kinds)) == ["copied", "measured", "numbered"]
    assert len(kinds) <= 3 * 2


def test_what_a_killed_run_left_is_compared_by_the_next_question(ledger: Ledger) -> None:
    writer = ledger.writer("test")
    writer.write([report(1, 8), report(2, 12, days=1)])
    assert is_stale(ledger.engine)
    assert len(list(ledger.compared.links())) == 1
    assert not is_stale(ledger.engine)


def test_as_of_shows_what_was_known(ledger: Ledger) -> None:
    write(ledger, report(1, 8), report(2, 12, days=1), report(3, 15, days=3))
    then = DAY + datetime.timedelta(days=1)
    assert len(list(ledger.compared.links(as_of=then))) == 1
    (line,) = ledger.compared.all(as_of=then)
    assert (line.claims, line.latest) == (2, "12")
    (now,) = ledger.compared.all()
    assert (now.claims, now.latest) == (3, "15")
    account = ledger.compared.one(now.id, as_of=then)
    assert [point.measure.low for point in account.series.points] == [8, 12]
    assert {link.relation for link in account.links} == {"revises"}


def test_a_near_copy_that_changes_a_figure_is_told(ledger: Ledger) -> None:
    text = (
        "A flood in Lokoja has killed {} people, the emergency agency said. The water rose within an hour and took "
        "houses, bridges and cattle with it, residents said. Roads are cut in three districts, schools are closed, "
        "and the governor has asked for boats, food and tents from the capital."
    )
    write(
        ledger,
        harvest(text.format(41), url="https://example.org/a", publisher="Wire", published=DAY),
        harvest(text.format(14), url="https://example.org/b", publisher="Paper", published=DAY + datetime.timedelta(1)),
    )
    drifts = [told.link.drift for told in ledger.compared.links(relations=("echoes",))]
    assert ("value: 41 → 14",) in drifts
    with ledger.engine.connect() as connection:
        made = {row[0] for row in connection.execute(select(schema.sketches.c.made))}
    assert all("seed" in one and "rensa" in one for one in made)


def test_reading_again_replaces_what_the_old_reading_measured(ledger: Ledger) -> None:
    write(ledger, report(1, 8), report(2, 12, days=1))
    assert len(list(ledger.compared.links())) == 1
    write(ledger, report(2, 12, days=1, version="rules 2"))
    assert len(list(ledger.compared.links())) == 1
    assert sum(line.claims for line in ledger.compared.all()) == 2


def test_judgements_survive_reading_again(ledger: Ledger) -> None:
    write(ledger, report(1, 8), report(2, 12, days=1), report(3, 8, "Odesa"))
    claims = {t.claim.quantity.low: t.claim.id for t in ledger.claims("place:Goma type:killed") if t.claim.quantity}
    ledger.compared.judge("apart", (claims[8], claims[12]), "ada")
    assert not list(ledger.compared.links(relations=("revises",)))
    assert not list(ledger.compared.all())
    write(ledger, report(2, 12, days=1, version="rules 2"))
    assert not list(ledger.compared.all())
    assert [j.kind for j in ledger.judgements(claims[8])] == ["apart"]


def test_series_of_two_towns_can_be_merged_and_split_again(ledger: Ledger) -> None:
    write(ledger, report(1, 8), report(2, 12, days=1), report(3, 9, "Odesa", source="the governor"))
    (line,) = ledger.compared.all()
    (other,) = (entry.claim.id for entry in ledger.claims("place:Odesa type:killed"))
    ledger.compared.judge("merge", (line.id, other[:12]), "ada")
    (merged,) = ledger.compared.all()
    assert merged.claims == 3
    write(ledger, report(4, 15, days=2))
    assert [one.claims for one in ledger.compared.all()] == [4]
    ledger.compared.judge("split", (other,), "ada")
    assert [one.claims for one in ledger.compared.all()] == [3]


@pytest.mark.parametrize(
    ("act", "ids", "told"),
    [
        ("merge", ("abcdef",), "takes at least 2"),
        ("apart", ("abcdef", "abcdee", "abcded"), "takes 2 ids, not 3"),
        ("split", ("zzzzzz",), "no series and no figure has"),
        ("split", ("a",), "at least 6"),
    ],
)
def test_judgements_of_nothing_are_refused(ledger: Ledger, act: Any, ids: tuple[str, ...], told: str) -> None:
    with pytest.raises(RequestError, match=told):
        ledger.compared.judge(act, ids, "ada")
    with ledger.engine.connect() as connection:
        assert not connection.execute(select(schema.judgements)).all()


def test_differences_between_two_days(ledger: Ledger) -> None:
    changed = "A blast in Goma has killed 8 people so far, the police said. Schools are closed."
    write(
        ledger, report(1, 8), report(2, 12, days=1), report(3, 20, "Odesa", days=2),
        harvest(changed, url="https://example.org/9", publisher="Paper 9", published=DAY,
                fetched=datetime.datetime(2025, 3, 27, 9, tzinfo=datetime.UTC)),
    )  # fmt: skip
    write(
        ledger,
        harvest("Schools in Goma are closed.", url="https://example.org/9", publisher="Paper 9", published=DAY,
                fetched=datetime.datetime(2025, 3, 29, 9, tzinfo=datetime.UTC)),
    )  # fmt: skip
    found = ledger.compared.differences(DAY)
    told = [(one.kind, one.claim.quantity.low if one.claim.quantity else None, (one.said - DAY).days) for one in found]
    assert ("revised", 12, 1) in told
    assert ("new", 20, 2) in told
    assert ("gone", 8, 2) in told
    assert not ledger.compared.differences(DAY + datetime.timedelta(days=9))
    with pytest.raises(RequestError, match="is before"):
        ledger.compared.differences(DAY, DAY - datetime.timedelta(days=1))


def test_a_ledger_of_before_is_compared_after_migrating(ledger: Ledger) -> None:
    """The migration leaves a note that nothing was compared yet."""
    write(ledger, report(1, 8), report(2, 12, days=1))
    with writing(ledger.engine) as connection:
        for table in reversed(schema.DERIVED):
            connection.execute(delete(table))
        connection.execute(schema.stale.insert().values(kind="unread", block=0, said=0))
    assert len(list(ledger.compared.links())) == 1


def test_stretches_reach_from_silence_to_silence() -> None:
    days = [10, 20, 200, 210, 500]
    assert around(days, [20], 100) == [(1, 20, 120)]
    assert around(days, [205], 100) == [(100, 205, 310)]
    assert around(days, [110], 100) == [(1, 110, 310)]  # a day that is gone had joined two stretches
    assert around(days, [10, 500], 100) == [(1, 10, 120), (400, 500, 600)]
