"""Where a report plays: only what its title names as a whole word."""

import pytest

import onrecord


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Countries that join Russia in talks", None),
        ("Great Britain raises 12 flags", None),
        ("Threat Iran poses grows", None),
        ("Twelve dead in Russia", "Russia"),
    ],
)
def test_a_title_names_a_place_in_whole_words(title: str, place: str | None) -> None:
    text = "Russia, Iran and Britain met. Twelve people died."
    claim = next(c for c in onrecord.extract(text, title=title, reader="rules").claims if c.quantity)
    assert (claim.place and claim.place.name) == place
