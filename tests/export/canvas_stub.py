"""A Canvas of one course on this machine: it answers as Canvas's API does, and insists on the same."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "7~a-secret-token"
COURSE, ASSIGNMENT = 12, 4242
_PAGE = 2  # a page of a list has so few, so that there are several


@dataclass
class Course:
    """What the course holds, and how it behaves."""

    users: dict[int, dict[str, Any]]
    points: float = 45.0
    settings: dict[str, Any] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    excused: set[int] = field(default_factory=set)
    unassigned: set[int] = field(default_factory=set)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    uploads: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    # answers that come before anything else is done: (status, text)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    fails_after: int = -1  # bulk updates
    requests: list[str] = field(default_factory=list)
    jobs: dict[int, int] = field(default_factory=dict)
    late_policy: bool = False

    def submission(self, user: int) -> dict[str, Any]:
        score = self.scores.get(user)
        shown = score * 0.9 if score is not None and self.late_policy else score
        return {
            "id": 1000 + user, "user_id": user, "assignment_id": ASSIGNMENT, "course_id": COURSE,
            "score": shown, "entered_score": score, "excused": user in self.excused,
            "submission_comments": self.comments.get(user, []),
        }  # fmt: skip

    def update(self, form: list[tuple[str, str]]) -> None:
        for key, value in form:
            found = re.fullmatch(r"grade_data\[(\d+)\]\[(posted_grade|text_comment)\]", key)
            assert found, f"Canvas knows no {key}"
            user = int(found[1])
            assert user in self.users, "a mark for nobody"
            assert user not in self.excused, "a mark takes an excuse away"
            if found[2] == "posted_grade":
                assert re.fullmatch(r"\d+(\.\d{1,2})?", value), value
                assert float(value) <= self.points
                self.scores[user] = float(value)
            else:
                self.comments.setdefault(user, []).append({"comment": value, "attachments": []})


class _Handler(BaseHTTPRequestHandler):
    course: Course

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        if parts.path == "/upload":
            assert "Authorization" not in self.headers, "the token goes to whoever keeps files"
            return self._upload(body)
        self.course.requests.append(f"{method} {parts.path}")
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self._send(
                {"errors": [{"message": "Invalid access token."}]}, 401, {"WWW-Authenticate": "Bearer"}
            )
        if self.course.refusals:
            status, text = self.course.refusals.pop(0)
            return self._raw(text.encode(), status, {})
        form = parse_qsl(body.decode() if method != "GET" else parts.query, keep_blank_values=True)
        self._route(method, parts.path, form, dict(parse_qsl(parts.query)))

    def _route(self, method: str, path: str, form: list[tuple[str, str]], query: dict[str, str]) -> None:
        course, base = self.course, f"/api/v1/courses/{COURSE}"
        of = f"{base}/assignments/{ASSIGNMENT}"
        if (method, path) == ("GET", base):
            return self._send({"id": COURSE, "name": "Deep learning"})
        if (method, path) == ("GET", of):
            told = {"id": ASSIGNMENT, "course_id": COURSE, "name": "Week 2", "points_possible": course.points}
            return self._send(told | {"grading_type": "points"} | course.settings)
        if (method, path) == ("GET", f"{base}/search_users"):
            assert ("enrollment_type[]", "student") in form
            return self._list([{"id": user, **about} for user, about in course.users.items()], path, query)
        if (method, path) == ("GET", f"{of}/submissions"):
            known = [course.submission(user) for user in course.users if user not in course.unassigned]
            return self._list(known, path, query)
        if (method, path) == ("POST", f"{of}/submissions/update_grades"):
            if course.fails_after == 0:
                return self._raw(b"<html>Bad gateway</html>", 502, {})
            course.fails_after -= 1
            course.update(form)
            number = len(course.jobs) + 1
            course.jobs[number] = 2
            return self._send({"id": number, "workflow_state": "queued"})
        if found := re.fullmatch(r"/api/v1/progress/(\d+)", path):
            number = int(found[1])
            course.jobs[number] -= 1
            state = "completed" if course.jobs[number] <= 0 else "running"
            return self._send({"id": number, "workflow_state": state})
        if found := re.fullmatch(rf"{of}/submissions/(\d+)", path):
            user = int(found[1])
            if method == "PUT":
                ids = [int(value) for key, value in form if key == "comment[file_ids][]"]
                assert ids
                files = [{"display_name": course.uploads[number][0], "id": number} for number in ids]
                course.comments.setdefault(user, []).append({"comment": "", "attachments": files})
            return self._send(course.submission(user))
        if found := re.fullmatch(rf"{of}/submissions/(\d+)/comments/files", path):
            told = dict(form)
            host = f"http://{self.headers['Host']}"
            return self._send({"upload_url": f"{host}/upload", "upload_params": {"name": told["name"]}})
        self._send({"errors": [{"message": "The specified resource does not exist."}]}, 404)

    def _upload(self, body: bytes) -> None:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = BytesParser().parsebytes(head + body).get_payload()
        found = {part.get_param("name", header="content-disposition"): part for part in parts}  # type: ignore[union-attr]
        number = 500 + len(self.course.uploads)
        data = found["file"].get_payload(decode=True)
        self.course.uploads[number] = (found["name"].get_payload(), data)
        self._send({"id": number, "url": "x", "size": len(data)})

    def _list(self, items: list[Any], path: str, query: dict[str, str]) -> None:
        page = int(query.get("page", 1))
        some = items[(page - 1) * _PAGE : page * _PAGE]
        links = {}
        if page * _PAGE < len(items):
            more = f"page={page + 1}&enrollment_type[]=student&include[]=submission_comments"
            links = {"Link": f'<http://{self.headers["Host"]}{path}?{more}>; rel="next"'}
        self._send(some, 200, links)

    def _send(self, told: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self._raw(json.dumps(told).encode(), status, {"Content-Type": "application/json", **(headers or {})})

    def _raw(self, data: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving(course: Course) -> Iterator[str]:
    """The address of the assignment, as long as the course is served."""
    handler = type("Handler", (_Handler,), {"course": course})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/courses/{COURSE}/assignments/{ASSIGNMENT}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
