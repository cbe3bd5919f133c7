"""Makes the index files of every format that ever landed, for test_upgrade.py; they are kept in Old/.

    python old_indexes.py HUICE    # a program that writes the format "identity"

The newest is written by that program. From it the older ones are made by the SQL of the commits that they are named for:
tables, columns and indexes as those had them, with the rows that the newest has. The words of the three oldest, which
were cut and ranked in another way, are left out: such files are made anew from their texts.
"""

import lzma
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENT = """
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, version INTEGER NOT NULL, is_current INTEGER NOT NULL, path TEXT NOT NULL,
    name TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, number TEXT, number_key TEXT, issuers TEXT NOT NULL,
    level TEXT, region TEXT, year INTEGER, kind TEXT NOT NULL, triage TEXT NOT NULL, signed_on TEXT, published_on TEXT,
    effective_from TEXT, effective_until TEXT, media_type TEXT NOT NULL, encoding TEXT NOT NULL, address TEXT,
    text TEXT NOT NULL, layout TEXT NOT NULL, added_on TEXT NOT NULL, UNIQUE (key, version)"""
CLAUSE = """
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id), path TEXT NOT NULL, labels TEXT NOT NULL,
    heading TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, units TEXT NOT NULL"""
VIEW = """
    CREATE VIEW clause_content AS SELECT clause.id AS id, document.title AS title, clause.heading AS heading,
      CAST(substr(CAST(document.text AS BLOB), clause.start + 1, clause.length) AS TEXT) AS text
    FROM clause JOIN document ON document.id = clause.document WHERE document.is_current"""
RANKING = """
    CREATE TABLE ranking_segment (id INTEGER PRIMARY KEY, tier INTEGER NOT NULL, passages INTEGER NOT NULL,
      directory BLOB NOT NULL, characters BLOB NOT NULL);
    CREATE TABLE ranking_list (segment INTEGER NOT NULL, term INTEGER NOT NULL, list BLOB NOT NULL,
      PRIMARY KEY (term, segment)) WITHOUT ROWID;
    INSERT INTO setting VALUES ('generation', '0');"""
#: What each commit brought, newest first, and how it is taken away.
BACK = [
    ("788f0bb", "DELETE FROM setting WHERE name = 'identity'; DELETE FROM grdb_migrations WHERE identifier = 'identity'"),
    ("f391414", "DROP TABLE related_word; DELETE FROM grdb_migrations WHERE identifier = 'related words'"),
    ("e60852d", "ALTER TABLE item DROP COLUMN reading; DELETE FROM grdb_migrations WHERE identifier = 'readings'"),
    ("c0dbbd7", "DROP VIEW clause_content; ALTER TABLE clause DROP COLUMN digest;" + VIEW),
    ("5f581a0", "DROP TABLE contact; DELETE FROM grdb_migrations WHERE identifier = 'contacts'"),
]


def keep(connection, name):
    connection.execute("PRAGMA journal_mode = DELETE")
    with tempfile.NamedTemporaryFile() as file:
        connection.execute("VACUUM INTO ?", [file.name])
        (HERE / "Old" / f"{name}.sqlite.xz").write_bytes(lzma.compress(Path(file.name).read_bytes(), preset=9))


def without_words(newest, path, steps):
    """A file of the first formats, with the documents and clauses of the newest."""
    with closing(sqlite3.connect(path, isolation_level=None)) as new:
        new.executescript(f"""
            PRAGMA application_id = {0x6875_6963};
            CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
            CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE document ({DOCUMENT});
            CREATE INDEX document_by_path ON document (path, is_current);
            CREATE INDEX document_by_digest ON document (sha256, is_current);
            CREATE INDEX document_by_number ON document (number_key) WHERE number_key IS NOT NULL;
            CREATE TABLE clause ({CLAUSE});
            CREATE INDEX clause_by_document ON clause (document); {VIEW};
            CREATE VIRTUAL TABLE clause_words USING fts5(
              title, heading, text, content='clause_content', content_rowid='id', tokenize='unicode61');
            INSERT INTO grdb_migrations VALUES ('1');
            INSERT INTO setting VALUES ('segmenter', 'icu 72.1; lexicon 0; cut 1');
            ATTACH '{newest}' AS newest;
            INSERT INTO document SELECT * FROM newest.document;
            INSERT INTO clause SELECT id, document, path, labels, heading, start, length, units FROM newest.clause;""")
        for step in steps:
            new.executescript(step)
        new.execute("DETACH newest")
        new.execute("PRAGMA writable_schema = ON")
        new.execute("UPDATE sqlite_master SET sql = replace(sql, 'unicode61', 'policy') WHERE name = 'clause_words'")
        keep(new, path.stem)


def main(program):
    (HERE / "Old").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        newest = Path(folder) / "newest.sqlite"
        subprocess.run([program, "index", ROOT / "corpus" / "linxi", "--database", newest], check=True)
        subprocess.run([program, "contacts", "import", ROOT / "samples" / "contacts.csv", "--database", newest], check=True)
        subprocess.run([program, "learn", "--database", newest], check=True)
        with closing(sqlite3.connect(newest, isolation_level=None)) as connection:
            items = ";".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'item%' AND sql NOT NULL"))
            items = items.replace(", reading TEXT NOT NULL DEFAULT '[]'", "")
            items += ";INSERT INTO grdb_migrations VALUES ('2');"
            connection.execute("INSERT INTO related_word VALUES ('租金', '房租 71')")
            keep(connection, "d63dcc7")
            for commit, statements in BACK:
                connection.executescript(statements)
                keep(connection, commit)
        without_words(newest, Path(folder) / "9e2d7a8.sqlite", [])
        without_words(newest, Path(folder) / "06a81d4.sqlite", [RANKING])
        without_words(newest, Path(folder) / "9d956aa.sqlite", [RANKING, items])


if __name__ == "__main__":
    main(sys.argv[1])
