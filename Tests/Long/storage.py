"""Breaks index files, many times: kills at random moments, kills aimed at the exchange of files, random damage.

    HUICE=.build/release/huice python Tests/Long/storage.py [--kills 200] [--renames 50] [--damages 200] [--seed 1]

Prints what came of it, and ends with status 1 where anything was lost, doubled, crashed or wrong without being found.
A short form runs in Tests/CommandLine/test_breaking.py.
"""

import argparse
import collections
import csv
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "CommandLine"))
from program import Program, Server  # noqa: E402

SHEET = ROOT / "samples" / "contacts.csv"
QUESTIONS = ["补助", "高新技术企业 奖励", "贷款贴息", "租金 减免", "申报条件", "第7号产业园 租金", "人才 购房补贴", "政府采购 预留"]


def notice(number: int, words: str = "租金") -> str:
    head = f"关于支持第{number}号产业园企业发展的若干措施\n各有关单位：\n"
    return head + "".join(
        f"{label}、支持事项{label}\n（一）对入驻第{number}号产业园满{count}年的企业，按{words}的{count}0%给予补助，最高{count}0万元。\n"
        for count, label in enumerate("一二三四五六七八九", 1))


class Fault(Exception):
    """What must not be."""


class Place:
    """A folder with an index that has documents, contacts and learned words, to be copied for each attempt."""

    def __init__(self, folder: Path, notices: int = 60):
        self.huice = Program(folder)
        self.folder = folder
        self.old, self.new = folder / "old", folder / "new"
        for path, words, count in ((self.old, "租金", notices), (self.new, "水电费", notices)):
            path.mkdir()
            for number in range(count):
                (path / f"{number:03}.txt").write_text(notice(number, words))
        self.live = folder / "live"
        self.base = folder / "base.sqlite"
        self.source(self.old)
        self.huice.index(self.live, database=self.base)
        self.huice.ok("contacts", "import", SHEET, "--database", self.base)
        self.huice.ok("learn", "--database", self.base)
        with open(SHEET, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        self.sheet = folder / "other.csv"
        with open(self.sheet, "w", newline="") as file:
            csv.writer(file).writerows([rows[0]] + [row[:4] + ["0999-" + row[4]] + row[5:] for row in rows[1:8]])
        self.database = folder / "at work" / "index.sqlite"
        self.backup = self.database.parent / "copy.bak"

    def source(self, folder: Path):
        """Puts the files of a folder where they are indexed from."""
        shutil.rmtree(self.live, ignore_errors=True)
        shutil.copytree(folder, self.live)

    def begin(self):
        shutil.rmtree(self.database.parent, ignore_errors=True)
        self.database.parent.mkdir()
        shutil.copy2(self.base, self.database)

    def state(self) -> dict:
        """What people would miss: contacts, learned words, and each document with its text."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            def rows(sql):
                return connection.execute(sql).fetchall()
            return {
                "contacts": sorted(rows("SELECT region, department, matter, phone, address FROM contact")),
                "words": sorted(rows("SELECT word, others FROM related_word")),
                "documents": {path: text for path, text in rows("SELECT path, text FROM document WHERE is_current")},
                "current": rows("SELECT count(*), count(DISTINCT key), count(DISTINCT path) FROM document WHERE is_current")[0],
            }

    def check(self, path=None):
        result = self.huice.run("check", "--database", path or self.database)
        if result.status:
            raise Fault(f"check {result.status}: {result.text} {result.err}")


def operations(place: Place) -> dict:
    """Each command with the folder that it reads, and whether documents, contacts or words may be others afterwards."""
    return {
        "index": (["index", place.live], place.old, "fresh"),
        "re-index": (["index", place.live], place.new, "documents"),
        "rebuild": (["index", place.live, "--rebuild"], place.new, "documents"),
        "learn": (["learn"], place.old, "words"),
        "contacts import": (["contacts", "import", place.sheet, "--replace"], place.old, "contacts"),
        "backup": (["backup", "--force"], place.old, "nothing"),
    }


def arguments(place: Place, name: str, command: list) -> list:
    if name == "backup":
        return ["backup", place.database, place.backup, "--force"]
    return [*command, "--database", place.database]


def set_up(place: Place, name: str):
    place.begin()
    if name == "index":
        place.database.unlink()
    if name == "learn":
        with closing(sqlite3.connect(place.database)) as connection, connection:
            connection.execute("DELETE FROM related_word")
    if name == "backup":
        place.huice.ok("backup", place.database, place.backup)


def verify(place: Place, name: str, before: dict, after: dict, changes: str):
    """What is there now is what was there, or what was to come, and nothing between that would be wrong."""
    if name == "index":
        result = place.huice.run("check", "--database", place.database)
        if result.status and not ("没有这个索引" in result.err or "还是空的" in result.err or "不是惠策" in result.err):
            raise Fault(f"check: {result.text} {result.err}")
        if result.status:
            return
    else:
        place.check()
    now = place.state()
    if len(set(now["current"])) != 1:
        raise Fault(f"doubled: {now['current']}")
    for what in ("contacts", "words"):
        allowed = [before[what], after[what]] if changes == what else [before[what]]
        if name != "index" and now[what] not in allowed:
            raise Fault(f"{what}: {len(before[what])} became {len(now[what])}")
    if name == "index":
        wrong = [path for path, text in now["documents"].items() if after["documents"].get(path) != text]
    else:
        wrong = [path for path in before["documents"]
                 if now["documents"].get(path) not in (before["documents"][path], after["documents"].get(path))]
        if name == "rebuild" and now["documents"] not in (before["documents"], after["documents"]):
            wrong.append("half of a rebuild")
    if wrong:
        raise Fault(f"documents: {wrong[:3]}")
    if name == "backup":
        place.check(place.backup)


def kills(place: Place, count: int, numbers: random.Random, report):
    """Kills each command at a random moment of its run, then lets it run to its end."""
    plan = operations(place)
    spans, outcomes = {}, {}
    for name, (command, source, _) in plan.items():
        place.source(source)
        set_up(place, name)
        begun = time.monotonic()
        place.huice.ok(*arguments(place, name, command))
        spans[name] = time.monotonic() - begun
        outcomes[name] = place.state()
    hits = collections.Counter()
    for attempt in range(count):
        name = list(plan)[attempt % len(plan)]
        command, source, changes = plan[name]
        place.source(source)
        set_up(place, name)
        before = place.state() if name != "index" else {"contacts": [], "words": [], "documents": {}}
        process = place.huice.start(*arguments(place, name, command))
        time.sleep(numbers.random() * spans[name])
        process.kill()
        process.communicate()
        hits[name, "killed" if process.returncode == -signal.SIGKILL else "had ended"] += 1
        try:
            verify(place, name, before, outcomes[name], changes)
            place.huice.ok(*arguments(place, name, command))
            verify(place, name, outcomes[name], outcomes[name], changes)
            if place.state()["documents"] != outcomes[name]["documents"]:
                raise Fault("the next run does not finish it")
        except (Fault, AssertionError) as fault:
            report("kill", f"{name}: {fault}")
    return hits


def aimed(place: Place, name: str, call: str, when: int) -> list:
    """The command under strace, killed at its nth call of the system."""
    command, _, _ = operations(place)[name]
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
            f"inject={call}:signal=SIGKILL:when={when}", place.huice.path, *map(str, arguments(place, name, command))]


def renames(place: Place, count: int, numbers: random.Random, report):
    """Kills a rebuild while files change places, with a server that has the old file open: half at a call of the system
    (where strace is there), half a moment after the new file is whole."""
    place.source(place.new)
    place.begin()
    place.huice.ok("index", place.live, "--rebuild", "--database", place.database)
    after = place.state()
    place.begin()
    before = place.state()
    calls = [(call, when) for call, most in (("rename", 1), ("fsync", 1), ("unlink", 12), ("flock", 16)) for when in range(1, most + 1)]
    has_strace = shutil.which("strace") is not None
    hits = collections.Counter()
    for attempt in range(count):
        place.begin()
        server = Server(place.huice, place.database) if attempt % 2 else None
        if has_strace and attempt % 4 < 2:
            call, when = calls[(attempt // 2) % len(calls)]
            process = subprocess.Popen(aimed(place, "rebuild", call, when), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env=place.huice.environment, start_new_session=True)
            process.wait(timeout=120)
        else:
            process = place.huice.start(*arguments(place, "rebuild", operations(place)["rebuild"][0]))
            new, log = f"{place.database}.new", f"{place.database}.new-wal"
            was_there = False
            while process.poll() is None:
                is_there = os.path.exists(log)
                if was_there and not is_there:
                    break
                was_there = was_there or is_there
            end = time.monotonic() + numbers.random() * 0.02
            while time.monotonic() < end and os.path.exists(new):
                pass
            if numbers.random() < 0.5:
                time.sleep(numbers.random() * 0.001)
            process.kill()
            process.communicate()
        done = process.returncode == 0
        try:
            verify(place, "rebuild", before, after, "documents")
            now = place.state()["documents"]
            hits["ended" if done else "the new file" if now == after["documents"] else "the old file"] += 1
            if server:
                answer = subprocess.run(["curl", "-s", "-m", "20", "-o", "/dev/null", "-w", "%{http_code}",
                                         server.url + "/api/v1/search?q=%E8%A1%A5%E5%8A%A9"], capture_output=True, text=True)
                if answer.stdout not in ("200", "503"):
                    raise Fault(f"server: {answer.stdout}")
                hits["server " + answer.stdout] += 1
            # Whatever stands there can be written to.
            place.huice.ok("contacts", "import", SHEET, "--database", place.database)
            place.huice.ok("index", place.live, "--database", place.database)
            if server:
                server.stop()
                server = None
            place.check()
            final = place.state()
            if final["documents"] != after["documents"] or len(final["contacts"]) != len(before["contacts"]):
                raise Fault("what was written afterwards is not there")
            left = [path.name for path in place.database.parent.iterdir() if path.name.endswith((".swap", "-wal", "-shm")) and ".new" not in path.name]
            if [name for name in left if name.endswith(".swap")]:
                raise Fault(f"left: {left}")
        except (Fault, AssertionError) as fault:
            report("rename", f"{attempt}: {fault}")
        finally:
            if server:
                server.stop()
    return hits


def damage(content: bytearray, numbers: random.Random) -> str:
    """Damages the bytes of a file, and says how."""
    kind = numbers.choice(["a byte"] * 7 + ["eight bytes"] * 3 + ["header"] * 2 + ["random pages"] * 3 + ["zero pages"] * 2 + ["swapped pages"] * 2 + ["cut"] * 2)
    pages = len(content) // 4_096
    page = numbers.randrange(pages)
    if kind == "a byte":
        content[numbers.randrange(len(content))] ^= numbers.randrange(1, 256)
    elif kind == "eight bytes":
        place = numbers.randrange(len(content) - 8)
        content[place:place + 8] = numbers.randbytes(8)
    elif kind == "header":
        content[numbers.randrange(100)] = numbers.randrange(256)
    elif kind == "random pages":
        content[page * 4_096:(page + 1) * 4_096] = numbers.randbytes(4_096)
    elif kind == "zero pages":
        content[page * 4_096:(page + 1) * 4_096] = bytes(4_096)
    elif kind == "swapped pages":
        other = numbers.randrange(pages)
        first, second = content[page * 4_096:(page + 1) * 4_096], content[other * 4_096:(other + 1) * 4_096]
        content[page * 4_096:(page + 1) * 4_096], content[other * 4_096:(other + 1) * 4_096] = second, first
    else:
        del content[numbers.randrange(100, len(content)):]
    return kind


def answers(result) -> list:
    """What was answered, without how long it took."""
    lines = result.lines
    for line in lines:
        line.pop("milliseconds", None)
    return lines


def damages(place: Place, count: int, numbers: random.Random, report):
    """Damages a file at random; what is answered then is right, or refused in a line, or found by check."""
    base = place.folder / "corpus.sqlite"
    place.huice.index(ROOT / "corpus", place.old, database=base)
    place.huice.ok("contacts", "import", SHEET, "--database", base)
    place.huice.ok("learn", "--database", base)
    questions = place.folder / "questions.txt"
    questions.write_text("".join(question + "\n" for question in QUESTIONS))
    content = base.read_bytes()
    ask = ["search", "--batch", questions, "--format", "jsonl", "--database"]
    right = answers(place.huice.ok(*ask, base))
    hits = collections.Counter()
    for attempt in range(count):
        shutil.rmtree(place.database.parent, ignore_errors=True)
        place.database.parent.mkdir()
        harmed = bytearray(content)
        kind = damage(harmed, numbers)
        if harmed == content:
            continue
        place.database.write_bytes(harmed)
        results = {}
        try:
            for name, command in (("search", [*ask, place.database]), ("check", ["check", "--database", place.database]),
                                  ("export", ["contacts", "export", "--database", place.database])):
                place.database.write_bytes(harmed)
                result = results[name] = place.huice.run(*command, timeout=90)
                if result.status < 0 or result.status >= 128:
                    raise Fault(f"{name} crashed: {result.status} {result.err[-300:]}")
                if result.status and result.err.count("\n") != 1:
                    raise Fault(f"{name} says: {result.err[:300]}")
            found = results["check"].status != 0
            if found and len(results["check"].text.splitlines()) > 20:
                raise Fault("check says too much")
            search = "refused" if results["search"].status else "right" if answers(results["search"]) == right else "WRONG"
            hits[f"search {search}, check {'finds' if found else 'passes'}"] += 1
            if search == "WRONG":
                hits[f"wrong: {kind}"] += 1
                if not found:
                    raise Fault("a wrong answer that check does not find")
            place.database.write_bytes(harmed)
            (place.folder / "one.txt").write_text(notice(999))
            written = place.huice.run("index", place.folder / "one.txt", "--database", place.database, timeout=90)
            if written.status < 0 or written.status >= 128:
                raise Fault(f"index crashed: {written.status} {written.err[-300:]}")
            if written.status == 0 and found:
                hits[f"index wrote into what check finds: {results['check'].text.strip()}"] += 1
            place.database.write_bytes(harmed)
            built = place.huice.run("index", place.live, "--rebuild", "--database", place.database, timeout=90)
            if built.status not in (0, 2) or built.status == 2 and "不是惠策" not in built.err and "升级" not in built.err:
                raise Fault(f"rebuild: {built.status} {built.err[-300:]}")
            if built.status == 0:
                place.check()
                kept = any(".damaged" in path.name for path in place.database.parent.iterdir())
                if not kept and len(place.state()["contacts"]) != 14:
                    raise Fault("contacts are lost without a word")
                hits["rebuilt, old file kept" if kept else "rebuilt"] += 1
        except (Fault, AssertionError, subprocess.TimeoutExpired) as fault:
            report("damage", f"{attempt} {kind}: {fault}")
    return hits


def main() -> int:
    parser = argparse.ArgumentParser()
    for name, most in (("kills", 200), ("renames", 50), ("damages", 200), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=most)
    options = parser.parse_args()
    faults = []

    def report(part, words):
        faults.append(words)
        print(f"FAULT {part} {words}", flush=True)

    for part in (kills, renames, damages):
        count = getattr(options, part.__name__)
        if not count:
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            hits = part(Place(Path(folder)), count, random.Random(options.seed), report)
            print(f"{part.__name__}: {count} in {time.monotonic() - begun:.0f} s", flush=True)
            for name, number in sorted(hits.items(), key=str):
                print(f"  {' '.join(name) if isinstance(name, tuple) else name}: {number}", flush=True)
    print(f"faults: {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
