"""`huice index --rebuild`: nothing is lost, whatever goes wrong; the new file takes the place of the old one at the end."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from urllib.request import urlopen

import pytest
from program import CORPUS, ROOT, Server, assert_one_line, assert_refused, counts, wait_until
from test_index import all_well, change, notice, small_disk, stored

SHEET = ROOT / "samples" / "contacts.csv"


@pytest.fixture
def written(huice, database):
    """An index with contacts and learned words."""
    huice.index(CORPUS, database=database)
    huice.ok("contacts", "import", SHEET, "--database", database)
    huice.ok("learn", "--database", database)
    return database


def contacts(huice, database) -> str:
    return huice.ok("contacts", "export", "--database", database).text


def words(database) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM related_word").fetchone()[0]


def setting(database, name) -> str:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()[0]


def beside(database) -> list:
    return sorted(path.name for path in database.parent.iterdir() if path.name.startswith(database.name))


def test_what_people_wrote_and_what_was_learned_outlives_a_rebuild(huice, written):
    before = contacts(huice, written), words(written), setting(written, "identity")
    assert huice.index(CORPUS / "lanchuan", "--rebuild", database=written)["added"] > 10
    after = contacts(huice, written), words(written), setting(written, "identity")
    assert after[:2] == before[:2] and after[2] != before[2]
    assert before[0].count("\n") == 15 and before[1] > 100
    assert huice.ok("check", "--database", written)
    assert beside(written) == [written.name]


@pytest.mark.parametrize("source", ["nowhere", "empty", "unread", "unread with others", "nothing readable", "one of two"])
def test_nothing_is_rebuilt_from_nothing(huice, written, tmp_path, source):
    folder = tmp_path / "source"
    folder.mkdir()
    paths, options = [folder], {}
    if source == "nowhere":
        paths = [tmp_path / "nowhere"]
    elif source == "one of two":
        paths = [CORPUS, tmp_path / "nowhere"]
    elif source == "nothing readable":
        (folder / "old.doc").write_bytes(b"%PDF-1.7\n")
    elif source.startswith("unread"):
        if os.geteuid() != 0:
            pytest.skip("another user is needed")
        (folder / "closed").mkdir(mode=0o700)
        (folder / "closed" / "a.txt").write_text(notice(1))
        if source == "unread with others":
            (folder / "b.txt").write_text(notice(2))
        for path in [written, written.parent]:
            os.chown(path, 65534, 65534)
        for path in tmp_path.parents:
            if path.stat().st_uid == os.geteuid() and str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o011)
        huice.path.parent.chmod(0o755)
        options = {"user": 65534, "group": 65534}
    before = contacts(huice, written), words(written), setting(written, "identity")
    result = huice.run("index", *paths, "--rebuild", "--database", written, **options)
    assert result.status == 2 and "没有重建" in result.err and not result.out
    assert (contacts(huice, written), words(written), setting(written, "identity")) == before
    all_well(huice, written, 40)
    assert beside(written) == [written.name]


def test_full_disk(huice, tmp_path):
    with small_disk(tmp_path / "small", kilobytes=12_000) as place:
        database = place / "index.sqlite"
        huice.index(CORPUS, database=database)
        huice.ok("contacts", "import", SHEET, "--database", database)
        before = contacts(huice, database)
        with open(place / "fill", "wb") as fill:
            try:
                while fill.write(bytes(1 << 16)):
                    fill.flush()
            except OSError:
                pass
        result = huice.run("index", CORPUS, "--rebuild", "--database", database)
        assert_refused(result)
        assert "磁盘已满" in result.err
        for command in (["search", "补助"], ["check"]):
            result = huice.run(*command, "--database", database)
            assert result.status == 0 or "磁盘已满" in result.err, result.err
        (place / "fill").unlink()
        assert contacts(huice, database) == before
        all_well(huice, database, 40)


def test_damaged_file_whose_contacts_cannot_be_read_is_kept(huice, written):
    content = bytearray(written.read_bytes())
    content[100:4_096] = bytes(3_996)  # the schema
    written.write_bytes(content)
    result = huice.run("index", CORPUS, "--rebuild", "--database", written)
    assert result.status == 0, result.err
    assert "联系方式" in result.err and f"{written.name}.damaged" in result.err
    assert (written.parent / f"{written.name}.damaged").read_bytes() == content
    all_well(huice, written, 40)


def test_damaged_file_whose_contacts_can_be_read_gives_them(huice, written):
    before = contacts(huice, written)
    change(written, "UPDATE ranking_list SET list = x'00'")
    assert huice.run("check", "--database", written).status == 2
    assert huice.ok("index", CORPUS, "--rebuild", "--database", written).err == ""
    assert contacts(huice, written) == before
    assert beside(written) == [written.name]


def test_contact_changed_by_hand_is_told_and_kept(huice, written):
    change(written, "UPDATE contact SET phone = '1' WHERE id = 1")
    result = huice.ok("index", CORPUS, "--rebuild", "--database", written)
    assert "1 条联系方式" in result.err
    assert contacts(huice, written).count("\n") == 14
    with closing(sqlite3.connect(f"{written}.damaged")) as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (14,)


@pytest.mark.parametrize("second", ["index", "rebuild", "contacts"])
def test_one_writer(huice, written, tmp_path, second):
    """While one rebuilds, another's writing would be lost: it is refused, and reading goes on."""
    pipe = tmp_path / "records.jsonl"
    os.mkfifo(pipe)
    first = huice.start("index", CORPUS, pipe, "--rebuild", "--database", written)
    wait_until(lambda: f"{written.name}.new" in beside(written))
    with open(pipe, "w"):  # the rebuild waits for what stands in it
        (tmp_path / "a.txt").write_text(notice(1))
        commands = {
            "index": ["index", tmp_path / "a.txt"], "rebuild": ["index", tmp_path / "a.txt", "--rebuild"],
            "contacts": ["contacts", "import", SHEET]}
        result = huice.run(*commands[second], "--database", written, timeout=60)
        assert_refused(result)
        assert "另一个程序正在写" in result.err
        assert huice.search("补助", written)["hits"]
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    assert counts(out)["added"] == 40
    all_well(huice, written, 40)


def test_killed_rebuild_leaves_the_old_file(huice, written, tmp_path):
    before = contacts(huice, written), setting(written, "identity")
    pipe = tmp_path / "records.jsonl"
    os.mkfifo(pipe)
    process = huice.start("index", CORPUS, pipe, "--rebuild", "--database", written)
    with open(pipe, "w"):
        wait_until(lambda: stored(f"{written}.new") >= 4)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert (contacts(huice, written), setting(written, "identity")) == before
    all_well(huice, written, 40)
    assert huice.index(CORPUS / "meitang", "--rebuild", database=written)["added"] == 2
    all_well(huice, written, 2)
    assert beside(written) == [written.name]


@pytest.mark.parametrize("is_done", [False, True])
def test_exchange_that_was_broken_off_is_finished(huice, written, is_done):
    """A log of the old file is never applied to the new one."""
    old = written.parent / "old.sqlite"
    shutil.copy2(written, old)
    huice.index(CORPUS / "meitang", "--rebuild", database=written)
    new = written.read_bytes()
    # As a kill between renaming and removing leaves it: the mark, and a log of the other file.
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE setting SET value = value + 1 WHERE name = 'generation'")
        connection.commit()
        log = (written.parent / "old.sqlite-wal").read_bytes()
        shared = (written.parent / "old.sqlite-shm").read_bytes()
    (written.parent / f"{written.name}.swap").touch()
    if is_done:
        (written.parent / f"{written.name}-wal").write_bytes(log)
        (written.parent / f"{written.name}-shm").write_bytes(shared)
    else:
        (written.parent / f"{written.name}.new").write_bytes(b"begun")
    all_well(huice, written, 2)
    assert written.read_bytes()[:24] == new[:24]
    assert f"{written.name}.swap" not in beside(written)


def test_server_keeps_what_it_has_open_until_it_opens_anew(huice, written):
    """A rebuild under a server takes nothing from it, and nothing of it reaches the new file."""
    server = Server(huice, written)
    try:
        with closing(urlopen(f"{server.url}/healthz", timeout=30)) as answer:
            assert answer.status == 200
        huice.index(CORPUS / "meitang", "--rebuild", database=written)
        with closing(urlopen(f"{server.url}/api/v1/search?q=%E8%A1%A5%E5%8A%A9", timeout=30)) as answer:
            assert answer.status == 200
    finally:
        server.stop()
    all_well(huice, written, 2)
    assert huice.index(CORPUS / "linxi", database=written)["added"] > 0


def test_symbolic_link_stays(huice, written):
    link = written.parent / "link.sqlite"
    link.symlink_to(written)
    huice.index(CORPUS / "meitang", "--rebuild", database=link)
    assert link.is_symlink()
    all_well(huice, written, 2)


def test_without_a_file(huice, database):
    assert huice.index(CORPUS / "meitang", "--rebuild", database=database)["added"] == 2
    all_well(huice, database, 2)
    assert beside(database) == [database.name]


def test_two_writers_over_changed_files(huice, database, tmp_path):
    """The second has read what the index holds before the first wrote: it says so, and nothing stands twice."""
    folder = tmp_path / "folder"
    folder.mkdir()
    records = folder / "records.jsonl"
    (folder / "a.txt").write_text(notice(1))
    huice.index(folder / "a.txt", database=database)
    (folder / "a.txt").write_text(notice(2))
    os.mkfifo(records)
    # It reads the pipe after the files of its batch; a list alone is read with what was known at the start.
    slow = huice.start("index", records, folder / "a.txt", "--database", database)
    with open(records, "w"):
        pass
    out, err = slow.communicate(timeout=60)
    assert slow.returncode == 0 or "另一个程序正在写" in err.decode()
    assert_one_line(err.decode()) if err else None
    all_well(huice, database, 1)
