"""ZIP archives, gzip data and web archives: what is read out of them, and that hostile ones do no harm."""

import datetime
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packed import PAGE, Warc, found, squeezed, zipped
from onrecord.documents import Failure, Options, captures, read
from onrecord.values import Capture, Document

FIVE = "Five people were killed, the governor said on Monday."


def test_the_files_of_an_archive_are_read_in_order_and_named(tmp_path: Path) -> None:
    path = tmp_path / "reports.zip"
    lines = b'{"text": "Three died."}\n{"text": "Four died."}\nbroken\n'
    path.write_bytes(zipped({"b/x.html": PAGE, "a.txt": b"Two died.", "c.jsonl": lines, "d.png": b"\x89PNG\r\n\x1a\n",
                             ".hidden": b"no", "__MACOSX/a.txt": b"no"}))  # fmt: skip
    every = list(read(str(path), Options()))
    documents = [(one.text, one.source) for one in every if isinstance(one, Document)]
    assert documents == [
        ("Two died.", f"{path}!a.txt"),
        (FIVE, f"{path}!b/x.html"),
        ("Three died.", f"{path}!c.jsonl:1"),
        ("Four died.", f"{path}!c.jsonl:2"),
    ]
    failures = [one.message.removeprefix(f"{path}!") for one in every if isinstance(one, Failure)]
    assert failures[0].startswith("c.jsonl, line 3: is broken JSON")
    assert failures[1].startswith("d.png: looks like PNG image data")


def test_archives_within_archives_down_to_a_depth() -> None:
    data = b"Two died."
    for depth in range(4):
        data = zipped({f"{depth}.zip": data})
    assert found(data) == (["Two died."], [])
    texts, failures = found(zipped({"outer.zip": data}))
    assert (texts, len(failures)) == ([], 1)
    assert "lies in more than 4 archives" in failures[0]


def test_gzip_data_is_read_as_what_it_holds() -> None:
    assert found(squeezed(b"Two died.")) == (["Two died."], [])
    assert found(squeezed(b'{"text": "a"}\n') + squeezed(b'{"text": "b"}\n')) == (["a", "b"], [])
    assert found(squeezed(b"Two died.") + b"\0" * 600) == (["Two died."], [])


@pytest.mark.parametrize("cut", [5, 15, 25])
def test_gzip_data_that_ends_early(cut: int) -> None:
    texts, failures = found(squeezed(b"Two people died in the flood.")[:cut])
    assert texts == []
    assert "gzip data" in failures[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x.txt", "..\\x", "a\nb.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    info = zipfile.ZipInfo(name)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(info, b"Two died.")
        archive.writestr("z.txt", b"Three died.")
    texts, failures = found(held.getvalue())
    assert texts == ["Three died."]
    assert len(failures) == 1
    assert failures[0].isprintable()
    assert "leads out of its archive" in failures[0]
    assert list(tmp_path.iterdir()) == []


def test_a_broken_member_costs_itself_alone() -> None:
    data = zipped({"a.txt": b"Two people died on Monday.", "b.txt": b"Three died."})
    broken = data.replace(zlib.compress(b"Two people died on Monday.", 6)[2:-4], b"\xff" * 20, 1)
    place = data.index(b"a.txt") + 5
    broken = data[:place] + b"\xff\xff\xff" + data[place + 3 :]
    texts, failures = found(broken)
    assert texts == ["Three died."]
    assert len(failures) == 1
    assert "!a.txt: is broken in its archive" in failures[0]


def test_an_encrypted_member_says_so() -> None:
    data = bytearray(zipped({"a.txt": b"Two died."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + offset
        data[place : place + 2] = struct.pack("<H", 1)
    assert "is encrypted" in found(bytes(data))[1][0]


def test_a_bomb_does_not_go_off() -> None:
    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(zeros.compress(bytes(1_000_000)) for _ in range(1_000)) + zeros.flush()
    for data in (bomb, zipped({"a.gz": bomb}), squeezed(bomb), zipped({"a.zip": zipped({"b.gz": bomb})})):
        texts, failures = found(data)
        assert texts == []
        assert any("more than" in failure or "times its size" in failure for failure in failures)


def test_lines_without_end_are_bounded_by_the_size_of_their_archive() -> None:
    lines = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = b" \n" * 500_000
    bomb = (
        lines.compress(b'{"text": "Two died."}\n') + b"".join(lines.compress(blank) for _ in range(300)) + lines.flush()
    )
    texts, failures = found(bomb)
    assert texts == ["Two died."]
    assert "unpacks to more than 200 times its size" in failures[0]


def test_members_that_overlap_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("a.txt", b"Five people died. " * 500_000)
        info = archive.infolist()[0]
        for number in range(400):
            again = zipfile.ZipInfo(f"b{number}.txt")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(again, name, getattr(info, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    texts, failures = found(held.getvalue())
    assert texts == []
    assert "whose files overlap" in failures[0]


def test_archives_within_archives_share_what_they_may_unfold_to() -> None:
    blank = squeezed(b'{"text": "Two died."}\n' + b" \n" * 2_000_000)
    inner = zipped({f"{number:03}.gz": blank for number in range(200)})
    texts, failures = found(zipped({"inner.zip": inner}))
    assert 0 < len(texts) < 100
    assert "unpacks to more than 200 times its size" in failures[0]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_than_deflate_are_refused(method: int) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("a.txt", bytes(1_000_000))
    assert "packed by another method than deflate" in found(held.getvalue())[1][0]


def test_a_member_without_a_name_is_a_failure() -> None:
    data = zipped({"abc": b"Two died."})
    place = data.index(b"PK\x01\x02")
    nameless = bytearray(data[: place + 46] + data[place + 49 :])
    nameless[place + 28 : place + 30] = b"\0\0"
    end = nameless.index(b"PK\x05\x06")
    nameless[end + 12 : end + 16] = (46).to_bytes(4, "little")
    assert "has a name that leads out of its archive, or is none" in found(bytes(nameless))[1][0]


def test_a_directory_beyond_all_measure_is_not_read() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    count = 700_000
    length = len(entry) * count
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, length, 0, 0)
    data = b"PK\x03\x04" + bytes(26) + entry * count + end
    assert "has a directory of 32,200,000 bytes" in found(data)[1][0]


def test_an_archive_of_nothing_is_a_failure() -> None:
    assert "without files" in found(zipped({}))[1][0]
    assert "without files" in found(zipped({".hidden": b"no"}))[1][0]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive(packed: bool) -> None:
    archive = Warc(packed=packed)
    archive.page("https://okapi.example/1", PAGE, Set_Cookie="secret=1", ETag="x")
    archive.page("https://okapi.example/gone", b"gone", status="404 Not Found")
    archive.page("https://okapi.example/moved", b"", status="301 Moved", Location="/1")
    archive.page("https://okapi.example/a.png", b"\x89PNG\r\n\x1a\n", Content_Type="image/png")
    archive.page("https://okapi.example/robots.txt", b"User-agent: *", Content_Type="text/plain")
    archive.page(
        "https://okapi.example/2",
        b"Caf\xe9: two died.",
        Content_Type="text/plain; charset=iso-8859-1",
        day="2025-03-28",
    )
    one, two = captures("-", Options(), stdin=io.BytesIO(archive.bytes()))
    assert isinstance(one, Capture)
    assert isinstance(two, Capture)
    assert (one.url, one.body) == ("https://okapi.example/1", PAGE)
    assert one.fetched == datetime.datetime(2025, 3, 27, 10, tzinfo=datetime.UTC)
    assert ("ETag", "x") in one.headers
    assert not any("ookie" in name for name, _ in one.headers)
    assert (two.url, two.charset) == ("https://okapi.example/2", "iso-8859-1")
    assert found(archive.bytes()) == ([FIVE, "Café: two died."], [])


def test_encodings_of_a_page_in_a_web_archive_are_undone() -> None:
    archive = Warc()
    archive.page("https://okapi.example/1", squeezed(PAGE), Content_Encoding="gzip")
    chunked = b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n"
    archive.page("https://okapi.example/2", chunked, Transfer_Encoding="chunked")
    assert found(archive.bytes()) == ([FIVE, FIVE], [])


NONSENSE = (
    b"WARC/1.0\r\nnonsense\r\n\r\n",
    b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
    b"WARC/1.0\r\n" + b"x" * 99_999,
)


@pytest.mark.parametrize("broken", NONSENSE, ids=range(3))
def test_a_broken_record_costs_itself_alone(broken: bytes) -> None:
    before = Warc().page("https://okapi.example/1", PAGE).bytes()
    behind = Warc().page("https://okapi.example/2", b"<p>Two died.</p>").bytes()
    texts, failures = found(before + broken + b"\r\n" + behind)
    assert texts == [FIVE, "Two died."]
    assert len(failures) == 1


def test_a_header_without_end_is_not_held() -> None:
    whole = Warc().page("https://okapi.example/1", PAGE).bytes()
    texts, failures = found(whole + b"WARC/1.0\r\nnonsense" + b"x" * 3_000_000)
    assert texts == [FIVE]
    assert "header without end" in failures[0]


def test_a_record_that_claims_more_than_there_is_is_a_failure() -> None:
    data = Warc().page("https://okapi.example/1", PAGE).bytes()
    start = data.index(b"Content-Length: ", data.index(b"WARC-Type: response"))
    claimed = data[:start] + b"Content-Length: 9999999" + data[data.index(b"\r\n", start) :]
    texts, failures = found(claimed)
    assert texts == []
    assert "ends early, or states a wrong length" in failures[0]


def test_bodies_that_unfold_too_far_are_refused() -> None:
    archive = Warc(packed=True)
    bomb = squeezed(bytes(40_000_000))
    for number in range(20):
        archive.page(f"https://okapi.example/{number}", bomb, Content_Encoding="gzip")
    _, failures = found(archive.bytes())
    assert "unpacks to more than 200 times its size" in failures[-1]


SAMPLES = (
    zipped({"a.txt": b"Two people died.", "b/c.html": PAGE}),
    squeezed(b"Two people died on Monday, the governor said."),
    Warc().page("https://okapi.example/1", PAGE).page("https://okapi.example/2", b"Two died.").bytes(),
    Warc(packed=True).page("https://okapi.example/1", PAGE, Content_Encoding="gzip").bytes(),
)  # fmt: skip


BLOWS = st.lists(st.tuples(st.integers(0, 4_000), st.binary(max_size=6)), max_size=4)


@given(st.sampled_from(SAMPLES), BLOWS, st.integers(0, 4_000))
def test_any_damage_gives_documents_or_failures(sample: bytes, blows: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(sample)
    for place, blow in blows:
        place %= len(data)
        data[place : place + len(blow)] = blow
    for message in found(bytes(data[: cut % len(data) or None]))[1]:
        assert message.isprintable()
