"""What a conversion leaves when its program is killed goes with the next start: a file of somebody must not stay."""

import os
import shutil
import subprocess

import pytest
from program import Server, wait_until

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@pytest.fixture
def temporary(huice, tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setitem(huice.environment, "TMPDIR", str(folder))
    return folder


def folders(temporary) -> list:
    return [path for path in temporary.iterdir() if path.name.startswith("huice-") and (path / ".owner").exists()]


def killed(huice, tmp_path, temporary):
    """Kills a conversion as soon as the file stands in its folder; what it started is ended too."""
    (tmp_path / "a.rtf").write_text("{\\rtf1 " + "\\u19968? " * 200_000 + "}")
    process = huice.start("parse", tmp_path / "a.rtf", start_new_session=True)
    wait_until(lambda: folders(temporary) and list(folders(temporary)[0].glob("in.*")))
    process.kill()
    process.communicate()
    folder = folders(temporary)[0]
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.readlink(f"/proc/{entry}/cwd").startswith(str(folder)):
                os.kill(int(entry), 9)
        except OSError:
            pass
    return folder


def test_the_next_start_of_the_server_removes_it(huice, corpus_database, tmp_path, temporary):
    folder = killed(huice, tmp_path, temporary)
    def is_gone():
        Server(huice, corpus_database).stop()
        return not folder.exists()
    wait_until(is_gone)


def test_the_next_conversion_removes_it(huice, tmp_path, temporary):
    folder = killed(huice, tmp_path, temporary)
    (tmp_path / "b.rtf").write_text("{\\rtf1 \\u19968? }")
    def is_gone():
        huice.run("parse", tmp_path / "b.rtf")
        return not folder.exists()
    wait_until(is_gone)
    assert list(temporary.iterdir()) == []


def test_folders_of_others_and_of_those_at_work_stay(huice, tmp_path, temporary):
    (temporary / "huice-backup").mkdir(mode=0o700)
    work = temporary / "huice-abcdef"
    work.mkdir(mode=0o700)
    (work / ".owner").touch()
    holder = subprocess.Popen(["flock", work / ".owner", "-c", "echo; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    (tmp_path / "b.rtf").write_text("{\\rtf1 \\u19968? }")
    huice.run("parse", tmp_path / "b.rtf")
    assert sorted(path.name for path in temporary.iterdir()) == ["huice-abcdef", "huice-backup"]
    holder.communicate(b"\n")
    huice.run("parse", tmp_path / "b.rtf")
    assert sorted(path.name for path in temporary.iterdir()) == ["huice-backup"]
