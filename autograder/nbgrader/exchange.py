"""Submissions are taken out of nbgrader's exchange without following links that students have laid there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from autograder.printable import printable
from autograder.submission.opening import File, Folder, RefusedError


class Collect(ExchangeCollect):
    """Copies regular files only.

    Students own what lies in the exchange, until it is copied and while it is. nbgrader itself follows a link
    to whatever the instructor may read, a solution for one, and waits for a FIFO for ever.
    """

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission; what is no regular file is named and left out.

        Parameters
        ----------
        src
            The submission's folder in the exchange.
        dest
            Where it is copied to; nothing may lie there yet.
        log
            Is not used.
        """
        source, target = Path(src), Path(dest)
        inbound = Folder(source.parent)
        try:
            tree = inbound.walk((source.name,))
            for note in tree.notes:
                self.log.warning("%s: %s", source.name, printable(note))
            target.mkdir(parents=True)
            for file in tree.files:
                self._copy(file, target)
        except RefusedError as refusal:
            self.log.warning("%s is not collected: %s", source.name, refusal)
        finally:
            inbound.close()

    def _copy(self, file: File, target: Path) -> None:
        path = target.joinpath(*file.parts[1:])
        try:
            data = file.read()
        except RefusedError as refusal:
            self.log.warning("%s is not collected: %s", printable("/".join(file.parts)), refusal)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if self.coursedir.groupshared:
            path.parent.chmod(path.parent.stat().st_mode | 0o2770)
            path.chmod(path.stat().st_mode | 0o660)
