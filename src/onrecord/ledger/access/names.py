"""Names of accounts: how one is shown, and by what it is found, so that names that look alike are one.

References:
    Unicode Standard Annex 15 (normalisation NFKC), Technical Standard 39 (characters that do not show).
"""

from __future__ import annotations

import re
import unicodedata

from onrecord.values import RequestError

LONGEST = 100  # characters, as of a reviewer
# Letters and marks that show nothing: fillers of Hangul, variation selectors, joiners.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")


def shown(name: str) -> str:
    """A name as it is kept and shown.

    Raises:
        RequestError: if it is none.
    """
    # Normalising takes quadratic time over many marks, so the length comes first.
    made = unicodedata.normalize("NFKC", name).strip() if len(name) <= LONGEST else ""
    if not made or len(made) > LONGEST or not made.isprintable() or _UNSEEN.search(made):
        raise RequestError(f"{name[:40]!r} is no name for an account; give up to {LONGEST} characters that all show")
    return made


def folded(name: str) -> str:
    """By what an account is found; nothing for what cannot be a name."""
    if len(name) > LONGEST:
        return ""
    return unicodedata.normalize("NFKC", name).strip().casefold()
