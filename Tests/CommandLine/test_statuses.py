"""Exit statuses: 0 done; 1 findings under --strict; 2 failure, with one line; 64 wrong usage."""

import pytest
from program import CORPUS, HAN, INSIDES

FILE = CORPUS / "yunping/wenjian-jingying-2025.txt"

FAILURES = {
    "no file": ["parse", "nowhere.txt"],
    "folder": ["parse", "."],
    "no text": ["parse", "picture.png"],
    "too large": ["parse", "big.txt"],
    "no old version": ["diff", "nowhere.txt", "ours.txt"],
    "no new version": ["diff", "ours.txt", "nowhere.txt"],
    "no text to compare": ["diff", "ours.txt", "picture.png"],
    "no index": ["search", "贷款", "--database", "nowhere.sqlite"],
    "no index to check": ["check", "--database", "nowhere.sqlite"],
    "no index to serve": ["serve", "--database", "nowhere.sqlite", "--port", "0"],
    "not ours": ["check", "--database", "picture.png"],
    "not ours to index": ["index", "ours.txt", "--database", "picture.png"],
    "no place": ["index", "ours.txt", "--database", "none/a.sqlite"],
    "nothing indexed": ["index", "nowhere.txt", "--database", "new.sqlite"],
    "no batch": ["search", "--batch", "nowhere.txt", "--database", "ours.sqlite"],
}

WRONG_USAGE = {
    "no file": ["parse"],
    "two files": ["parse", "a", "b"],
    "one version": ["diff", "ours.txt"],
    "no such form of the difference": ["diff", "ours.txt", "ours.txt", "--format", "xml"],
    "both versions from one input": ["diff", "-", "-"],
    "no such format": ["parse", "a", "--format", "xml"],
    "no such option": ["parse", "a", "--nothing"],
    "no such command": ["nothing"],
    "no database": ["search", "贷款"],
    "no query": ["search", "--database", "ours.sqlite"],
    "query and batch": ["search", "贷款", "--batch", "a", "--database", "ours.sqlite"],
    "limit 0": ["search", "贷款", "--limit", "0", "--database", "ours.sqlite"],
    "limit -1": ["search", "贷款", "--limit=-1", "--database", "ours.sqlite"],
    "limit huge": ["search", "贷款", "--limit", "99999999999999999999", "--database", "ours.sqlite"],
    "no such level": ["search", "贷款", "--level", "moon", "--database", "ours.sqlite"],
    "no such status": ["search", "贷款", "--status", "moon", "--database", "ours.sqlite"],
    "no such day": ["search", "贷款", "--on", "2023-02-30", "--database", "ours.sqlite"],
    "year of words": ["search", "贷款", "--year", "moon", "--database", "ours.sqlite"],
    "no paths": ["index", "--database", "ours.sqlite"],
    "port": ["serve", "--port", "65536", "--database", "ours.sqlite"],
    "port of words": ["serve", "--port", "http", "--database", "ours.sqlite"],
}


@pytest.fixture(scope="module")
def folder(huice, tmp_path_factory):
    folder = tmp_path_factory.mktemp("statuses")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    (folder / "ours.txt").write_text("关于支持的通知\n一、补助。\n")
    with open(folder / "big.txt", "wb") as big:
        big.truncate(100 * 1_048_576)
    huice.index(folder / "ours.txt", database=folder / "ours.sqlite")
    return folder


@pytest.mark.parametrize("name", FAILURES)
def test_failure_is_2(huice, folder, name):
    assert huice.run(*FAILURES[name], cwd=folder, timeout=30).status == 2


def test_failure_is_said_in_chinese_only(huice, folder):
    english = {}
    for name, command in FAILURES.items():
        words = huice.run(*command, cwd=folder, timeout=30).err
        if not HAN.search(words) or words.startswith("Error"):
            english[name] = words
    assert not english


@pytest.mark.parametrize("name", WRONG_USAGE)
def test_wrong_usage_is_64(huice, folder, name):
    result = huice.run(*WRONG_USAGE[name], cwd=folder, timeout=30)
    assert result.status == 64
    assert result.err and not result.out
    assert not INSIDES.search(result.err)


def test_strict(huice, folder):
    notes, warnings = FILE, folder / "warnings.txt"
    assert not any(finding["severity"] == "warning" for finding in huice.parse(notes)["diagnostics"])
    assert huice.run("parse", notes, "--strict").status == 0
    warnings.write_text("一、补助。\n三、奖励。\n")
    assert any(finding["severity"] == "warning" for finding in huice.parse(warnings)["diagnostics"])
    strict, loose = huice.run("parse", warnings, "--strict"), huice.run("parse", warnings)
    assert (strict.status, loose.status) == (1, 0)
    assert strict.out == loose.out and strict.err == ""


def test_done_is_0_and_says_nothing_on_the_side(huice, folder):
    for command in (["parse", FILE], ["search", "补助", "--database", folder / "ours.sqlite"], ["check", "--database", folder / "ours.sqlite"],
                    ["index", folder / "ours.txt", "--database", folder / "ours.sqlite"], ["--version"], ["--help"], ["parse", "--help"]):
        result = huice.run(*command)
        assert (result.status, result.err) == (0, ""), command
        assert result.out
