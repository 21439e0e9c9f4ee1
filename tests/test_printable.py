"""Text of strangers: names in any script stay as they are, what steers or reorders is written out."""

import pytest

from autograder.printable import printable, printable_lines, shortened

NAMES = [
    "Zoë Ångström", "Nguyễn Văn A", "山田　太郎", "مریم نی‌لوفر", "क्‍ष विद्या", "ශ්‍රී ලංකා", "Σίσυφος",
    "Łukasz", "O’Brien", "محمد", "משה", "👩‍💻", "éa", "ไทย", "ქართული",
]  # fmt: skip
DANGEROUS = {
    "right-to-left override": "\u202e", "left-to-right isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "right-to-left mark": "\u200f", "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\xad", "escape": "\x1b", "bell": "\x07", "line separator": "\u2028",
    "NUL": "\0",
    "C1 control": "\x9b", "half a surrogate": "\ud800",
    "a tag": "\U000e0041", "Mongolian separator": "\u180e",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_as_they_are(name: str) -> None:
    assert printable(name) == name
    assert printable_lines(name) == name


@pytest.mark.parametrize("character", DANGEROUS.values(), ids=DANGEROUS)
def test_what_steers_hides_or_reorders_is_written_out(character: str) -> None:
    shown = printable(f"a{character}b")
    assert character not in shown
    assert shown.startswith("a\\")
    assert shown.endswith("b")
    assert shown.isascii()


def test_a_long_text_keeps_its_beginning_and_end() -> None:
    text = "\n".join(["The shapes differ", *[""] * 500, "x" * 5000, "(3,) and (4,)"])
    told = shortened(text)
    assert len(told) < 350
    assert told.startswith("The shapes differ\nxxx")
    assert told.endswith("xxx\n(3,) and (4,)")
    assert shortened("Two\nlines") == "Two\nlines"
