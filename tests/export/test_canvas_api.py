"""Marks, comments and pages through Canvas's API, to a Canvas on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("canvasapi")

from canvas_stub import TOKEN, Course, serving
from handing_on import NONE, THREE, Class

from autograder.export import canvas_api

DOWNLOAD = {
    "doejane_4711_98765_derivatives.py": THREE,
    "doejane_LATE_4712_98766_derivatives.py": NONE,
    "élèvenoé_4713_98767_derivatives.py": THREE,
    "excused_4715_98768_derivatives.py": THREE,
    "gone_4799_98769_derivatives.py": THREE,
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("canvas"), course)
    made.grade(DOWNLOAD)
    made.points("élèvenoé_4713", 2.5)
    return made


@pytest.fixture
def graded(once: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    monkeypatch.setenv("CANVAS_API_TOKEN", TOKEN)
    monkeypatch.setattr(canvas_api, "sleep", lambda seconds: None)
    return once.copy(tmp_path)


@pytest.fixture
def there() -> Course:
    names = {4711: "Doe, Jane", 4712: "Doe, Jane", 4713: "Élève, Noé", 4714: "Away, No", 4715: "Ex, Cused"}
    users = {user: {"sortable_name": name, "login_id": f"u{user}"} for user, name in names.items()}
    return Course(users, scores={4712: 12.0, 4715: 1.0}, excused={4715}, comments={4711: [{"comment": "Hi"}]})


@pytest.fixture
def address(there: Course) -> Iterator[str]:
    with serving(there) as found:
        yield found


def send(graded: Class, address: str, *options: object, status: int = 1) -> str:
    """Send; the status is 1 as two people are known on one side alone."""
    return graded.run(
        "export", "derivatives", "--to", "canvas", "--into", address, "--graded", graded.graded, *options,
        status=status,
    )  # fmt: skip


def test_without_send_it_is_shown_and_nothing_is_sent(graded: Class, there: Course, address: str) -> None:
    for options in ((), ("--send", "--dry-run")):
        said = send(graded, address, *options)
        assert "doejane_4711: – → 3" in said
        assert "doejane_4712: 12 → 0" in said or "doejane_4712: 12.0 → 0" in said
        assert "Nothing was sent" in said
    assert there.scores == {4712: 12.0, 4715: 1.0}
    assert not [request for request in there.requests if not request.startswith("GET ")]


def test_marks_and_comments_arrive_at_whom_they_belong_to(graded: Class, there: Course, address: str) -> None:
    said = send(graded, address, "--send")
    assert there.scores == {4711: 3, 4712: 0, 4713: 2.5, 4715: 1.0}
    texts = {user: [comment["comment"] for comment in all_] for user, all_ in there.comments.items()}
    assert set(texts) == {4711, 4712, 4713}
    assert texts[4711][0] == "Hi"
    assert texts[4711][1].startswith("Automatic feedback: ")
    assert "Seen at the board" in texts[4713][0]
    assert "excused_4715 (excused)" in said
    assert "Not in the course: gone_4799" in said
    assert "1 students of whom nothing is known: Away, No (4714)" in said
    assert TOKEN not in said


def test_again_nothing_is_sent_twice(graded: Class, there: Course, address: str) -> None:
    send(graded, address, "--send", "--attach-pages")
    before = {user: list(all_) for user, all_ in there.comments.items()}
    sent = len(there.requests)
    said = send(graded, address, "--send", "--attach-pages")
    assert "0 marks, 0 comments, 0 pages; 3 marks are there already" in said
    assert "Everything was there already." in said
    assert there.comments == before
    assert not [request for request in there.requests[sent:] if not request.startswith("GET ")]


def test_pages_are_attached(graded: Class, there: Course, address: str) -> None:
    send(graded, address, "--send", "--attach-pages", "--marks-only")
    attached = {
        user: all_[-1]["attachments"][0]["id"] for user, all_ in there.comments.items() if user != 4715
    }
    assert set(attached) == {4711, 4712, 4713}
    name, page = there.uploads[attached[4712]]
    assert page == (graded.graded / "feedback" / "doejane_4712.html").read_bytes()
    assert name.startswith("feedback-derivatives-")
    assert name.endswith(".html")


def test_a_run_that_broke_off_goes_on(
    graded: Class, there: Course, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas_api, "BATCH", 1)
    there.fails_after = 1
    said = send(graded, address, "--send")
    assert "Canvas refused" in said
    assert "what was sent is not sent twice" in said
    assert len(there.scores) == 3  # one of three, and the one that was there
    there.fails_after = -1
    assert "To be sent: 2 marks, 2 comments" in send(graded, address, "--send")
    assert there.scores == {4711: 3, 4712: 0, 4713: 2.5, 4715: 1.0}
    assert [len(there.comments[user]) for user in (4711, 4712, 4713)] == [2, 1, 1]


@pytest.mark.parametrize(
    "refusal", [(429, "{}"), (403, "403 Forbidden (Rate Limit Exceeded)")], ids=["429", "403"]
)
def test_where_canvas_asks_for_patience_it_is_tried_again(
    graded: Class, there: Course, address: str, refusal: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(canvas_api, "sleep", waited.append)
    there.refusals = [refusal] * 3
    send(graded, address)
    assert waited == [1, 2, 4]
    there.refusals = [refusal] * 100
    assert "Canvas refused" in send(graded, address)


def test_a_refusal_is_no_reason_to_wait(graded: Class, there: Course, address: str) -> None:
    there.refusals = [(403, "user not authorized")]
    assert "Canvas refused (user not authorized)" in send(graded, address)


def test_a_late_policy_changes_nothing_of_what_was_entered(
    graded: Class, there: Course, address: str
) -> None:
    there.late_policy = True
    assert "another mark" not in send(graded, address, "--send")
    assert there.scores[4711] == 3


def test_who_is_not_assigned_gets_no_mark(graded: Class, there: Course, address: str) -> None:
    there.unassigned = {4711}
    assert "doejane_4711 (not assigned)" in send(graded, address, "--send")
    assert 4711 not in there.scores


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"grading_type": "pass_fail"}, "is graded in Canvas as pass_fail: set it to points"),
        ({"points_possible": 50.0}, "is out of 50 points, and derivatives out of 45"),
        ({"points_possible": 2.0}, "somebody has more"),
    ],
)
def test_an_assignment_of_another_kind_is_refused(
    graded: Class, there: Course, address: str, settings: dict[str, object], said: str
) -> None:
    there.settings = settings
    assert said in send(graded, address, "--send")
    assert there.scores == {4712: 12.0, 4715: 1.0}


def test_what_students_see_later_is_told(graded: Class, there: Course, address: str) -> None:
    there.settings = {"post_manually": True, "group_category_id": 7}
    said = send(graded, address)
    assert "students see nothing before somebody posts them" in said
    assert "gives all members of a group one mark" in said


# -- the token, and the address


def test_the_token_comes_from_the_environment_or_a_file_of_ones_own(
    graded: Class, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CANVAS_API_TOKEN")
    monkeypatch.delenv("CANVAS_API_KEY", raising=False)
    assert "Canvas asks for a token: set CANVAS_API_TOKEN" in send(graded, address)
    file = graded.put("token", f"{TOKEN}\n")
    file.chmod(0o640)
    assert "can be read by others: chmod 600" in send(graded, address, "--token-file", file)
    file.chmod(0o600)
    assert "To be sent: 3 marks" in send(graded, address, "--token-file", file)
    file.write_text("two words")
    assert "holds no token" in send(graded, address, "--token-file", file)
    assert "cannot be read" in send(graded, address, "--token-file", graded.place / "no")


def test_a_token_that_is_not_accepted_is_told_and_not_shown(
    graded: Class, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANVAS_API_TOKEN", "wrong-token")
    said = send(graded, address)
    assert "Canvas does not accept the token" in said
    assert "wrong-token" not in said


def test_no_option_takes_the_token(graded: Class, address: str) -> None:
    assert "No such option" in send(graded, address, "--token", TOKEN, status=2)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "http://canvas.school.edu/courses/1/assignments/2",
            "is not encrypted: the token would be sent in clear",
        ),
        ("http://127.0.0.1.evil.example/courses/1/assignments/2", "is not encrypted"),
        ("https://canvas.school.edu/courses/1", "is not an assignment of Canvas"),
        ("https://user@evil.example/courses/1/assignments/2", "is not an assignment of Canvas"),
    ],
)
def test_an_address_that_would_give_the_token_away_is_refused(graded: Class, address: str, said: str) -> None:
    assert said in send(graded, address)


def test_an_address_may_be_copied_from_any_page_of_the_assignment() -> None:
    found = canvas_api.place_of("https://canvas.school.edu/courses/12/assignments/4242/edit?x=1#y")
    assert found == canvas_api.CanvasPlace("https://canvas.school.edu", 12, 4242)


def test_another_course_and_another_server_are_told(graded: Class, address: str) -> None:
    assert "Canvas has no such course or assignment" in send(graded, address.replace("/12/", "/13/"))
    assert "Canvas cannot be reached" in send(graded, "http://127.0.0.1:9/courses/1/assignments/2")
