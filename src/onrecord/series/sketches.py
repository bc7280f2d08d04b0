"""Near-copies: MinHash over word shingles, after Broder (1997), On the resemblance and containment of documents.

Two texts are near-copies when at least ``NEAR`` of their shingles are the same. A sketch is cut into bands; texts that
share a band are looked at (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4). Algorithm, version and
seed stand in ``MADE``, which is kept beside every sketch: sketches of another make are not compared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

SEED = 1997
SIZE = 64
_BANDS, _ROWS = 16, 4
_SHINGLE = 3
_SHORTEST = 12  # words: shorter texts are alike by chance
_LONGEST = 20_000
_WORD = re.compile(r"\w+")
_SIGN = 1 << 63
NEAR = 0.5


def made() -> str:
    """By what a sketch is made: two that differ in this cannot be compared."""
    import rensa

    return (
        f"rensa.RMinHash {rensa.RMinHash.ALGORITHM_VERSION}: {SIZE} values, seed {SEED}, shingles of {_SHINGLE} words"
    )


def sketch(text: str) -> bytes | None:
    """The sketch of a text: ``SIZE`` values of 32 bits, the lowest byte first; ``None`` for a text of few words."""
    words = [match.group().casefold() for match in _WORD.finditer(text, 0, 200_000)][:_LONGEST]
    if len(words) < _SHORTEST:
        return None
    from rensa import RMinHash

    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    hashed = RMinHash(num_perm=SIZE, seed=SEED)
    hashed.update(sorted(shingles))
    return b"".join(int(value).to_bytes(4, "little") for value in hashed.digest())


def bands(data: bytes) -> Iterator[int]:
    """The bands of a sketch, as signed 64-bit numbers; texts that share one may be near-copies."""
    width = 4 * _ROWS
    for number in range(_BANDS):
        part = number.to_bytes(1) + data[number * width : (number + 1) * width]
        yield int.from_bytes(hashlib.blake2b(part, digest_size=8).digest()) - _SIGN


def likeness(one: bytes, other: bytes) -> float:
    """The part of their shingles that two texts share, as their sketches estimate it: 0..1, give or take 0.06."""
    same = sum(one[i : i + 4] == other[i : i + 4] for i in range(0, 4 * SIZE, 4))
    return same / SIZE
