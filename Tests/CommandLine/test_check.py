"""`huice check`: what was changed by hand is found, told in Chinese, and mended from the texts where that is safe."""

import os
import random
import re
import shutil
import subprocess

import pytest
from program import CORPUS, assert_one_line, assert_refused
from test_index import all_well, change, notice, small_disk
from test_rebuild import SHEET, beside, contacts, words, written  # noqa: F401

#: Statement, and whether the texts are as they were, so that everything can be made again from them.
CHANGES = {
    "all items gone": ("DELETE FROM item", True),
    "all items and tags gone": ("DELETE FROM item_tag; DELETE FROM item", True),
    "amounts": ("UPDATE item SET amount = '9999万元' WHERE id <= 20", True),
    "one amount": ("UPDATE item SET most = 1 WHERE id = 7", True),
    "until": ("UPDATE document SET effective_until = '1999-01-01'", True),
    "issuers": ("UPDATE document SET issuers = '某局', level = 'nation', region = '某省'", True),
    "title": ("UPDATE document SET title = '别的' WHERE id = 3", True),
    "punctuation": ("UPDATE document SET text = replace(text, '，', '；') WHERE id = 3", False),
    "shorter signs": ("UPDATE document SET text = replace(text, '，', ',') WHERE id = 3", False),
    "words": ("UPDATE document SET text = replace(text, '企业', '个人') WHERE id = 3", False),
    "layout": ("UPDATE document SET layout = '{}' WHERE layout <> '{}'", False),
    "list": ("UPDATE ranking_list SET list = x'00' WHERE id = (SELECT max(id) FROM ranking_list)", True),
    "list gone": ("DELETE FROM ranking_list WHERE id = (SELECT max(id) FROM ranking_list)", True),
    "directory": ("UPDATE ranking_segment SET characters = x'00'", True),
    "related word": ("UPDATE related_word SET others = '别的 99' WHERE word = (SELECT min(word) FROM related_word)", True),
    "contact": ("UPDATE contact SET phone = '000' WHERE id = 1", True),
    "clause": ("UPDATE clause SET start = start + 3 WHERE id = 9", True),
    "clause gone": ("DELETE FROM clause WHERE id = 9", True),
    "tag": ("UPDATE item_tag SET value = value || '的' WHERE item = 3", True),
    "no longer current": ("UPDATE document SET is_current = 0 WHERE id = 3", True),
    "hidden": ("INSERT INTO ranking_retired VALUES (4)", True),
}


@pytest.fixture(scope="module")
def sample(huice, tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    huice.index(CORPUS, database=path)
    huice.ok("contacts", "import", SHEET, "--database", path)
    huice.ok("learn", "--database", path)
    return path


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_by_hand_is_found_and_mended(huice, sample, database, name):
    statements, texts_are_whole = CHANGES[name]
    shutil.copy2(sample, database)
    for statement in statements.split("; "):
        change(database, statement)
    result = huice.run("check", "--database", database)
    assert result.status == 2
    assert_one_line(result.err)
    assert 1 <= result.text.count("\n") <= 20
    assert not re.search(r"[a-z]{4,} [a-z]{3,}", result.text), "lines of SQLite"
    mended = huice.ok("check", "--repair", "--database", database)
    assert "索引完好" in mended.text
    if texts_are_whole and name not in ("related word", "contact"):
        assert mended.err == "" and beside(database) == [database.name]
        # What people hid stays hidden; everything else is as it was.
        if name != "no longer current":
            all_well(huice, database, 40)
            assert huice.search("补助 企业", database, "--limit", "50") == huice.search("补助 企业", sample, "--limit", "50")
    else:
        assert f"{database.name}.damaged" in mended.err
    if name != "contact":
        assert contacts(huice, database) == contacts(huice, sample)


def test_a_shown_text_that_was_changed_is_never_an_answer(huice, sample, database):
    shutil.copy2(sample, database)
    change(database, "UPDATE document SET text = replace(text, '万元', '亿元')")
    result = huice.run("search", "奖励 万元", "--database", database)
    assert_refused(result)
    assert "huice check" in result.err


def test_nothing_is_written_into_a_damaged_file(huice, sample, database, tmp_path):
    for damage in ("UPDATE document SET text = replace(text, '，', '；') WHERE id = 3", "DELETE FROM item"):
        shutil.copy2(sample, database)
        change(database, damage)
        (tmp_path / "a.txt").write_text(notice(1))
        result = huice.run("index", tmp_path / "a.txt", "--database", database)
        assert_refused(result)
        assert "huice check" in result.err


def test_old_versions_outlive_a_repair(huice, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(notice(1))
    huice.index(file, database=database)
    key = huice.search("第1号产业园", database)["hits"][0]["key"]
    file.write_text(notice(2))
    huice.index(file, database=database)
    change(database, "DELETE FROM item")
    assert huice.ok("check", "--repair", "--database", database).text.startswith("已由库中原文重做 2 份文件")
    hit = huice.search("第2号产业园", database)["hits"][0]
    assert hit["key"] == key
    assert huice.index(file, database=database)["unchanged"] == 1
    file.write_text(notice(3))
    assert huice.index(file, database=database)["changed"] == 1
    all_well(huice, database, 1)


def test_texts_that_cannot_be_read_are_not_repaired(huice, sample, database):
    content = bytearray(sample.read_bytes())
    content[100:4_096] = bytes(3_996)
    database.write_bytes(content)
    result = huice.run("check", "--repair", "--database", database)
    assert_refused(result)
    assert database.read_bytes() == content and beside(database) == [database.name]


def as_nobody(huice, folder, mode):
    """Lets another user read what stands in a folder, and write nothing."""
    if os.geteuid() != 0:
        pytest.skip("another user is needed")
    for path in [folder, *folder.parents]:
        if str(path).startswith("/tmp/") and path.stat().st_uid == 0:
            path.chmod(path.stat().st_mode | 0o055)
    huice.path.parent.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(mode)
    return {"user": 65534, "group": 65534}


@pytest.mark.parametrize("log", ["none", "beside", "alone"])
def test_file_that_may_be_read_and_not_written(huice, sample, tmp_path, log):
    folder = tmp_path / "folder"
    folder.mkdir()
    database = folder / "index.sqlite"
    shutil.copy2(sample, database)
    count = 40
    if log != "none":
        # A process that was killed leaves its log.
        (tmp_path / "a.txt").write_text(notice(1))
        pipe = tmp_path / "b.jsonl"
        os.mkfifo(pipe)
        writer = huice.start("index", tmp_path / "a.txt", pipe, "--database", database)
        with open(pipe, "w"):
            writer.kill()
            writer.communicate()
        count = 41
        assert (folder / "index.sqlite-wal").stat().st_size > 0
        if log == "alone":
            (folder / "index.sqlite-shm").unlink()
    options = as_nobody(huice, folder, 0o444)
    before = {path: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    assert huice.ok("search", "补助", "--database", database, "--format", "json", **options).json["hits"]
    all_well_text = huice.ok("check", "--database", database, **options).text
    assert all_well_text.startswith(f"索引完好：{count} 份文件")
    for command in (["index", CORPUS], ["learn"], ["contacts", "import", SHEET]):
        result = huice.run(*command, "--database", database, **options)
        assert_refused(result)
        assert "不能写" in result.err
    assert {path: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")} == before
    process = huice.start("serve", "--database", database, "--port", "0", **options)
    try:
        from program import read_line
        assert "惠策已启动" in read_line(process.stdout, seconds=30)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_disk_that_is_only_read(huice, sample, tmp_path):
    with small_disk(tmp_path / "disk", kilobytes=8_000) as place:
        shutil.copy2(sample, place / "index.sqlite")
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        assert huice.search("补助", place / "index.sqlite")["hits"]
        all_well(huice, place / "index.sqlite", 40)
        subprocess.run(["mount", "-o", "remount,rw", place], check=True)


def test_file_that_may_not_be_read(huice, sample, tmp_path):
    database = tmp_path / "index.sqlite"
    shutil.copy2(sample, database)
    options = as_nobody(huice, tmp_path, 0o600)
    result = huice.run("search", "补助", "--database", database, **options)
    assert_refused(result)
    assert "读不到" in result.err
