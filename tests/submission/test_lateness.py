"""What lateness costs, by hand: begun days, grace, caps; and dates that are no dates."""

from datetime import datetime

import pytest

from autograder.submission import SubmissionError
from autograder.submission.lateness import Deadline, due_date, duration, in_words, late_rule, shown_until
from autograder.submission.layouts import Person
from autograder.submission.layouts.times import moment
from autograder.submission.students import Member

DAY = 86_400.0


@pytest.mark.parametrize(
    ("rule", "late", "penalty"),
    [
        # of 40 points earned, of 45
        ("10% a day", 0.0, 0),
        ("10% a day", 1.0, 4),  # a day has begun
        ("10% a day", DAY, 4),
        ("10% a day", DAY + 1, 8),
        ("10% a day", 30 * DAY, 40),  # never more than was earned
        ("10% a day, grace 15m", 900.0, 0),
        ("10% a day, grace 15m", 901.0, 4),
        ("10% a day, grace 15m", DAY + 900, 4),  # the grace is not counted
        ("10% a day, at most 50%", 9 * DAY, 20),
        ("10% a day; at most 5 points", 9 * DAY, 5),
        ("10 % of the maximum per day", DAY, 4.5),
        ("10% of the max a day, at most 20%", 9 * DAY, 9),
        ("2 points a day", 3 * DAY, 6),
        ("2.5 pts / day", DAY, 2.5),
        ("0.5 points an hour, grace 1h", 4 * 3600.0, 1.5),
        ("5 points a week", 8 * DAY, 10),
        ("20%", 100 * DAY, 8),  # once
        ("5 points, grace 1 day", DAY, 0),
        ("1 per cent a day", 2 * DAY, 0.8),
    ],
)
def test_a_rule_takes_off_what_it_says(rule: str, late: float, penalty: float) -> None:
    assert late_rule(rule).penalty(40.0, 45.0, late, late > 0) == pytest.approx(penalty)


def test_of_a_mark_without_a_time_only_what_counts_once_is_taken_off() -> None:
    assert late_rule("10% a day").penalty(40, 45, None, True) == 0
    assert late_rule("10%").penalty(40, 45, None, True) == 4
    assert late_rule("10%").penalty(40, 45, None, False) == 0
    assert late_rule("5 points").penalty(0, 45, 99.0, True) == 0


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "ten per cent a day",
        "10%% a day",
        "10% a day, 20% a day",
        "grace 15m",
        "10 a day",
        "-5% a day",
        "1e9% a day",
    ],
)
def test_a_rule_that_is_none_is_told_with_one_that_is(rule: str) -> None:
    with pytest.raises(SubmissionError, match=r"write \"10% a day, grace 15m, at most 50%\""):
        late_rule(rule)


def test_of_a_group_the_one_with_the_longest_time_counts() -> None:
    def named(key: str) -> Member:
        return Member(key, key, Person(key))

    due = Deadline(datetime.fromisoformat("2026-11-30T23:59+01:00"), {"ada": 2 * DAY, "bob": DAY})
    when = datetime.fromisoformat("2026-12-03T22:59+00:00")  # three days later, on another clock
    assert due.seconds_late(when, [named("zoe")]) == 3 * DAY
    assert due.seconds_late(when, [named("bob"), named("ada")]) == DAY
    assert due.seconds_late(None, []) is None
    assert due.seconds_late(datetime.fromisoformat("2026-11-30T23:58"), []) == 0  # the same clock


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-09-10 23:59:59.123456000 Z", "2024-09-10T23:59:59+00:00"),
        ("2024-09-10 23:59:59.123456000 -07:00", "2024-09-10T23:59:59-07:00"),
        ("2024-09-10 23:59:59.000000 UTC", "2024-09-10T23:59:59+00:00"),
        ("2024-09-10-23-59-59", "2024-09-10T23:59:59"),
        ("20240910_235959", "2024-09-10T23:59:59"),
        ("20240910235959", "2024-09-10T23:59:59"),
        ("Sep 24, 2024 926 PM", "2024-09-24T21:26:00"),
        ("September 24, 2024 1226 AM", "2024-09-24T00:26:00"),
        ("5 October, 2025 1203 PM", "2025-10-05T12:03:00"),
        ("14 Oktober, 2025 903 AM", "2025-10-14T09:03:00"),
        ("5 octobre, 2025 903 AM", "2025-10-05T09:03:00"),
        ("3 mai, 2025 903 AM", "2025-05-03T09:03:00"),
        ("3. März 2025 2103", "2025-03-03T21:03:00"),
        ("3 marraskuuta, 2025 903 AM", None),
        ("3 mai 2025 2460", None),
        ("2024-09-24 2126", "2024-09-24T21:26:00"),
        ("2024-13-10 23:59:59", None),
        ("2024-09-10 25:59:59", None),
        ("Sep 31, 2024 926 PM", None),
        ("yesterday", None),
        ("", None),
        ("9" * 10_000, None),
    ],
)
def test_dates_as_platforms_write_them(text: str, iso: str | None) -> None:
    when = moment(text)
    assert (when.isoformat() if when else None) == iso


def test_a_due_date_that_is_none_is_told() -> None:
    with pytest.raises(SubmissionError, match="write 2026-11-30T23:59"):
        due_date("next Monday")


def test_a_date_without_a_time_is_the_whole_day() -> None:
    assert due_date("2026-11-30") == datetime(2026, 12, 1)
    assert due_date("2026-12-31") == datetime(2027, 1, 1)
    assert due_date("2026-11-30T00:00") == datetime(2026, 11, 30)
    deadline = Deadline(due_date("2026-11-30"))
    assert deadline.seconds_late(datetime(2026, 11, 30, 23, 59, 59), ()) == 0
    assert deadline.seconds_late(datetime(2026, 12, 1, 0, 1), ()) == 60
    assert shown_until(due_date("2026-11-30")) == "2026-11-30 24:00"
    assert shown_until(due_date("2026-11-30T18:05:30-03:00")) == "2026-11-30 18:05:30-03:00"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2d", 2 * DAY), ("1 week", 7 * DAY), ("90 mins", 5400), ("3 hours", 3 * 3600), ("+1.5h", 5400)],
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["1 month", "2 months", "1 millennium", "3 dozen", "1 year", "2 whiles", "5"]
)
def test_what_only_begins_like_a_unit_is_no_duration(text: str) -> None:
    assert duration(text) is None


def test_durations_are_said_in_two_words() -> None:
    assert in_words(DAY + 2 * 3600 + 60) == "1 day 2 hours"
    assert in_words(3 * 60) == "3 minutes"
