"""Makes the pictures of the documentation: `python docs/screenshots.py`, with Chromium.

A class of 300 is made up of real verdicts, as `benchmarks/class_page.py` does it, and looked at in a browser.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
for place in (ROOT / "benchmarks", ROOT / "tests"):
    sys.path.insert(0, str(place))

_STUDENTS = 300
_WIDTH = 1100


def main() -> None:
    """Write the pictures to docs/images."""
    import class_page
    from in_a_browser import chromium, visit

    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        out = Path(folder, "derivatives")
        class_page.write("derivatives", _STUDENTS, out)
        page, _, _ = visit(browser, out / "index.html", _WIDTH)
        top = {"x": 0, "y": 0, "width": _WIDTH, "height": 1060}
        page.screenshot(path=images / "class_page.png", clip=top, full_page=True)
        page.locator("#exercise-6 summary", has_text="It has the opposite sign").click()
        page.locator("#exercise-6").screenshot(path=images / "class_exercise.png")
        page.close()
        lost = next(
            path for path in sorted((out / "feedback").iterdir()) if "opposite sign" in path.read_text()
        )
        feedback, _, _ = visit(browser, lost, 760)
        feedback.locator(".exercise", has_text="opposite sign").first.screenshot(path=images / "feedback.png")


if __name__ == "__main__":
    main()
