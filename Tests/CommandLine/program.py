"""The huice binary under test, and what its answers are held to."""

import json
import os
import re
import resource
import selectors
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
#: What a person can do nothing with: types and traces of Swift, SQL, addresses of the source.
INSIDES = re.compile(
    r"Error Domain|NSUnderlying|Fatal error|Backtrac|\.swift\b|\bSwift\.|\b[A-Z][a-z]+[A-Z]\w*(Error|\.)|SQLITE_|\bSELECT\b"
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def find_binary() -> Path:
    """$HUICE, else the newer of the debug and the release build."""
    named = os.environ.get("HUICE")
    if named:
        return Path(named).resolve()
    built = [ROOT / ".build" / kind / "huice" for kind in ("debug", "release")]
    built = [path for path in built if path.is_file()]
    if not built:
        raise FileNotFoundError("没有 huice。请先 swift build，或用环境变量 HUICE 指定。")
    return max(built, key=lambda path: path.stat().st_mtime)


@dataclass
class Result:
    """What a command left behind."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self) -> list:
        """Standard output as JSON, a value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """Runs the binary. It is copied first, so that a build that runs meanwhile changes nothing."""

    def __init__(self, folder: Path):
        source = find_binary()
        self.is_debug = "debug" in source.parts
        self.path = folder / "huice"
        shutil.copy2(source, self.path)
        # A crash is reported by its signal; the long backtrace only costs time.
        self.environment = dict(os.environ, SWIFT_BACKTRACE="enable=no", LC_ALL="C.UTF-8")

    def run(self, *arguments, timeout=120, processor=None, **options) -> Result:
        """Runs it to its end, with at most so many seconds of the processor where that is said."""
        if processor:
            options["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
        done = subprocess.run(
            [self.path, *map(str, arguments)], stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=options.pop("stdout", subprocess.PIPE), stderr=options.pop("stderr", subprocess.PIPE),
            timeout=timeout, env=self.environment, **options)
        return Result(done.returncode, done.stdout or b"", (done.stderr or b"").decode(errors="replace"))

    def ok(self, *arguments, **options) -> Result:
        result = self.run(*arguments, **options)
        assert result.status == 0, f"status {result.status}: {result.err}"
        return result

    def start(self, *arguments, **options) -> subprocess.Popen:
        return subprocess.Popen(
            [self.path, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=self.environment, **options)

    def parse(self, path, **options) -> dict:
        return self.ok("parse", path, "--format", "json", **options).json

    def index(self, *paths, database, **options) -> dict:
        """Indexes, and gives the four counts of the last line."""
        return counts(self.ok("index", *paths, "--database", database, **options).out)

    def search(self, words, database, *options) -> dict:
        return self.ok(
            "search", "--database", database, "--format", "json", *options, "--", words).json


class Server:
    """A `huice serve` on a port of its own choosing."""

    def __init__(self, program: Program, database):
        self.process = program.start("serve", "--database", database, "--host", "127.0.0.1", "--port", "0")
        line = read_line(self.process.stdout, seconds=30)
        found = re.fullmatch(r"惠策已启动：(http://127\.0\.0\.1:\d+)/\n", line)
        assert found, f"not the line of a server that started: {line!r}"
        self.url = found[1]

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        return self.process.returncode

    close = stop


def read_line(stream, seconds: float) -> str:
    """The next line of a pipe; an empty one where none comes in time."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        if not selector.select(seconds):
            return ""
    return stream.readline().decode()


def wait_until(condition, seconds: float = 30):
    """What `condition` gives once it gives something; asks again at once, does not sleep."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
    raise AssertionError("that did not come about in time")


def counts(out: bytes) -> dict:
    """The counts in the one line that indexing prints."""
    found = re.fullmatch(r"新增 (\d+)，更新 (\d+)，未变 (\d+)，失败 (\d+)。\n", out.decode())
    assert found, f"not the line of counts: {out.decode()!r}"
    return dict(zip(("added", "changed", "unchanged", "failed"), map(int, found.groups())))


def assert_one_line(words: str):
    """One line in Chinese that says nothing of the program's inside."""
    assert words.endswith("\n") and words.count("\n") == 1, f"not one line: {words[:400]!r}"
    assert HAN.search(words), f"not Chinese: {words!r}"
    assert not INSIDES.search(words), f"shows the program's inside: {words!r}"


def assert_refused(result: Result):
    """A failure: a status of its own (which one, test_statuses.py says) and one line."""
    assert result.status > 0, f"status {result.status}, {result.text[:200]!r} {result.err[:400]!r}"
    assert not result.out, f"answered all the same: {result.out[:200]!r}"
    assert_one_line(result.err)


def corpus_files() -> list:
    """The documents of the sample corpus."""
    return sorted(
        path for path in CORPUS.rglob("*") if path.suffix in (".txt", ".md", ".html") and path.name != "README.md")
