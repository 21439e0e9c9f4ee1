"""Bytes become text, or a sentence that says why they are none and where."""

from __future__ import annotations

import codecs
import re

# PEP 263: the declaration stands in the first or second line.
_DECLARED = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]{1,40})")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's registry also holds codecs that unpack or run in quadratic time (zlib, idna, punycode).
_ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp437|cp850|cp866|cp932|cp949|cp950|mac-roman|koi8-[ru]"
    r"|gbk|gb2312|gb18030|big5|shift_jis|euc_jp|euc_kr"
)
_OTHER_FILES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich-text document"),
    (b"bplist", "a Mac property list"),
    (b"\x7fELF", "a program"),
)
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)


class UnreadableError(Exception):
    """A file without code that could be read; the message is a sentence for its owner."""


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file's bytes with ``\\n`` for every line end, and a note or None.

    A byte-order mark is believed first, then a declared encoding (PEP 263), then UTF-8.

    Raises
    ------
    UnreadableError
        When the bytes are another kind of file, hold NUL, or do not fit their encoding.
    """
    for magic, what in _OTHER_FILES:
        if data.startswith(magic):
            raise UnreadableError(
                f"The file is {what}, whatever its name says: hand in the .py or .ipynb file itself."
            )
    if _PAGE.match(data):
        raise UnreadableError(
            "The file is a web page: download the notebook itself (File > Download), not its page."
        )
    encoding, note = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        raise UnreadableError(
            f"The file is not text in {encoding.upper()}: byte {start + 1}, in line "
            f"{data.count(bytes([10]), 0, start) + 1}, does not fit. Save it as UTF-8."
        ) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise UnreadableError(
            f"The file holds a NUL character in line {line}, so it is not text. Save it as UTF-8."
        )
    return text, note


def _encoding(data: bytes) -> tuple[str, str | None]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, None
    declared = _DECLARED.match(data)
    if not declared:
        return "utf-8", None
    name = declared[1].decode("ascii", "replace")
    try:
        known = codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        known = ""
    if _ENCODINGS.fullmatch(known):
        return known, None
    return "utf-8", f"The file declares the encoding {name!r}, which is not read; it was read as UTF-8."
