"""`huice split`: the office's lists in a folder, each the same as its source says, and nothing written over."""
import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html

from program import assert_one_line, assert_refused, corpus_files

FILES = {"惠企政策兑现事项清单.xlsx", "惠企政策兑现事项清单.csv", "惠企政策兑现事项清单.json", "服务指南.docx", "服务指南.xlsx", "政策解读.docx",
         "政策解读.xlsx", "一表读懂.html", "明白卡.html", "政策文件.akn.xml", "拆解.json"}
GUIDE = ["事项名称", "依据", "条件", "支持行业", "申请材料", "办理时限", "兑现流程", "实施部门", "咨询电话"]
READING = ["政策兑现事项名称", "支持内容", "责任部门", "支持范围", "办理条件", "兑现流程", "咨询电话"]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTICE = next(path for path in corpus_files() if path.name == "keji-chuangxin-2025.txt")


def names(folder: Path) -> set:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def word_tables(path: Path) -> list:
    """The tables of a Word file: rows of two cells."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        body = etree.fromstring(archive.read("word/document.xml"))
    return [[["\n".join("".join(p.itertext()) for p in cell.iter(WORD + "p")) for cell in row.iter(WORD + "tc")]
             for row in table.iter(WORD + "tr")] for table in body.iter(WORD + "tbl")]


def test_every_list_of_every_document(huice, tmp_path):
    files = corpus_files()
    result = huice.ok("split", *files, "--out", tmp_path / "out")
    assert re.fullmatch(rf"拆解 {len(files)}，事项 \d+，失败 0。写在 .*/out\n", result.text)
    folders = sorted(path for path in (tmp_path / "out").iterdir() if path.is_dir())
    assert [path.name for path in folders] == sorted(path.stem for path in files)
    assert names(tmp_path / "out") == {f"{folder.name}/{name}" for folder in folders for name in FILES} | {
        "全部惠企政策兑现事项清单.xlsx", "全部惠企政策兑现事项清单.csv"}
    together = 0
    for path in files:
        folder = tmp_path / "out" / path.stem
        document = json.loads((folder / "拆解.json").read_bytes())
        assert document == huice.parse(path)
        assert (folder / "惠企政策兑现事项清单.csv").read_bytes() == huice.ok("export", path, "--format", "csv").out
        assert [json.loads((folder / "惠企政策兑现事项清单.json").read_bytes())] == huice.ok("export", path, "--format", "json").json
        assert (folder / "政策文件.akn.xml").read_bytes() == huice.ok("parse", path, "--format", "akn").out
        items = document["items"]
        together += len(items)
        for name, columns in (("服务指南.docx", GUIDE), ("政策解读.docx", READING)):
            tables = word_tables(folder / name)
            assert len(tables) == len(items)
            for table, item in zip(tables, items):
                assert [row[0] for row in table] == columns
                assert table[0][1] == item["name"]["value"]
        page = html.fromstring((folder / "一表读懂.html").read_text())
        assert len(page.findall(".//tbody/tr")) == len(items)
        assert not page.xpath("//script | //link | //img | //*[@src]"), "a page of its own loads nothing"
        cards = html.fromstring((folder / "明白卡.html").read_text()).findall(".//article")
        assert [card.findtext("h2") for card in cards] == [item["name"]["value"] for item in items]
    rows = list(csv.reader(io.StringIO((tmp_path / "out" / "全部惠企政策兑现事项清单.csv").read_text("utf-8-sig"))))
    assert len(rows) == together + 1


def test_the_same_file_gives_the_same_bytes(huice, tmp_path):
    for name in "ab":
        huice.ok("split", NOTICE, "--out", tmp_path / name)
    for path in (tmp_path / "a").rglob("*"):
        # The library that writes workbooks puts the time into them.
        if path.is_file() and path.suffix != ".xlsx":
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_documents(huice, tmp_path):
    huice.ok("split", NOTICE, "--out", tmp_path / "out")
    folder = tmp_path / "out" / NOTICE.stem
    document = huice.parse(NOTICE)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "txt:Text (encoded):UTF8",
         "--outdir", tmp_path, folder / "服务指南.docx", folder / "政策解读.docx"], check=True, capture_output=True, timeout=180)
    for name, columns in (("服务指南", GUIDE), ("政策解读", READING)):
        words = (tmp_path / f"{name}.txt").read_text("utf-8-sig")
        lines = [line.strip() for line in words.splitlines()]
        for column in columns:
            assert lines.count(column) == len(document["items"]), column
        for item in document["items"]:
            assert f"{item['name']['value']}" in words
    # What we write we read: the lists come back as a document.
    assert huice.parse(folder / "服务指南.docx")["source"]["mediaType"].endswith("wordprocessingml.document")


def test_nothing_is_written_over(huice, tmp_path):
    out = tmp_path / "out"
    huice.ok("split", NOTICE, "--out", out)
    kept = out / NOTICE.stem / "服务指南.docx"
    kept.write_bytes(b"mine")
    result = huice.run("split", NOTICE, "--out", out)
    assert result.status == 2 and "--force" in result.err
    assert_one_line(result.err)
    assert kept.read_bytes() == b"mine"
    huice.ok("split", NOTICE, "--out", out, "--force")
    assert kept.read_bytes()[:2] == b"PK"


def test_a_bad_file_among_good_ones(huice, tmp_path):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    result = huice.run("split", NOTICE, bad, tmp_path / "没有.docx", "--out", tmp_path / "out")
    assert result.status == 2
    assert result.text.startswith("拆解 1，") and "失败 2" in result.text
    lines = result.err.splitlines()
    assert len(lines) == 2 and any("坏.docx" in line for line in lines) and any("没有.docx" in line for line in lines)
    assert names(tmp_path / "out") == {f"{NOTICE.stem}/{name}" for name in FILES}


def test_an_archive_with_paths_of_all_kinds(huice, tmp_path):
    archive = tmp_path / "包.zip"
    words = NOTICE.read_text()
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("a/通知.txt", "b/通知.txt", "../逃.txt", "c/.隐藏.txt", "d/图.png", "d/通*知?.txt"):
            file.writestr(name, words if name.endswith(".txt") else b"\x89PNG\r\n\x1a\n")
    result = huice.run("split", archive, "--out", tmp_path / "out")
    assert result.status == 2 and "逃.txt" in result.err
    folders = {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()}
    assert folders == {"通知", "通知-2", "通_知_"}
    assert {path.name for path in tmp_path.iterdir()} == {"包.zip", "out"}


def test_a_folder_that_cannot_be_written(huice, tmp_path):
    (tmp_path / "out").write_text("a file")
    result = huice.run("split", NOTICE, "--out", tmp_path / "out")
    assert_refused(result)
    assert result.status == 2


def test_usage(huice, tmp_path):
    assert huice.run("split", NOTICE).status == 64
    assert huice.run("split", "--out", tmp_path / "out").status == 64


def test_thousands_of_grants_in_one_clause(huice, tmp_path):
    """Each item was given every department of its clause: a megabyte took 13 s and 3 GB."""
    grants = [f"对首次认定的第{number * 7919 % 99991}类企业，给予一次性奖励{number % 400 + 1}万元。（责任单位：市科技局）\n" for number in range(8_000)]
    file = tmp_path / "长.txt"
    file.write_text("关于支持企业的若干措施\n\n一、支持企业\n" + "".join(grants))
    found = huice.ok("export", file, "--format", "csv", processor=10).out
    table = list(csv.reader(io.StringIO(found.decode("utf-8-sig"))))
    assert len(table) > 7_900 and {row[11] for row in table[1:]} == {"市科技局"}
    assert len(found) < 12 * file.stat().st_size


def test_a_document_without_items(huice, tmp_path):
    file = tmp_path / "空.txt"
    file.write_text("关于召开会议的通知\n\n定于周三开会。\n")
    huice.ok("split", file, "--out", tmp_path / "out")
    assert "没有写明可以兑现的支持事项" in (tmp_path / "out/空/一表读懂.html").read_text()
    assert word_tables(tmp_path / "out/空/服务指南.docx") == []
    assert len((tmp_path / "out/空/惠企政策兑现事项清单.csv").read_text("utf-8-sig").splitlines()) == 1


def test_words_are_never_markup(huice, tmp_path):
    file = tmp_path / "标.txt"
    file.write_text("澜川市支持企业若干措施\n\n一、甲&乙<u>奖励\n对首次认定的<i>\"甲&乙\"企业，给予一次性奖励20万元。\n二、其他\n对新入库企业给予奖励5万元。\n")
    huice.ok("split", file, "--out", tmp_path / "out")
    for name in ("一表读懂.html", "明白卡.html"):
        words = (tmp_path / "out/标" / name).read_text()
        assert "<i>" not in words and "<u>" not in words and "&lt;i&gt;" in words
    assert any("<i>" in cell for table in word_tables(tmp_path / "out/标/服务指南.docx") for row in table for cell in row)
