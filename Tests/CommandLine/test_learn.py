"""`huice learn`: learns related words from the texts of an index, and forgets them."""

import re
import sqlite3
from contextlib import closing

from program import CORPUS, assert_one_line


def related_words(database):
    with closing(sqlite3.connect(database)) as db:
        return dict(db.execute("SELECT word, others FROM related_word"))


def test_learning_and_forgetting(huice, corpus_database, tmp_path):
    database = tmp_path / "copy.sqlite"
    database.write_bytes(corpus_database.read_bytes())
    out = huice.ok("learn", "--database", database).text
    found = re.fullmatch(r"读了 40 份文件、(\d+) 个词，学到 (\d+) 个词的相关词。\n", out)
    assert found and int(found[1]) > 10_000 and int(found[2]) > 100
    learned = related_words(database)
    assert len(learned) == int(found[2])
    word = max(learned, key=lambda word: (int(learned[word].split()[1]), word))
    ask = ("search", word, "--explain", "--database")
    shown = re.findall(f"相关词“{word}≈(\\w+)”", huice.ok(*ask, database).text)
    assert shown and set(shown) <= set(learned[word].split())
    assert "索引完好" in huice.ok("check", "--database", database).text
    assert huice.ok("learn", "--database", database, "--forget").text == "已忘掉相关词。\n"
    assert not related_words(database)
    assert huice.ok(*ask, database).text == huice.ok(*ask, corpus_database).text


def test_the_order_of_storing_teaches_nothing(huice, corpus_database, tmp_path):
    database, backwards = tmp_path / "copy.sqlite", tmp_path / "backwards.sqlite"
    database.write_bytes(corpus_database.read_bytes())
    for place in sorted(CORPUS.iterdir(), reverse=True):
        if place.is_dir():
            huice.index(place, database=backwards)
    for path in (database, backwards):
        huice.ok("learn", "--database", path)
    assert related_words(database) == related_words(backwards)


def test_an_index_that_is_not_there(huice, tmp_path):
    result = huice.run("learn", "--database", tmp_path / "none.sqlite")
    assert result.status == 2 and not (tmp_path / "none.sqlite").exists()
    assert_one_line(result.err)
