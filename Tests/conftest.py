"""Known gaps: each stands in known_gaps.txt with why it is wrong; its test still runs and is expected to fail."""

import pathlib

import pytest

GAPS = {}
for line in (pathlib.Path(__file__).parent / "known_gaps.txt").read_text(encoding="utf-8").splitlines():
    if line.strip() and not line.startswith("#"):
        name, _, reason = line.partition("  ")
        GAPS[name.strip()] = reason.strip()


def pytest_collection_modifyitems(items):
    for item in items:
        name = item.nodeid.split("/")[-1]
        for gap, reason in GAPS.items():
            if name == gap or name.split("[")[0] == gap:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
