"""Telling reports from images, archives and programs by their first bytes, whatever their name says."""

from __future__ import annotations

from onrecord.documents.options import REMEDY
from onrecord.values import DocumentError

# Offset, first bytes, name. The sources are the formats' own specifications; "unix file" agrees with each.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG image data"),
    (0, b"\xff\xd8\xff", "JPEG image data"),
    (0, b"GIF87a", "GIF image data"),
    (0, b"GIF89a", "GIF image data"),
    (8, b"WEBPVP8", "WebP image data"),
    (0, b"II*\x00", "TIFF image data"),
    (0, b"MM\x00*", "TIFF image data"),
    (0, b"\x00\x00\x01\x00", "icon data"),
    (4, b"ftypavif", "AVIF image data"),
    (4, b"ftyphei", "HEIF image data"),
    (4, b"ftyp", "MP4 video data"),
    (0, b"\x1aE\xdf\xa3", "Matroska video data"),
    (8, b"AVI LIST", "AVI video data"),
    (8, b"WAVEfmt ", "WAVE sound data"),
    (0, b"ID3\x02", "MP3 sound data"),
    (0, b"ID3\x03", "MP3 sound data"),
    (0, b"ID3\x04", "MP3 sound data"),
    (0, b"OggS\x00", "Ogg sound data"),
    (0, b"fLaC\x00", "FLAC sound data"),
    (0, b"%!PS-Adobe", "a PostScript document"),
    (0, b"{\\rtf1", "an RTF document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (0, b"BZh91AY&SY", "bzip2 compressed data"),
    (0, b"\xfd7zXZ\x00", "XZ compressed data"),
    (0, b"(\xb5/\xfd", "Zstandard compressed data"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "an ELF program"),
    (0, b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (0, b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    (0, b"MZ\x90\x00", "a Windows program"),
    (0, b"\x00asm\x01\x00\x00\x00", "a WebAssembly program"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"wOFF", "font data"),
    (0, b"wOF2", "font data"),
    (4, b"Standard ACE DB\x00", "an Access database"),
    (4, b"Standard Jet DB\x00", "an Access database"),
)
# What is a ZIP archive only on the outside, by a name that stands at its beginning.
_PARTS = ((b"xl/workbook", "an Excel workbook (XLSX)"), (b"ppt/presentation", "a slide deck (PPTX)"),
          (b"application/epub+zip", "an EPUB book"), (b"oasis.opendocument", "an OpenDocument file"))  # fmt: skip
_SAMPLE = 65_536
# Bytes that no text has, white space, backspace and escape aside.
_CONTROL = bytes(b for b in range(32) if b not in b"\b\t\n\v\f\r\x1a\x1b") + b"\x7f"
_SHARE = 0.05


def check_magic(head: bytes) -> None:
    """Pass unless ``head``, the first bytes of an input, marks a well-known format that is no text.

    Raises:
        DocumentError: naming the format.
    """
    for offset, magic, name in _MAGIC:
        if head.startswith(magic, offset):
            raise _refused(name)
    if head.startswith(b"PK\x03\x04"):
        for mark, name in _PARTS:
            if mark in head[:_SAMPLE]:
                raise _refused(name)


def check_controls(data: bytes) -> None:
    """Pass unless ``data`` (in a code of single bytes, or UTF-8) is heavy with NUL and other control characters.

    Raises:
        DocumentError: if more than one byte in twenty of its first 64 KiB is such a character.
    """
    sample = data[:_SAMPLE]
    if control_share(sample) > _SHARE:
        raise _refused("binary data")


def control_share(sample: bytes) -> float:
    """The share of control characters among the bytes of ``sample``, white space aside."""
    return 1 - len(sample.translate(None, _CONTROL)) / len(sample) if sample else 0.0


def _refused(name: str) -> DocumentError:
    return DocumentError(f"looks like {name}, not a report; {REMEDY}")
