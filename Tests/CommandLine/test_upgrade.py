"""Index files of every format that ever landed: they are opened, brought up to date and searched, and keep the contacts.

How the files in Old/ were made says old_indexes.py.
"""

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from program import CORPUS, ROOT, assert_refused
from test_index import all_well, notice
from test_rebuild import beside, contacts, words

FILES = sorted((Path(__file__).parent / "Old").glob("*.sqlite.xz"))
#: From these on the words and the ranking are those of today.
SEARCHED = {"c0dbbd7", "5f581a0", "e60852d", "f391414", "788f0bb", "d63dcc7"}
WITH_CONTACTS = {"c0dbbd7", "e60852d", "f391414", "788f0bb", "d63dcc7"}


@pytest.fixture(params=FILES, ids=lambda path: path.name.split(".")[0])
def old(request, database):
    database.write_bytes(lzma.decompress(request.param.read_bytes()))
    return request.param.name.split(".")[0], database


def test_every_format_is_there():
    assert len(FILES) == 9


def test_searched_as_it_is_or_refused_with_what_to_do(huice, old):
    commit, database = old
    result = huice.run("search", "支持 企业", "--database", database, "--format", "json")
    if result.status:
        # Words are cut otherwise today, or were from the beginning.
        assert_refused(result)
        assert "--rebuild" in result.err
    else:
        assert commit in SEARCHED and result.json["hits"]
        assert (huice.ok("contacts", "export", "--database", database).text.count("\n") > 10) == (commit in WITH_CONTACTS)


def test_made_anew_from_its_own_texts(huice, old):
    commit, database = old
    out = huice.ok("check", "--repair", "--database", database)
    assert "索引完好：1 份文件" in out.text and out.err == ""
    assert huice.search("支持 企业", database)["hits"]
    assert (contacts(huice, database).count("\n") == 15) == (commit in WITH_CONTACTS)
    assert huice.index(CORPUS / "meitang", database=database)["added"] == 2
    all_well(huice, database, 3)
    assert words(database) == (1 if commit in ("788f0bb", "d63dcc7") else 0)
    assert beside(database)[0] == database.name


def test_rebuilt_from_files(huice, old):
    commit, database = old
    assert huice.index(CORPUS / "meitang", "--rebuild", database=database)["added"] == 2
    assert (contacts(huice, database).count("\n") == 15) == (commit in WITH_CONTACTS)
    all_well(huice, database, 2)


def test_backed_up(huice, old, tmp_path):
    _, database = old
    assert huice.ok("backup", database, tmp_path / "copy.bak").text.startswith("已备份 1 份文件")


def test_old_file_that_may_only_be_read(huice, database, tmp_path):
    """It cannot be brought up to date, and says so; nothing is written."""
    import os
    if os.geteuid() != 0:
        pytest.skip("another user is needed")
    from test_check import as_nobody
    folder = tmp_path / "folder"
    folder.mkdir()
    file = folder / "index.sqlite"
    file.write_bytes(lzma.decompress(FILES[-1].read_bytes()))
    result = huice.run("search", "支持", "--database", file, **as_nobody(huice, folder, 0o444))
    assert_refused(result)
    assert "旧版本" in result.err
