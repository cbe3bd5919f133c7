"""A few kills and damages; scripts/test-long has many."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Long"))
import storage  # noqa: E402


@pytest.mark.parametrize("part,count", [(storage.kills, 12), (storage.renames, 8), (storage.damages, 12)])
def test_nothing_is_lost(tmp_path, part, count):
    faults = []
    hits = part(storage.Place(tmp_path), count, random.Random(3), lambda part, words: faults.append(words))
    assert not faults
    assert sum(hits.values()) >= count
