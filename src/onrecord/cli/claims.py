"""``onrecord claims``, ``search``, ``documents`` and ``diff``: what a ledger holds."""

from __future__ import annotations

import datetime
import getpass
import sys
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.inputs import Day, until_closed, write_lines
from onrecord.cli.ledgers import format_options, ledger_option, moment, opened, print_claims, standing_options

if TYPE_CHECKING:
    from onrecord.ledger import Report

# The first is the usual one; a test holds that these are the formats there are.
CITATIONS = ("text", "bibtex", "csl")


@click.group()
def claims() -> None:
    """The claims on record: list them, show one in full, cite it, judge it."""


@claims.command("list")
@click.argument("question", nargs=-1)
@standing_options
@format_options
@ledger_option
def list_(question: tuple[str, ...], **given: Any) -> None:
    """List claims, those of the newest reports first; QUESTION narrows them as in onrecord search."""
    print_claims(" ".join(question), **given)


@click.command()
@click.argument("question", nargs=-1, required=True)
@standing_options
@format_options
@ledger_option
def search(question: tuple[str, ...], **given: Any) -> None:
    """Search claims: words, "a phrase", beginn*, -not, field:value.

    onrecord search 'howitzers "Kursk region" -denied type:killed source:"general staff" low:>=40 said:2025-03..2025-06
    place:Kursk' · fields: type status basis quoted kind source via actor target object place outlet unit low high
    confidence said happened known recorded id document address reader text. Everything asked must hold; values with
    commas between are alternatives. Give a question that begins with - after --.
    """
    print_claims(" ".join(question), **given)


@claims.command("show")
@click.argument("claim")
@click.option("--as-of", type=Day(), metavar="DATE", help="Refuse what the world could not know on that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array: the claim as each reading found it.")
@ledger_option
def show(claim: str, as_of: datetime.date | None, as_json: bool, where: str | None) -> None:
    """Show a claim in full: its words in their place, its chain, its captures, its readings, what was judged of it.

    CLAIM is its id, or the first signs of it.
    """
    with opened(where) as ledger:
        entries = ledger.claim(claim, as_of=as_of)
        first = entries[0]
        document = ledger.document(first.document.id)
        boxes = list(document.boxes(first.claim.evidence))
        if as_json:
            from onrecord.views.entries import with_boxes

            write_lines(with_boxes(entries, boxes))
            return
        from onrecord.views import cells
        from onrecord.views.listing import in_full

        noted, judged = ledger.captures(first.document.id), ledger.judgements(first.claim.id)
        with until_closed():
            cells.show(in_full(first, document.text, noted, judged, boxes, entries))


@claims.command("cite")
@click.argument("claim")
@click.option(
    "--format",
    "format_",
    type=click.Choice(CITATIONS),
    default=CITATIONS[0],
    show_default=True,
    help="A paragraph of text, a BibTeX entry, or CSL-JSON.",
)
@click.option("--as-of", type=Day(), metavar="DATE", help="Refuse what the world could not know on that day.")
@ledger_option
def cite(claim: str, format_: str, as_of: datetime.date | None, where: str | None) -> None:
    """Cite a claim: its exact words, who said them, the outlet, the day, and the hash of the captured bytes."""
    from onrecord.views.citation import FORMATS

    with opened(where) as ledger:
        entry = ledger.claim(claim, as_of=as_of)[0]
        click.echo(FORMATS[format_](entry, ledger.captures(entry.document.id)))


@claims.command("judge")
@click.argument("claim")
@click.option("--verdict", metavar="WORD", help="Whether the reader read it right: right, wrong, unsure.")
@click.option("--grade", metavar="GRADE", help="Your grade of source and content after the Admiralty code: A1 to F6.")
@click.option("--note", metavar="TEXT", help="Anything else to keep with it.")
@click.option("--who", metavar="NAME", help="Whose judgement it is; by default your name on this machine.")
@ledger_option
def judge(
    claim: str, verdict: str | None, grade: str | None, note: str | None, who: str | None, where: str | None
) -> None:
    """Put your judgement of a claim on record; it stays with the claim through every later reading."""
    given = {"verdict": verdict, "grade": grade, "note": note}
    if not any(given.values()):
        raise click.UsageError("nothing to judge by; give --verdict, --grade or --note")
    from onrecord.ledger.ledger import check_judgement

    whose = who or getpass.getuser()
    judged = {kind: check_judgement(kind, value, whose) for kind, value in given.items() if value is not None}
    with opened(where) as ledger:
        for kind, value in judged.items():
            made = ledger.judge(claim, kind, value, whose)
            click.echo(f"{made.claim}: {made.kind} {made.value}")


@click.group()
def documents() -> None:
    """The reports of a ledger: list them, print their text, give back the bytes that were captured."""


@documents.command("list")
@click.option("--as-of", type=Day(), metavar="DATE", help="Only what the world could know on that day.")
@click.option("--recorded", type=Day(), metavar="DATE", help="Only what came in until the end of that day (UTC).")
@click.option("--jsonl", "as_json", is_flag=True, help="One JSON object a line.")
@ledger_option
def list_documents(
    as_of: datetime.date | None, recorded: datetime.date | None, as_json: bool, where: str | None
) -> None:
    """List reports, the last that came in first: id, day of publication, claims, outlet, title and address."""
    with opened(where) as ledger, until_closed():
        for report in ledger.documents(as_of=as_of, recorded=moment(recorded)):
            write_lines([_as_json(report)]) if as_json else click.echo(_as_line(report))


def _as_json(report: Report) -> bytes:
    import msgspec

    return msgspec.json.encode({**msgspec.to_builtins(report.heading), "claims": report.claims}) + b"\n"


def _as_line(report: Report) -> str:
    from onrecord.views.safe import one_line

    heading = report.heading
    day = heading.published.isoformat() if heading.published else "undated   "
    parts = (heading.id, day, f"{report.claims:4}", heading.publisher or "-", heading.title or "-", heading.address)
    return "  ".join(one_line(part) if part.strip() else part for part in parts)


@documents.command("show")
@click.argument("document")
@ledger_option
def show_document(document: str, where: str | None) -> None:
    """Print the text of a report, as every span counts it. DOCUMENT is its id, or the one that came with it."""
    from onrecord.cli.inputs import printable

    with opened(where) as ledger, until_closed():
        text = ledger.document(document).text
        safe = "\n".join(printable(line) for line in text.split("\n")) if sys.stdout.isatty() else text
        write_lines([safe.encode("utf-8") + b"\n"])


@documents.command("original")
@click.argument("hash_", metavar="HASH")
@ledger_option
def original(hash_: str, where: str | None) -> None:
    """Write the captured bytes with this SHA-256 to standard output, just as they were met."""
    with opened(where) as ledger, until_closed():
        write_lines([ledger.original(hash_)])


@click.command()
@click.argument("address", metavar="[URL|PATH]", required=False)
@click.option("--as-of", type=Day(), metavar="DATE", help="Of a page: only versions first seen by that day (UTC).")
@click.option("--from", "since", type=Day(), metavar="DATE", help="Of the ledger: what changed after that day.")
@click.option("--to", "until", type=Day(), metavar="DATE", help="Of the ledger: until the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array: the steps of a page, or the differences.")
@click.option("--exit-code", is_flag=True, help="Leave with 1 when there are differences, as diff and git do.")
@ledger_option
def diff(
    address: str | None,
    as_of: datetime.date | None,
    since: datetime.date | None,
    until: datetime.date | None,
    as_json: bool,
    exit_code: bool,
    where: str | None,
) -> None:
    """Show what changed: in a page from version to version, or in all that is known between two days.

    With URL|PATH, how the claims of that page changed from each captured version to the next. With --from, every
    figure that is new, was revised or denied, or is gone from its page since that day.
    """
    if (address is None) == (since is None) or (until is not None and since is None):
        raise click.UsageError("give the address of a page, or --from DATE (and --to DATE) for the whole ledger")
    if since is not None:
        found = _differences(since, until, as_json, where)
    elif address is not None:
        found = _steps(address, as_of, as_json, where)
    if exit_code and found:
        raise click.exceptions.Exit(1)


def _differences(since: datetime.date, until: datetime.date | None, as_json: bool, where: str | None) -> bool:
    """Print what changed in the ledger between two days; whether anything did."""
    with opened(where) as ledger, until_closed():
        found = ledger.compared.differences(since, until)
        from onrecord.views.comparison import difference_record, differences_parts

        if as_json:
            from onrecord.views.record import json_array

            write_lines(json_array(difference_record(one) for one in found))
        elif found:
            from onrecord.views.cells import show as show_parts

            show_parts(differences_parts(found))
        if not as_json:
            click.echo(f"{len(found)} differences", err=True)
    return bool(found)


def _steps(address: str, as_of: datetime.date | None, as_json: bool, where: str | None) -> bool:
    """Print how the claims of a page changed; whether any did."""
    with opened(where) as ledger:
        from onrecord.ledger.rows import path_address

        place = address if "://" in address or address.startswith(("sha256:", "text:")) else path_address(address)
        found = ledger.changes(place)
    until = moment(as_of)
    found = [step for step in found if until is None or step.seen_after <= until]
    if as_json:
        from onrecord.views.entries import steps_array

        write_lines(steps_array(found))
        return any(step.changes for step in found)
    from onrecord.views.cells import show as show_parts
    from onrecord.views.listing import steps

    if not found:
        click.echo("one version only; nothing has changed", err=True)
        return False
    with until_closed():
        show_parts(steps(found))
    return any(step.changes for step in found)
