"""The loader: a file that breaks its schema is named in one line."""

from pathlib import Path

import pytest

from onrecord.knowledge import Knowledge, builtin
from onrecord.knowledge.basis import Signs
from onrecord.values import KnowledgeError


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("sign = 3", "basis.toml breaks its schema"),
        ("rates = []\n[[sign]]\nkind = 'own'\nwords = []\nweight = 1\nexample = ''\nextra = 1", "extra"),
        ("[[sign", "basis.toml breaks its schema"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "basis.toml").write_text(content)
    with pytest.raises(KnowledgeError, match=message):
        _ = Knowledge(tmp_path).signs


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"no knowledge file basis\.toml"):
        Knowledge(tmp_path).table("basis.toml", Signs)


def test_the_digest_changes_with_a_byte(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = 1")
    before = Knowledge(tmp_path).digest
    (tmp_path / "a.toml").write_text("x = 2")
    assert Knowledge(tmp_path).digest != before
    assert builtin().digest == builtin().digest
