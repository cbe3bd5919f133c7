"""`huice backup` and `huice restore`: one file with everything, whole or not there."""

import os
import sqlite3
from contextlib import closing

import pytest
from program import CORPUS, Server, assert_refused
from test_index import all_well, change, small_disk
from test_rebuild import beside, contacts, setting, words, written  # noqa: F401


def test_there_and_back(huice, written, tmp_path):
    before = contacts(huice, written), words(written), huice.search("补助", written)
    copy = tmp_path / "copy.bak"
    assert huice.ok("backup", written, copy).text == "已备份 40 份文件，626 条条款。\n"
    assert beside(copy) == [copy.name]
    huice.index(CORPUS / "meitang", "--rebuild", database=written)
    assert_refused(huice.run("restore", copy, written))
    kept = tmp_path / f"{written.name}.replaced"
    out = huice.ok("restore", copy, written, "--force").text
    assert out.startswith("已恢复 40 份文件，626 条条款。\n") and str(kept) in out
    assert (contacts(huice, written), words(written), huice.search("补助", written)) == before
    all_well(huice, written, 40)
    all_well(huice, kept, 2)
    assert setting(written, "identity") not in (setting(copy, "identity"), setting(kept, "identity"))


def test_while_serving_and_writing(huice, written, tmp_path):
    pipe = tmp_path / "records.jsonl"
    os.mkfifo(pipe)
    server = Server(huice, written)
    writer = huice.start("index", pipe, "--database", written)
    try:
        with open(pipe, "w"):
            huice.ok("backup", written, tmp_path / "copy.bak")
        writer.communicate(timeout=60)
    finally:
        server.stop()
    all_well(huice, tmp_path / "copy.bak", 40)


@pytest.mark.parametrize("damage", ["UPDATE document SET text = replace(text, '，', '；')", "DELETE FROM item", "UPDATE contact SET phone = '1'"])
def test_a_damaged_index_is_not_backed_up(huice, written, tmp_path, damage):
    copy = tmp_path / "copy.bak"
    huice.ok("backup", written, copy)
    good = setting(copy, "identity")
    change(written, damage)
    result = huice.run("backup", written, copy, "--force")
    assert_refused(result)
    assert "没有通过检查" in result.err
    assert setting(copy, "identity") == good
    all_well(huice, copy, 40)
    assert beside(copy) == [copy.name]
    assert_refused(huice.run("restore", written, tmp_path / "new.sqlite"))
    assert beside(tmp_path / "new.sqlite") == []


def test_what_is_no_backup_is_refused(huice, written, tmp_path):
    (tmp_path / "text").write_text("不是索引")
    before = written.read_bytes()
    for source in ("text", "nowhere", "."):
        assert_refused(huice.run("restore", tmp_path / source, written, "--force"))
    assert_refused(huice.run("backup", written, tmp_path / "text", "--force"))
    assert (tmp_path / "text").read_text() == "不是索引"
    assert_refused(huice.run("backup", written, written))
    assert written.read_bytes() == before


def test_full_disk(huice, written, tmp_path):
    with small_disk(tmp_path / "small", kilobytes=600) as place:
        result = huice.run("backup", written, place / "copy.bak")
        assert_refused(result)
        assert "磁盘已满" in result.err
        assert list(place.iterdir()) == []


def test_restoring_under_a_writer_waits_or_refuses(huice, written, tmp_path):
    copy = tmp_path / "copy.bak"
    huice.ok("backup", written, copy)
    with closing(sqlite3.connect(written, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        result = huice.run("restore", copy, written, "--force", timeout=60)
    assert_refused(result)
    assert "另一个程序正在写" in result.err
    all_well(huice, written, 40)
