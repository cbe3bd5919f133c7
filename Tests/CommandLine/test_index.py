"""`huice index`: the same file again, a changed one, a moved one, one that goes wrong; crashes and full disks."""

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest
from program import CORPUS, assert_one_line, assert_refused, counts, wait_until

MANY = 400


def notice(number: int) -> str:
    """A notice of some length whose words name it."""
    head = f"关于支持第{number}号产业园企业发展的若干措施\n各有关单位：\n"
    clauses = "".join(
        f"{label}、支持事项{label}\n（一）对入驻第{number}号产业园满{count}年的企业，按租金的{count}0%给予补助，最高{count}0万元。\n"
        f"（二）本条由第{number}号产业园管理办公室负责解释。\n" for count, label in enumerate("一二三四五六七八九", 1))
    return head + clauses


@pytest.fixture
def many(tmp_path):
    """A folder of 400 notices."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(notice(number))
    return folder


def stored(database) -> int:
    """How many documents another process sees in an index that may still be written, or made."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute("SELECT count(*) FROM document").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def change(database, statement):
    with closing(sqlite3.connect(database)) as connection:
        with connection:
            connection.execute(statement)


def all_well(huice, database, documents):
    assert huice.ok("check", "--database", database).text.startswith(f"索引完好：{documents} 份文件，")


def found(huice, words, database):
    return [hit["document"] for hit in huice.search(words, database)["hits"]]


# Again, changed, moved


def test_second_run_changes_nothing(huice, database):
    assert huice.index(CORPUS, database=database) == {"added": 40, "changed": 0, "unchanged": 0, "failed": 0}
    before = huice.search("贷款贴息", database)
    for _ in range(2):
        assert huice.index(CORPUS, database=database) == {"added": 0, "changed": 0, "unchanged": 40, "failed": 0}
    assert huice.search("贷款贴息", database) == before
    all_well(huice, database, 40)


def test_jobs_change_nothing(huice, database, tmp_path):
    def answers(database):
        return [
            (hit["document"], hit["key"], hit["clause"], round(hit["score"], 6)) for hit in huice.search("补助", database, "--limit", "50")["hits"]]

    one = tmp_path / "one.sqlite"
    huice.ok("index", CORPUS, "--database", one, "--jobs", "1")
    huice.ok("index", CORPUS, "--database", database, "--jobs", "8")
    assert sorted(answers(one)) == sorted(answers(database))


def test_changed_file(huice, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("关于支持养蜂的若干措施\n一、对养蜂企业给予蜂箱补助。\n二、其他。\n")
    huice.index(file, database=database)
    key = huice.search("蜂箱", database)["hits"][0]["key"]
    file.write_text("关于支持养鹿的若干措施\n一、对养鹿企业给予鹿舍补助。\n二、其他。\n")
    assert huice.index(file, database=database) == {"added": 0, "changed": 1, "unchanged": 0, "failed": 0}
    assert huice.search("蜂箱", database)["hits"] == []
    old = huice.search("“养蜂”", database)
    assert not any("蜂" in hit["text"] + hit["title"] for hit in old["hits"])
    hit = huice.search("鹿舍", database)["hits"][0]
    assert hit["key"] == key and "鹿舍" in hit["text"]
    all_well(huice, database, 1)
    file.write_text("关于支持养蜂的若干措施\n一、对养蜂企业给予蜂箱补助。\n二、其他。\n")
    assert huice.index(file, database=database)["changed"] == 1
    assert huice.search("鹿舍", database)["hits"] == [] and huice.search("蜂箱", database)["hits"][0]["key"] == key
    all_well(huice, database, 1)


def test_touched_file_is_unchanged(huice, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(notice(1))
    huice.index(file, database=database)
    os.utime(file, (0, 0))
    assert huice.index(file, database=database)["unchanged"] == 1


def test_moved_file_keeps_its_key(huice, database, tmp_path):
    folder = tmp_path / "folder"
    (folder / "old").mkdir(parents=True)
    (folder / "old" / "a.txt").write_text(notice(7))
    (folder / "old" / "b.txt").write_text(notice(8))
    huice.index(folder, database=database)
    key = huice.search("第7号产业园", database)["hits"][0]["key"]
    (folder / "new").mkdir()
    (folder / "old" / "a.txt").rename(folder / "new" / "c.txt")
    assert huice.index(folder, database=database) == {"added": 0, "changed": 0, "unchanged": 2, "failed": 0}
    hit = huice.search("第7号产业园", database)["hits"][0]
    assert (hit["key"], hit["document"]) == (key, "new/c.txt")
    all_well(huice, database, 2)


def test_copy_is_a_document_of_its_own(huice, database, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(notice(3))
    assert huice.index(folder, database=database)["added"] == 2
    assert huice.index(folder, database=database)["unchanged"] == 2
    assert set(found(huice, "第3号产业园", database)) == {"a.txt", "b.txt"}


def test_contents_exchanged(huice, database, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    a, b = folder / "a.txt", folder / "b.txt"
    a.write_text(notice(1))
    b.write_text(notice(2))
    huice.index(folder, database=database)
    a.write_text(notice(2))
    b.write_text(notice(1))
    assert huice.index(folder, database=database)["changed"] == 2
    assert found(huice, "第1号产业园", database)[0] == "b.txt"
    assert huice.index(folder, database=database)["unchanged"] == 2
    all_well(huice, database, 2)


def test_same_file_named_twice(huice, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(notice(1))
    assert huice.index(file, tmp_path, f"{tmp_path}/./a.txt", database=database)["added"] == 1
    all_well(huice, database, 1)


def test_path_from_another_folder(huice, database, tmp_path):
    (tmp_path / "a.txt").write_text(notice(1))
    huice.index(tmp_path / "a.txt", database=database)
    assert counts(huice.ok("index", "a.txt", "--database", database, cwd=tmp_path).out)["unchanged"] == 1


def test_empty_folder(huice, database, tmp_path):
    (tmp_path / "empty").mkdir()
    assert huice.index(tmp_path / "empty", database=database) == {"added": 0, "changed": 0, "unchanged": 0, "failed": 0}
    all_well(huice, database, 0)
    assert huice.search("贷款", database)["hits"] == []


def test_rebuild_starts_anew(huice, database, tmp_path):
    (tmp_path / "a.txt").write_text(notice(1))
    huice.index(CORPUS / "meitang", database=database)
    assert huice.index(tmp_path / "a.txt", "--rebuild", database=database)["added"] == 1
    all_well(huice, database, 1)


# Lists


def record(name, text, **others):
    return json.dumps({"id": name, "text": text, **others}, ensure_ascii=False) + "\n"


def test_list_of_records(huice, database, tmp_path):
    file = tmp_path / "records.jsonl"
    file.write_text(record("甲", "对甲类企业给予补助。", title="甲类") + "{bad\n\n" + record("乙", "对乙类企业给予补助。") + "[]\n")
    result = huice.ok("index", file, "--database", database)
    assert counts(result.out) == {"added": 2, "changed": 0, "unchanged": 0, "failed": 2}
    assert [line.split("：")[0] for line in result.err.splitlines()] == ["records.jsonl 第 2 行", "records.jsonl 第 5 行"]
    assert huice.index(file, database=database) == {"added": 0, "changed": 0, "unchanged": 2, "failed": 2}
    assert found(huice, "甲类", database)[0] == "甲"
    file.write_text(record("甲", "对丙类企业给予补助。", title="丙类"))
    assert huice.index(file, database=database)["changed"] == 1
    assert found(huice, "丙类", database)[0] == "甲"


def test_list_with_an_id_twice_comes_to_rest(huice, database, tmp_path):
    """“Idempotent: unchanged content is skipped by hash.”"""
    file = tmp_path / "records.jsonl"
    file.write_text(record("甲", "对甲类企业给予补助。") + record("甲", "对乙类企业给予奖励。") + record("丙", "丙类。"))
    huice.index(file, database=database)
    again = huice.index(file, database=database)
    assert (again["added"], again["changed"]) == (0, 0)


def test_two_runs_at_once_add_each_document_once(huice, database, tmp_path):
    """The first run has read what the index holds, and waits for its list; a second run is faster."""
    file = tmp_path / "records.jsonl"
    records = "".join(record(f"甲{number}", f"对第{number}类企业给予补助。") for number in range(5))
    os.mkfifo(file)
    first = huice.start("index", file, "--database", database)
    with open(file, "w") as pipe:  # goes on once the first run has opened it
        file.unlink()
        file.write_text(records)
        second = huice.index(file, database=database)
        pipe.write(records)
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    assert second["added"] == 5
    assert counts(out)["added"] == 0
    all_well(huice, database, 5)


# Files that go wrong


def test_entries_that_are_no_files(huice, database, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(notice(1))
    os.symlink(folder / "nowhere", folder / "broken.txt")
    os.symlink("/dev/zero", folder / "zero.txt")
    os.symlink(folder, folder / "loop")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(folder / "socket.txt"))
        result = huice.ok("index", folder, "--database", database, timeout=30)
    assert counts(result.out)["added"] == 1
    all_well(huice, database, 1)


@pytest.mark.parametrize("name", ["pipe.txt", "broken.txt", "/dev/zero", "/proc/self/mem", "nowhere", "old.txt", "big.txt"])
def test_a_failed_file_does_not_stop_the_rest(huice, database, tmp_path, name):
    os.mkfifo(tmp_path / "pipe.txt")
    os.symlink("/nowhere", tmp_path / "broken.txt")
    (tmp_path / "old.txt").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    with open(tmp_path / "big.txt", "wb") as big:
        big.truncate(100 * 1_048_576)
    (tmp_path / "z.txt").write_text(notice(1))
    result = huice.ok("index", name, "z.txt", "--database", database, cwd=tmp_path, timeout=30)
    assert counts(result.out) == {"added": 1, "changed": 0, "unchanged": 0, "failed": 1}
    assert_one_line(result.err)
    assert name.split("/")[-1] in result.err
    alone = huice.run("index", name, "--database", tmp_path / "alone.sqlite", cwd=tmp_path, timeout=30)
    assert alone.status == 2
    assert_one_line(alone.err)


def test_a_file_that_goes_bad_stays_as_it_was(huice, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(notice(5))
    huice.index(file, database=database)
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    result = huice.run("index", file, "--database", database)
    assert counts(result.out)["failed"] == 1
    assert found(huice, "第5号产业园", database) != []
    all_well(huice, database, 1)


def test_names_of_all_kinds(huice, database, tmp_path):
    folder = tmp_path / "文件夹 #1?&%"
    folder.mkdir()
    names = ["空 格.txt", "引\"号'.txt", "百%41分.txt", "井#号.TXT", "破-折.Markdown", "表情🎉.htm", "很" * 80 + ".txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(notice(number))
    (folder / ".hidden.txt").write_text(notice(90))
    (folder / "README.md").write_text(notice(91))
    (folder / "notes.pptx").write_text(notice(92))
    assert huice.index(folder, database=database)["added"] == len(names)
    assert huice.index(folder, database=database)["unchanged"] == len(names)
    documents = set()
    for number in range(len(names)):
        documents.add(huice.search(f"“第{number}号产业园”", database)["hits"][0]["document"])
    assert documents == set(names)


def test_names_that_only_look_the_same(huice, database, tmp_path):
    """é in one character and in two: two files to the system."""
    for number, name in enumerate(("e\u0301.txt", "\u00e9.txt")):
        (tmp_path / name).write_text(notice(number))
    assert len(list(tmp_path.glob("*.txt"))) == 2
    assert huice.index(tmp_path, database=database)["added"] == 2
    assert huice.index(tmp_path, database=database)["unchanged"] == 2


def test_file_that_vanishes_meanwhile(huice, database, many):
    process = huice.start("index", many, "--database", database, "--jobs", "1")
    wait_until(lambda: stored(database))
    process.send_signal(signal.SIGSTOP)
    done = stored(database)
    (many / f"{MANY - 1:03}.txt").unlink()
    (many / f"{MANY - 2:03}.txt").write_bytes(b"%PDF-1.7\n")
    process.send_signal(signal.SIGCONT)
    out, err = process.communicate(timeout=120)
    assert done < MANY - 20, "stopped too late to try anything"
    assert process.returncode == 0
    assert counts(out) == {"added": MANY - 2, "changed": 0, "unchanged": 0, "failed": 2}
    lines = err.decode().splitlines()
    assert [line.split("：")[0] for line in lines] == [f"{MANY - 2:03}.txt", f"{MANY - 1:03}.txt"]
    all_well(huice, database, MANY - 2)


# Crashes


@pytest.mark.parametrize("after", [1, 60, 200])
def test_killed_in_the_middle(huice, database, many, after):
    process = huice.start("index", many, "--database", database)
    wait_until(lambda: stored(database) >= after)
    process.kill()
    process.communicate()
    kept = stored(database)
    assert after <= kept < MANY, "killed too late to try anything"
    all_well(huice, database, kept)
    assert huice.index(many, database=database) == {"added": MANY - kept, "changed": 0, "unchanged": kept, "failed": 0}
    all_well(huice, database, MANY)
    assert found(huice, "“第0号产业园”", database) and found(huice, f"“第{MANY - 1}号产业园”", database)


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_again_and_again(huice, database, many, seed):
    """Wherever it is killed, what is there is whole, and the next run goes on from there."""
    numbers = random.Random(seed)
    kills = 0
    for _ in range(6):
        goal = stored(database) + numbers.randrange(1, 60)
        process = huice.start("index", many, "--database", database)
        wait_until(lambda: process.poll() is not None or stored(database) >= goal)
        process.kill()
        process.communicate()
        if process.returncode == 0:
            break
        kills += 1
        kept = stored(database)
        all_well(huice, database, kept)
        assert found(huice, "“第0号产业园”", database)
    assert kills >= 2, "killed too late to try anything"
    assert huice.index(many, database=database) == {"added": MANY - kept, "changed": 0, "unchanged": kept, "failed": 0}
    all_well(huice, database, MANY)


def test_killed_before_anything(huice, database, many):
    process = huice.start("index", many, "--database", database)
    wait_until(database.exists)
    process.kill()
    process.communicate()
    result = huice.ok("index", many, "--database", database)
    assert counts(result.out)["added"] + counts(result.out)["unchanged"] == MANY
    all_well(huice, database, MANY)


def test_killed_while_changing(huice, database, many):
    huice.index(many, database=database)
    for number in range(MANY):
        (many / f"{number:03}.txt").write_text(notice(number + 1_000))
    process = huice.start("index", many, "--database", database)
    wait_until(lambda: stored(database) >= MANY + 20)
    process.kill()
    process.communicate()
    all_well(huice, database, MANY)
    changed = stored(database) - MANY
    assert huice.index(many, database=database) == {"added": 0, "changed": MANY - changed, "unchanged": changed, "failed": 0}
    all_well(huice, database, MANY)
    assert huice.search("“第7号产业园”", database)["notices"], "words of an old version are found"


@contextmanager
def small_disk(place, kilobytes=400):
    """A small file system at `place`."""
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_full_disk(huice, tmp_path):
    with small_disk(tmp_path / "small") as place:
        database = place / "index.sqlite"
        result = huice.run("index", CORPUS, "--database", database)
        assert_refused(result)
        assert "磁盘已满" in result.err
        kept = stored(database)
        # “已写入的文件都保留着”: what is there can be moved to where there is room.
        for file in place.iterdir():
            shutil.copy2(file, tmp_path / file.name)
    moved = tmp_path / "index.sqlite"
    assert kept > 0
    all_well(huice, moved, kept)
    assert huice.index(CORPUS, database=moved) == {"added": 40 - kept, "changed": 0, "unchanged": kept, "failed": 0}


def test_disk_that_is_only_read(huice, tmp_path):
    with small_disk(tmp_path / "disk", kilobytes=4_000) as place:
        database = place / "index.sqlite"
        huice.index(CORPUS / "meitang", database=database)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        for command in (["index", CORPUS / "linxi"], ["index", CORPUS / "linxi", "--rebuild"]):
            result = huice.run(*command, "--database", database, timeout=30)
            assert_refused(result)
            assert "不能写" in result.err
        result = huice.run("search", "补助", "--database", database, timeout=30)
        if result.status:  # best is that it answers
            assert_refused(result)
        subprocess.run(["mount", "-o", "remount,rw", place], check=True)
        assert stored(database) == 2


# Index files that are not as they should be

COMMANDS = {
    "search": ["search", "贷款"], "check": ["check"], "serve": ["serve", "--port", "0"], "index": ["index", CORPUS / "meitang"],
    "rebuild": ["index", CORPUS / "meitang", "--rebuild"],
}


def refused(huice, name, database, **options):
    result = huice.run(*COMMANDS[name], "--database", database, timeout=30, **options)
    assert_refused(result)
    return result.err


@pytest.mark.parametrize("place", ["folder", "/proc/huice.sqlite", "/proc/1/nowhere/a.sqlite", "none/a.sqlite", "/dev/null/a.sqlite", ""])
@pytest.mark.parametrize("command", ["search", "check", "serve", "index"])
def test_place_where_no_index_can_be(huice, tmp_path, place, command):
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    refused(huice, command, place, cwd=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before, "left something behind"


@pytest.mark.parametrize("command", ["search", "check", "serve"])
def test_index_that_is_not_there(huice, tmp_path, command):
    assert "huice index" in refused(huice, command, tmp_path / "none.sqlite")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("newest", ["99", "20300101 something"])
def test_index_of_a_newer_version(huice, tmp_path, command, newest):
    database = tmp_path / "newer.sqlite"
    huice.index(CORPUS / "meitang", database=database)
    change(database, f"INSERT INTO grdb_migrations VALUES ('{newest}')")
    if command == "rebuild":
        return  # to start anew is what was asked for
    assert "升级" in refused(huice, command, database)
    assert stored(database) == 2


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["of another program", "text", "empty", "picture"])
def test_file_that_is_not_ours(huice, tmp_path, command, kind):
    database = tmp_path / "theirs.sqlite"
    if kind == "of another program":
        change(database, "CREATE TABLE accounts (name TEXT)")
    else:
        database.write_bytes({"text": "一、不是索引\n".encode() * 500, "empty": b"", "picture": b"\x89PNG" + bytes(5_000)}[kind])
    if kind == "empty" and command in ("index", "rebuild"):
        return  # an empty file is as good as none to write to
    assert "不是惠策的索引" in refused(huice, command, database)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["of another program", "text", "empty"])
def test_file_that_is_not_ours_stays_as_it_was(huice, tmp_path, command, kind):
    database = tmp_path / "theirs.sqlite"
    if kind == "of another program":
        change(database, "CREATE TABLE accounts (name TEXT)")
    else:
        database.write_bytes({"text": "一、不是索引\n".encode() * 500, "empty": b""}[kind])
    if kind == "empty" and command in ("index", "rebuild"):
        return
    before = database.read_bytes()
    huice.run(*COMMANDS[command], "--database", database, timeout=30)
    assert database.read_bytes() == before, "its bytes were changed"
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.sqlite"]


@pytest.mark.parametrize("command", ["search", "serve", "index"])
def test_words_cut_otherwise(huice, tmp_path, command):
    database = tmp_path / "stamp.sqlite"
    huice.index(CORPUS / "meitang", database=database)
    change(database, "UPDATE setting SET value = 'icu 1.0; lexicon 0; cut 0' WHERE name = 'segmenter'")
    assert "huice index --rebuild" in refused(huice, command, database)
    assert huice.index(CORPUS / "meitang", "--rebuild", database=database)["added"] == 2
    all_well(huice, database, 2)


def test_check_says_that_words_were_cut_otherwise(huice, tmp_path):
    database = tmp_path / "stamp.sqlite"
    huice.index(CORPUS / "meitang", database=database)
    change(database, "UPDATE setting SET value = 'icu 1.0; lexicon 0; cut 0' WHERE name = 'segmenter'")
    result = huice.run("check", "--database", database)
    assert result.status > 0 and "分词" in result.text
    assert_one_line(result.err)
    assert "--rebuild" in result.err


@pytest.mark.parametrize("damage", ["pages", "half", "words", "orphans", "text", "list", "list gone"])
def test_damaged_index(huice, tmp_path, damage):
    database = tmp_path / "damaged.sqlite"
    huice.index(CORPUS / "lanchuan", database=database)
    content = bytearray(database.read_bytes())
    if damage == "pages":
        content[4_096 * 5 : 4_096 * 12] = b"\xaa" * (4_096 * 7)
        database.write_bytes(content)
    elif damage == "half":
        database.write_bytes(content[: len(content) // 2])
    elif damage == "words":
        change(database, "DELETE FROM clause_words_data WHERE id = (SELECT max(id) FROM clause_words_data)")
    elif damage == "list":
        change(database, "UPDATE ranking_list SET list = (SELECT max(list) FROM ranking_list) WHERE id = (SELECT min(id) FROM ranking_list)")
    elif damage == "list gone":
        change(database, "DELETE FROM ranking_list WHERE id = (SELECT max(id) FROM ranking_list)")
    elif damage == "orphans":
        change(database, "UPDATE clause SET document = 999 WHERE id = 5")
    else:
        change(database, "UPDATE document SET text = replace(text, '补助', '奖励')")
    result = huice.run("check", "--database", database)
    assert result.status > 0, result.text
    assert_one_line(result.err)
    assert "--rebuild" in result.err
    assert huice.index(CORPUS / "meitang", "--rebuild", database=database)["added"] == 2
    all_well(huice, database, 2)


def test_index_that_another_program_holds(huice, tmp_path):
    database = tmp_path / "held.sqlite"
    huice.index(CORPUS / "meitang", database=database)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("INSERT INTO setting VALUES ('a', 'b')")  # so that there is a write-ahead log
        connection.execute("BEGIN IMMEDIATE")
        assert huice.search("补助", database)["hits"], "reading waits for a writer"
        (tmp_path / "new.txt").write_text(notice(1))
        result = huice.run("index", tmp_path / "new.txt", "--database", database, timeout=60)
    assert_refused(result)
    assert "另一个程序" in result.err
    assert huice.index(tmp_path / "new.txt", database=database)["added"] == 1
