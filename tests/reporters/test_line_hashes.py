"""GitHub's line hashes: the values that its upload action is tested with, and what they do not cover."""

from __future__ import annotations

import pytest

from jwt_sast.reporters.line_hashes import line_hashes

LAST = "c129715d7a2bc9a3:1"
GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    LAST,
]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", [LAST]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{count}" for count in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                LAST,
            ],
        ),
    ],
)
def test_the_values_that_github_publishes(text: str, hashes: list[str]) -> None:
    assert line_hashes(text) == hashes


def test_characters_beyond_16_bits_count_as_two() -> None:
    """As in JavaScript, where the action runs: what is behind the hundredth unit does not count."""
    assert line_hashes("😀" * 50 + "a") == line_hashes("😀" * 50 + "b")
    assert line_hashes("😀" * 49 + "a") != line_hashes("😀" * 49 + "b")
