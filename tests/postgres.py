"""A PostgreSQL server of our own for the tests: made in a temporary folder, reached by a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

# Debian keeps the server's programs out of the PATH, a folder for each version.
_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
HELP = "PostgreSQL is not installed; on Debian: apt-get install postgresql"


class NoServer(Exception):
    """No PostgreSQL server can be started here, and why."""


@contextlib.contextmanager
def server(**settings: str) -> Iterator[str]:
    """Start a server; gives the URL of its database ``postgres`` and stops it in the end.

    Raises:
        NoServer: if PostgreSQL is not installed, or does not start.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    as_user = _unprivileged()
    try:
        if as_user:
            shutil.chown(folder, as_user)
        data = folder / "data"
        initdb = [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "onrecord",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        _run([*initdb, "--no-sync"], as_user)
        options = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off", **settings}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        _run([*control, "-l", str(folder / "log"), "-o", flags, "start"], as_user)
        try:
            yield f"postgresql+psycopg://onrecord@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], as_user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def database(url: str, name: str) -> str:
    """Make a database beside that of ``url``, empty even where there was one of that name; its URL."""
    drop(url, name)
    _administer(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop(url: str, name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    _administer(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _programs() -> Path:
    for folder in _FOLDERS:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found is None:
        raise NoServer(HELP)
    return Path(found).resolve().parent


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; its package has made a user for it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise NoServer("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: list[str], user: str | None) -> None:
    group = pwd.getpwnam(user).pw_gid if user else None
    try:
        done = subprocess.run(
            command, user=user, group=group, extra_groups=[] if user else None, cwd="/",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoServer(f"PostgreSQL cannot be started: {error}") from error
    if done.returncode:
        raise NoServer(f"PostgreSQL cannot be started: {done.stdout[-500:]}")
