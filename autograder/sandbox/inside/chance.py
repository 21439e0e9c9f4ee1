"""What a submission takes for chance comes from a seed: whoever grades it again sees the same.

Python and NumPy ask the system for entropy where nobody gives a seed. In a child the answer comes from
a generator of the referee's choice, another one in each process of a submission.
"""

from __future__ import annotations

import os
import random
from typing import Any

import numpy as np
from numpy.random import bit_generator

_seed = random.Random.seed


def begin(seed: int) -> None:
    """Let all chance of this process come from a seed."""
    source = random.Random(seed)  # seeded by hand, so that it asks for no entropy
    entropy, bits = source.randbytes, source.getrandbits

    def seeded(self: random.Random, a: Any = None, version: int = 2) -> None:
        _seed(self, bits(256) if a is None else a, version)

    random.Random.seed = seeded  # type: ignore[method-assign]
    random.seed = random._inst.seed
    random._urandom = os.urandom = entropy  # type: ignore[attr-defined]
    bit_generator.randbits = bits  # type: ignore[attr-defined]
    random.seed(bits(256))
    np.random.seed(bits(32))
