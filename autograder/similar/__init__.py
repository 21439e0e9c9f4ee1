"""Files of a class that are alike: an opt-in look, whose words accuse nobody.

`fingerprints` is what is compared, `pairs` who is alike beyond what the task forces, `page` shows two files
side by side.
"""

from autograder.similar.fingerprints import fingerprints
from autograder.similar.page import page
from autograder.similar.pairs import Pair, forced_by, pairs

__all__ = ["Pair", "fingerprints", "forced_by", "page", "pairs"]
