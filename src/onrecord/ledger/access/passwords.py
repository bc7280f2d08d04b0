"""Passwords: kept as Argon2id, never as they were given.

References:
    RFC 9106 (2021), Argon2, section 4: the second recommended option (3 passes, 64 MiB, 4 lanes).
    NIST SP 800-63B-4 (2025), section 3.1.1: at least 15 characters where nothing else is asked for, no rules of
    composition, none that is easily guessed from its surroundings.
"""

from __future__ import annotations

import functools
import secrets
import threading
import unicodedata
from typing import TYPE_CHECKING

from onrecord.values import RequestError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 15, 256  # characters
_FEWEST = 5  # different characters
# Each takes 64 MiB while it is made: so many at once, the others wait.
_AT_ONCE = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """The hash of a password, with its parameters and its salt."""
    with _AT_ONCE:
        return _hasher().hash(_plain(password))


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one of which ``kept`` is the hash."""
    from argon2.exceptions import VerifyMismatchError

    if len(password) > LONGEST:
        return False
    try:
        with _AT_ONCE:
            return _hasher().verify(kept, _plain(password))
    except VerifyMismatchError:
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than are used now."""
    return _hasher().check_needs_rehash(kept)


@functools.cache
def nobodys() -> str:
    """A hash that no password has, checked where there is no account, so that both take as long."""
    return hashed(secrets.token_urlsafe(32))


def made_up() -> str:
    """A new password of 120 random bits."""
    return secrets.token_urlsafe(15)


def accepted(password: str, name: str) -> str:
    """A password that may be used by the account of this name.

    Raises:
        RequestError: if it is too short or too long, or easily guessed.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise RequestError(
            f"the password has {len(password)} characters; give {SHORTEST} to {LONGEST}, a sentence, say"
        )
    plain = _plain(password).casefold()
    rest = plain.replace(name.casefold(), "").replace("onrecord", "")
    if len(set(plain)) < _FEWEST or len(rest) < SHORTEST // 2:
        raise RequestError("the password is easily guessed; give a longer one, of words that do not stand here")
    return password


def _plain(password: str) -> str:
    """The same however it was typed: composed characters, as NIST SP 800-63B asks for."""
    return unicodedata.normalize("NFKC", password)


@functools.cache
def _hasher() -> PasswordHasher:
    import argon2

    return argon2.PasswordHasher.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
