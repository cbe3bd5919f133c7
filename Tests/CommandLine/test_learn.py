"""`huice learn`: learns related words from the texts of an index, and forgets them."""

import re

from program import assert_one_line


def test_learning_and_forgetting(huice, corpus_database, tmp_path):
    database = tmp_path / "copy.sqlite"
    database.write_bytes(corpus_database.read_bytes())
    ask = ("search", "创业担保贷款贴息", "--database", database, "--explain")
    before = huice.ok(*ask).text
    out = huice.ok("learn", "--database", database).text
    found = re.fullmatch(r"读了 40 份文件、(\d+) 个词，学到 (\d+) 个词的相关词。\n", out)
    assert found and int(found[1]) > 10_000 and int(found[2]) > 100
    assert "相关词" in huice.ok(*ask).text
    assert "索引完好" in huice.ok("check", "--database", database).text
    assert huice.ok("learn", "--database", database, "--forget").text == "已忘掉相关词。\n"
    assert huice.ok(*ask).text == before


def test_an_index_that_is_not_there(huice, tmp_path):
    result = huice.run("learn", "--database", tmp_path / "none.sqlite")
    assert result.status == 2 and not (tmp_path / "none.sqlite").exists()
    assert_one_line(result.err)
