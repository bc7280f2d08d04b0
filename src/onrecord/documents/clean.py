r"""The only place where text changes, on its way from bytes to ``Document.text``.

- Bytes are decoded strictly, in the encoding that ``encoding.py`` finds: no replacement characters, ever.
- ``\r\n`` and ``\r`` become ``\n``, and so do the vertical tab, the form feed and U+2028; U+2029 becomes ``\n\n``.
- U+0080-U+009F, which are windows-1252 read as Latin-1, become what was meant, as HTML prescribes for ``&#146;``.
- Dropped: NUL and the other control characters but ``\t``, the byte order mark, lone surrogates, and the soft
  hyphen, which is a hint to a typesetter and would split words for the reader.
- Kept: everything else as it is. Tabs, runs of spaces, no-break and zero-width spaces, emoji with their joiners,
  right-to-left marks, combining characters; no Unicode normalisation.

The text of a JSON Lines record does not pass here: its spans index the very text that the caller sent.
"""

from __future__ import annotations

import re

from onrecord.documents.encoding import encoding_of
from onrecord.values import DocumentError

_RETURNS = re.compile(r"\r\n?|[\v\f\u2028]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\ufeff\ud800-\udfff]")
# Five places of windows-1252 mean nothing.
_MEANT = str.maketrans({chr(n): bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)})


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text that ``data`` encodes, not yet cleaned.

    Args:
        data: the whole input.
        declared: the charset stated by the page or the server, heard only when the bytes are not UTF-8.

    Raises:
        DocumentError: if the encoding cannot be told or ``data`` breaks it; with the offset of the bad byte.
    """
    codec = encoding_of(data, declared)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02X} at offset {error.start}"
        raise DocumentError(f"is broken {codec} ({place}); save it as UTF-8") from error


def clean(text: str) -> str:
    """``text`` as ``Document.text`` may hold it. Cleaning twice changes nothing more."""
    text = _RETURNS.sub("\n", text).replace("\u2029", "\n\n")
    return _DROPPED.sub("", text.translate(_MEANT)) if _DROPPED.search(text) else text
