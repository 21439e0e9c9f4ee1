from pathlib import Path

import commands
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The text of every page by its name, as the command writes them."""
    out = tmp_path_factory.mktemp("handbook")
    done = commands.run("autograder", "--course", ROOT, "handbook", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.stem: path.read_text(encoding="utf-8") for path in out.iterdir()}
