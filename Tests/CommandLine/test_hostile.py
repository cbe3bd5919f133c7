"""Hostile files are read or refused in one line, in bounded time and memory, and nothing gets out of the working folder."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hostile_files import ESCAPE, OFFICE, READ, REFUSED
from program import assert_one_line, wait_until

#: For a file, by the program with all processes that it starts.
SECONDS, MEGABYTES = 30, 512
PAGE = os.sysconf("SC_PAGESIZE")
#: Of these all files are written that an office gets.
SPLIT = ["bomb_nested_zip", "bomb_of_blanks_in_archives_zip", "bomb_of_archives_of_one_zip", "bomb_of_documents_zip",
         "path_up_zip", "bomb_overlapping_zip", "entities_laughing_docx", "pages_in_a_circle_pdf", "pages_one_and_the_same_ofd",
         "deep_html", "table_huge_docx", "labels_without_end_txt", "characters_a_million_pdf", "path_of_60000_characters_zip"]


def memory(session: int) -> int:
    """Bytes that the processes of a session hold in memory, at least the peak of each."""
    total, peak, members = 0, 0, []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as facts:
                fields = facts.read().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            with open(f"/proc/{name}/status") as facts:
                held = dict(line.split(":", 1) for line in facts)
        except OSError:
            continue
        members.append(name)
        total += int(fields[21]) * PAGE
        peak = max(peak, int(held.get("VmHWM", "0 kB").split()[0]) * 1024)
    if total > MEGABYTES * 1_048_576:
        # A process that was just copied shares nearly all with the other one.
        total = sum(map(share, members))
    return max(total, peak)


def share(name: str) -> int:
    """Bytes of a process, what is shared divided by those that share it."""
    try:
        with open(f"/proc/{name}/smaps_rollup") as facts:
            return next(int(line.split()[1]) * 1024 for line in facts if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def snapshot(*folders) -> dict:
    """Every file below the folders with its size and the time of its last change."""
    facts = {}
    for folder in folders:
        for path in [folder, *Path(folder).rglob("*")]:
            found = path.lstat()
            # A folder changes also where a file was made in it and removed.
            facts[str(path)] = None if path.is_dir() else (found.st_mode, found.st_size, found.st_mtime_ns)
    return facts


def outside() -> set:
    """Names in the folders to which hostile paths and LibreOffice lead."""
    return {
        str(Path(folder) / name) for folder in ("/", "/tmp", "/etc", "/var/tmp", Path.home()) for name in os.listdir(folder)
        if ESCAPE in name or name.startswith(("lu", "OSL_PIPE", ".libreoffice"))}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A home, a folder for temporary files and a working folder, with a file in each."""
    place = tmp_path_factory.mktemp("hostile")
    for name in ("home", "temporary", "work"):
        (place / name).mkdir()
        (place / name / "own.txt").write_text("甲")
    return place


@pytest.fixture(scope="module")
def figures():
    """The most that any file took, shown at the end (pytest -s)."""
    figures = {}
    yield figures
    for title, index in (("MB", 0), ("s", 1)):
        most = sorted(figures.items(), key=lambda entry: -entry[1][index])[:12]
        print(f"\n{len(figures)} files, most {title}: " + ", ".join(f"{name} {facts[index]:.0f}" for name, facts in most))


def measured(huice, place, *command):
    """Runs the program in a session of its own; gives status, both outputs, megabytes and seconds."""
    environment = huice.environment | {"HOME": str(place / "home"), "TMPDIR": str(place / "temporary")}
    start, most = time.monotonic(), 0
    with open(place / "out", "w+b") as out, open(place / "err", "w+b") as err:
        process = subprocess.Popen(
            [huice.path, *map(str, command)], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=place / "work", env=environment,
            start_new_session=True)
        while True:
            most = max(most, memory(process.pid))
            done, status = os.waitpid(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - start > SECONDS:
                os.killpg(process.pid, signal.SIGKILL)
                _, status = os.waitpid(process.pid, 0)
                break
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, out.read(), err.read().decode(), most / 1_048_576, time.monotonic() - start


def hold(huice, place, figures, name, content, *command):
    """Runs a command on a hostile file and holds it to what every run is held to; gives status and both outputs."""
    path = place / f"{name}.{name.rpartition('_')[2]}"
    path.write_bytes(content)
    before, around = snapshot(place / "home", place / "temporary", place / "work"), outside()
    status, out, err, megabytes, seconds = measured(huice, place, command[0], path, *command[1:])
    path.unlink()
    figures[f"{command[0]} {name}"] = (megabytes, seconds)
    assert seconds <= SECONDS
    assert status in (0, 2), f"ended with {status}: {err[:400]}"
    assert megabytes <= MEGABYTES
    assert snapshot(place / "home", place / "temporary", place / "work") == before
    # LibreOffice of somebody else takes its files away when it ends.
    wait_until(lambda: outside() <= around)
    assert b"root:x:0:0" not in out
    if status == 0:
        assert out and not err
    else:
        for line in err.splitlines(keepends=True):
            assert_one_line(line)
            assert path.name in line and "请" in line
    return status, out, err


@pytest.mark.parametrize("name", REFUSED)
def test_refused(huice, place, figures, name):
    status, out, err = hold(huice, place, figures, name, REFUSED[name](), "parse")
    assert status == 2 and not out
    assert_one_line(err)


@pytest.mark.parametrize("name", READ)
def test_read(huice, place, figures, name):
    assert hold(huice, place, figures, name, READ[name](), "parse")[0] == 0


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", OFFICE)
def test_converted(huice, place, figures, name):
    _, out, err = hold(huice, place, figures, name, OFFICE[name](), "parse")
    assert bool(out) != bool(err)


@pytest.mark.parametrize("name", SPLIT)
def test_split(huice, place, figures, name):
    """Files are written into the folder that was named, and nowhere else."""
    folder = place / f"{name}-split"
    content = (REFUSED | READ)[name]()
    status, _, err = hold(huice, place, figures, name, content, "split", "--out", folder)
    assert status == (2 if name in REFUSED else 0)
    written = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    assert bool(written) == (status == 0)
    assert bool(err) == (status == 2)
    shutil.rmtree(folder, ignore_errors=True)


def test_there_are_more_than_forty():
    assert len(REFUSED | READ | OFFICE) == len(REFUSED) + len(READ) + len(OFFICE) > 40
