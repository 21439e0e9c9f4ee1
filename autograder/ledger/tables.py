"""The tables of a ledger, and the settings it is opened with."""

from __future__ import annotations

# SQLite's mark of whose file it is, and the version of the tables below.
APPLICATION = 0x61676C64
VERSION = 3

TABLES = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    begun TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '',
    homework TEXT NOT NULL,
    outline TEXT NOT NULL,
    rubric TEXT NOT NULL,
    judge TEXT NOT NULL,
    place TEXT NOT NULL,
    layout TEXT NOT NULL,
    level TEXT NOT NULL,
    late TEXT NOT NULL,
    graded INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE people (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    student TEXT NOT NULL,
    sorted TEXT NOT NULL,
    name TEXT NOT NULL,
    ids TEXT NOT NULL,
    section TEXT NOT NULL,
    known_as TEXT NOT NULL,
    hand_in TEXT NOT NULL,
    PRIMARY KEY (run, slug, hand_in)
);
CREATE TABLE attempts (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    hand_in TEXT NOT NULL,
    position INTEGER NOT NULL,
    report TEXT NOT NULL,
    told TEXT,
    PRIMARY KEY (run, hand_in, position)
);
CREATE TABLE reports (
    key TEXT PRIMARY KEY,
    run INTEGER NOT NULL,
    submission TEXT NOT NULL,
    complete INTEGER NOT NULL,
    digest TEXT NOT NULL,
    report BLOB NOT NULL
);
CREATE TABLE marks (
    number INTEGER PRIMARY KEY,
    homework TEXT NOT NULL,
    known_as TEXT NOT NULL,
    student TEXT NOT NULL,
    exercise TEXT NOT NULL,
    points REAL NOT NULL,
    why TEXT NOT NULL,
    given TEXT NOT NULL
);
CREATE TABLE views (
    slug TEXT PRIMARY KEY,
    inputs TEXT NOT NULL,
    line TEXT NOT NULL,
    files TEXT NOT NULL
);
CREATE TABLE staged (
    slug TEXT PRIMARY KEY,
    inputs TEXT NOT NULL,
    line TEXT NOT NULL,
    files TEXT NOT NULL
);
CREATE TABLE asides (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    times TEXT NOT NULL,
    digests TEXT NOT NULL
);
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""

# A commit is not lost when this program is killed; it may be, without damage, when the power fails.
SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 10000;
PRAGMA cache_size = -8000;
"""
