"""Order decoding: which mini-batches an epoch of SGD must have used, told from where it ends.

With few examples all ordered partitions into mini-batches can be simulated at once; the ones that end where
the student's epoch ended are the orders it can have used. Wrong ways are simulated in the same way, which
names the mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.comparison import close
from autograder.rules.minibatches.partitions import sequences
from autograder.rules.sgd_epoch.mean_gradient import mean_gradient
from autograder.rules.sgd_epoch.misconceptions import RIGHT, WRONG, Epoch
from autograder.sandbox.inside.public import Public

# Two ends are the same when they differ by less than this, relative to the size of the parameters that can be
# reached; partitions of the data chosen here end at least a thousand times as far apart.
SAME_END = 1e-9


@dataclass(frozen=True)
class Setting:
    """A small data set and a model that the referee chose.

    The model is a linear one, or one sigmoid neuron; its loss is the MSE with ½.
    """

    X: np.ndarray
    y: np.ndarray
    w: np.ndarray
    b: float
    lr: float
    batch_size: int
    neuron: bool = False

    @property
    def n(self) -> int:
        """Number of examples."""
        return len(self.y)

    def predict(self, w: np.ndarray, b: float | np.ndarray, X: np.ndarray | None = None) -> np.ndarray:
        """Predictions of shape (n,); for C candidates (C, n).

        Parameters
        ----------
        w, b
            Parameters of shapes (d,) and (); for C candidates (C, d) and (C,).
        X
            Examples of shape (n, d); None for the setting's own.
        """
        z = w @ (self.X if X is None else X).T + np.expand_dims(b, -1)
        return 0.5 * (1 + np.tanh(z / 2)) if self.neuron else z

    def loss(self, w: np.ndarray, b: float | np.ndarray) -> np.ndarray:
        """The MSE over all examples, one for each candidate.

        Parameters
        ----------
        w, b
            Parameters of shapes (d,) and (); for C candidates (C, d) and (C,).
        """
        return np.asarray(((self.predict(w, b) - self.y) ** 2).mean(-1) / 2)

    def arranged(self) -> dict[str, Setting]:
        """The same with numbers of one sign, in order, or with a zero among them, by what that is called."""
        return {
            name: replace(self, X=X, y=y, w=w, b=b)
            for name, (X, y, w, b) in arranged(self.X, self.y, self.w, self.b)
        }

    @cached_property
    def gradient(self) -> Public:
        """The callable that students are given: the mean gradient over the batch (`mean_gradient`)."""
        return Public.of(mean_gradient, self.X.shape[1], self.neuron)


def ends(setting: Setting, w: np.ndarray, b: float, epoch: Epoch) -> tuple[np.ndarray, np.ndarray]:
    """Where every candidate for a way ends after one epoch from (w, b).

    Parameters
    ----------
    setting
        Its own parameters do not count.
    w, b
        Parameters at the start, shapes (d,) and ().
    epoch
        A way to go through an epoch, the right one or a wrong one.

    Returns
    -------
    counts : array (C, T, n)
        The candidates' batches as multiplicities.
    ends : array (C, d + 1)
        Their parameters, b last.
    """
    counts = sequences(epoch.batches, setting.n, setting.batch_size)
    W = np.repeat(w[None], len(counts), axis=0)
    B = np.full(len(counts), float(b))
    start = W, B
    lr = epoch.rate(setting.lr, counts.shape[1])

    def gradient(W: np.ndarray, B: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        output = setting.predict(W, B)
        error = (output - setting.y) * weights
        if setting.neuron:
            error = error * output * (1 - output)
        return error @ setting.X, error.sum(axis=1)

    for step in range(counts.shape[1]):
        weights = counts[:, step]
        size = weights.sum(axis=1)
        weights = weights / epoch.divisor(size, setting.n, setting.batch_size)[:, None]
        dW, dB = gradient(*(start if epoch.stale else (W, B)), weights)
        if epoch.normalised:
            length = np.sqrt((dW**2).sum(axis=1) + dB**2)
            dW, dB = dW / length[:, None], dB / length
        if "w" in epoch.moves:
            W = W - lr * dW
        if epoch.b_after_w:
            dB = gradient(W, B, weights)[1]
        if "b" in epoch.moves:
            B = B - lr * dB
    return counts, np.column_stack([W, B])


def name_of(setting: Setting, got: np.ndarray) -> Epoch | None:
    """The one wrong way that leads to all these ends.

    Parameters
    ----------
    setting
        What the epochs ran on; each began at its parameters.
    got
        Where each of K epochs ended: shape (K, d + 1), b last.
    """
    found = {
        epoch.name: epoch for epoch in WRONG if decode(setting, setting.w, setting.b, epoch, got) is not None
    }
    if "overlapping" in found:  # batches without replacement are some of those with it
        found.pop("with_replacement", None)
    return next(iter(found.values())) if len(found) == 1 else None


def decode(
    setting: Setting, w: np.ndarray, b: float, epoch: Epoch, got: np.ndarray
) -> list[np.ndarray] | None:
    """For each end the batches that lead there, as multiplicities (T, n).

    None when one of them cannot be reached in this way at all.

    Parameters
    ----------
    setting
        What the epochs ran on; its own parameters do not count.
    w, b
        Parameters at the start of each epoch, shapes (d,) and ().
    epoch
        A way to go through an epoch, the right one or a wrong one.
    got
        Where each of K epochs ended: shape (K, d + 1), b last.
    """
    counts, reachable = ends(setting, w, b, epoch)
    if not len(counts):
        return None
    if not np.all(np.isfinite(got)):
        return None
    found = []
    for end in got:
        nearest = int(np.abs(reachable - end).max(axis=1).argmin())
        # relative to what can be reached, never to what came back: that would make its own room
        size = 1 + np.abs(reachable[nearest]).max()
        if not close(end, reachable[nearest], size, SAME_END):
            return None
        found.append(counts[nearest])
    return found


def draw_setting(
    random: np.random.Generator, n: int, batch_size: int, lr: float, *, neuron: bool = False
) -> Setting:
    """A setting whose ordered partitions all end in clearly different places.

    Parameters
    ----------
    random
        What data and parameters are drawn from.
    n
        Number of examples; each has two features.
    batch_size
        Examples in a mini-batch; the last one may have fewer.
    lr
        The learning rate.
    neuron
        Whether the model is a sigmoid neuron, not a linear one.
    """
    while True:
        X = random.normal(size=(n, 2))
        y = (random.random(n) < 0.5).astype(float) if neuron else X @ [1.5, -0.7] + random.normal(size=n)
        if neuron and len(set(y.tolist())) == 1:
            continue
        w, b = random.uniform(0.3, 1.0, 2) * random.choice([-1, 1], 2), float(random.uniform(0.3, 0.8))
        setting = Setting(X, y, w, b, lr, batch_size, neuron)
        _, reached = ends(setting, w, b, RIGHT)
        direction = np.array([1.0, 1.7, -0.6])  # distances along one line are distances at least
        if len(reached) < 2 or np.diff(np.sort(reached @ direction)).min() > 1e3 * SAME_END * 4:
            return setting
