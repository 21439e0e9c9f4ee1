"""What judge and check of `Minibatches` both say."""

from __future__ import annotations

MISTAKES = {
    "with_replacement": "some examples come more than once in an epoch",
    "last_batch_dropped": "the last, smaller batch is left out",
    "one_batch": "only one batch came: all examples are to be used",
    "full_batch": "all examples are in one batch",
    "single_examples": "every batch is a single example: the batch size is not used",
    "even_split": "the batches are of equal size, where only the last one may be smaller",
    "small_batch_first": "the smaller batch is not the last one",
    "counted_from_one": "the indices run from 1 to n, where they begin at 0",
}
A_LIST = "a list of index arrays"
ONE_ARRAY = "in one array, where a list is asked for"
