"""Which encoding bytes are in. Nothing is changed here, and nothing is guessed that could come out as mojibake.

In this order: a byte order mark; UTF-16 or UTF-32 without one, by where its NULs stand; strict UTF-8; the charset
that the page or the server declares; Western European text by plausibility; another script by charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from onrecord.documents.binary import control_share
from onrecord.values import DocumentError

# UTF-32 first: its little-endian mark begins like UTF-16's.
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# What browsers read for a declared name (https://encoding.spec.whatwg.org/#names-and-labels): supersets.
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_DECLARED = frozenset((
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874",
    "cp932", "cp949", "big5hkscs", "euc_jp", "gb18030", "iso2022_jp", "iso8859-2", "iso8859-3", "iso8859-4",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15",
    "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
))  # fmt: skip
# Scripts that show by themselves whether they were decoded right, unlike the accents of Latin letters.
_EVIDENT = frozenset((
    "cp1251", "cp1253", "cp1255", "cp1256", "cp866", "koi8_r", "koi8_u", "big5", "big5hkscs", "cp932", "cp949",
    "euc_jp", "euc_jis_2004", "euc_kr", "gb18030", "shift_jis", "shift_jis_2004",
))  # fmt: skip
_WESTERN_SHARE = 0.3
_SAMPLE = 65_536
_SIGN = re.compile("[^\x00-\x7f]")
_META = re.compile(rb"""<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
# Accented letters that are words by themselves in Western Europe; any other stands in a word.
_WORDS = frozenset("àáèéòóùÀÁÈÉÓ")
_NEVER = frozenset("ðþÞÐÿƒ¤¨¸¯ˆ˜¬¦\ufffd")


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The name of the Python codec that decodes ``data`` strictly and rightly.

    Args:
        data: the whole input.
        declared: the charset that a page or server states, if any.

    Raises:
        DocumentError: naming the first bad byte and its offset, when no encoding is beyond doubt.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if b"\x00" in data and (wide := _wide(data)):
        return wide
    if b"\x1b$" in data and _decodes(data, "iso2022_jp"):
        return "iso2022_jp"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, declared, error)
    return "utf-8"


def is_wide(data: bytes) -> bool:
    """Whether ``data`` is UTF-16 or UTF-32, whose bytes hold NULs without being binary."""
    return data.startswith(tuple(mark for mark, codec in _MARKS if "utf-8" not in codec)) or _wide(data) is not None


def declared_in(page: bytes) -> str | None:
    """The charset that the first ``<meta>`` of an HTML page states, if it has one."""
    found = _META.search(page[:_SAMPLE])
    return found[1].decode("ascii") if found else None


def _wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a byte order mark: their NULs keep to certain places."""
    sample = data[: _SAMPLE // 4 * 4]
    for width, codecs_ in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        if len(data) % width:
            continue
        nuls = [sample[i::width].count(0) / max(1, len(sample) // width) for i in range(width)]
        little, big = nuls[-1], nuls[0]
        codec = codecs_[0] if little > big else codecs_[1]
        if max(little, big) > 0.1 and min(little, big) == 0 and _decodes(data, codec):
            text = sample.decode(codec, "ignore")
            odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\f\v" for c in text)
            if odd * 50 <= len(text):
                return codec
    return None


def _not_utf8(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    place = f"byte 0x{data[error.start]:02X} at offset {error.start}"
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(re.findall("[\udc80-\udcff]", escaped))
    good = len(re.findall("[^\x00-\x7f\udc80-\udcff]", escaped))
    if good >= bad:
        raise DocumentError(f"is broken UTF-8 ({place}, one of {bad} broken bytes); repair it or save it anew as UTF-8")
    codec = _known(declared) or _guess(data, 0 if control_share(data) else bad + 2 * good)
    if codec is None:
        raise DocumentError(f"is not UTF-8 ({place}), and its encoding cannot be told; save it as UTF-8")
    if not _decodes(data, codec):
        raise DocumentError(f"is neither UTF-8 ({place}) nor all {codec}; save it as UTF-8")
    return codec


def _known(declared: str | None) -> str | None:
    """The codec for a declared charset, if it is one that the web knows."""
    try:
        name = codecs.lookup((declared or "").strip("\"' \t\r\n")).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _DECLARED else None


def _guess(data: bytes, high: int) -> str | None:
    """An encoding beyond reasonable doubt; ``high`` counts the bytes above 127, 0 when control characters forbid."""
    if not high:
        return None
    if high < _WESTERN_SHARE * len(data):
        return next((c for c in ("cp1252", "mac_roman") if _decodes(data, c) and _plausible(data.decode(c))), None)
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best and best.encoding in _EVIDENT else None


def _plausible(text: str) -> bool:
    """Whether every non-ASCII sign of a Western European text stands where such a sign may stand."""
    places = (m.start() for m in _SIGN.finditer(text))
    return all(_fits(text[i - 1 : i] or " ", text[i], text[i + 1 : i + 2] or " ") for i in places)


def _fits(before: str, sign: str, after: str) -> bool:
    if sign in _NEVER:
        return False
    if sign.isalpha() and unicodedata.category(sign) != "Lo":
        if not (before.isalpha() or after.isalpha()):
            return sign in _WORDS and before.isspace() and after.isspace()
        rising = before.islower() and sign.isupper()
        return not (rising or before.isdigit() or after.isdigit())
    if sign in "‚„" and before.isalnum():
        return False
    within = before.isalpha() and after.isalpha()
    return not within or sign in "’‘´–—…\xa0\xad·"


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
