"""What all graders are given: students' functions, and what each function is compared with."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Submission:
    """A student's functions by name, and which of them are right."""

    student: str
    sources: Mapping[str, str]
    right: Mapping[str, bool]

    @property
    def module(self) -> str:
        """All of it as a Python module."""
        return "import numpy as np\n\n\n" + "\n\n".join(self.sources.values())


@dataclass(frozen=True)
class Test:
    """What a function is compared with: arguments, and the right result."""

    __test__ = False

    function: str
    cases: Sequence[tuple[tuple[Any, ...], Any]]

    def code(self, function: str) -> str:
        """Statements that fail where the function, named so, gives something else."""
        lines = ["import numpy as np"]
        for arguments, expected in self.cases:
            call = f"{function}({', '.join(map(_written, arguments))})"
            both = expected if isinstance(expected, tuple) else (expected,)
            lines.append(f"got = {call}")
            lines.append("got = got if isinstance(got, tuple) else (got,)")
            lines.append(f"assert len(got) == {len(both)}")
            for k, each in enumerate(both):
                lines.append(f"np.testing.assert_allclose(got[{k}], {_written(each)}, rtol=1e-6, atol=1e-9)")
        return "\n".join(lines)


def _written(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r})"
    return repr(value.item() if isinstance(value, np.generic) else value)


def functions_of(module: str) -> dict[str, str]:
    """The text of each function of a solution, by name."""
    lines = module.splitlines()
    return {
        node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno])
        for node in ast.parse(module).body
        if isinstance(node, ast.FunctionDef)
    }
