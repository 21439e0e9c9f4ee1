"""What judge and check of `Minibatches` both say."""

from __future__ import annotations

MISTAKES = {
    "with_replacement": "some examples come more than once in an epoch",
    "last_batch_dropped": "the last, smaller batch is left out",
    "one_batch": "only one batch is returned: use all examples",
    "full_batch": "all examples are in one batch",
    "single_examples": "every batch is a single example: the batch size is not used",
    "even_split": "the batches have equal sizes: only the last one may be smaller",
    "small_batch_first": "the smaller batch is not the last one",
    "counted_from_one": "the indices run from 1 to n: they must run from 0 to n − 1",
}
A_LIST = "a list of index arrays"
ONE_ARRAY = "in one array; expected a list"
