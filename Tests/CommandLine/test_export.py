"""`huice export`: the lists that offices fill, held against the published schema and against LibreOffice."""
import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from program import ROOT, assert_refused, corpus_files

COLUMNS = ["事项名称", "事项依据", "事项内容", "适用对象", "适用时间", "申请条件", "申请材料", "申请方式", "办结时限",
           "政策分类", "公布网址", "执行部门", "联系人", "联系方式"]
SCHEMA = json.loads((ROOT / "schema" / "item.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def rows(text: str) -> list:
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def lists(words: bytes) -> list:
    found = json.loads(words)
    return found if isinstance(found, list) else [found]


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_items_follow_the_schema(huice, path):
    document = huice.parse(path)
    for record in lists(huice.ok("export", path, "--format", "json").out):
        VALIDATOR.validate(record)
        assert record["items"] == document["items"]
        for item in record["items"]:
            for element in item["elements"].values():
                if element.get("span"):
                    start, end = element["span"]
                    assert document["text"][start:end] == element["text"]
            assert item["elements"]["事项名称"]["value"] == item["name"]["value"]


def test_csv_has_the_fourteen_columns(huice):
    table = rows(huice.ok("export", *corpus_files(), "--format", "csv").out.decode("utf-8"))
    head = [name for name in table[0] if name in COLUMNS]
    assert head == COLUMNS
    assert len(table) > 100
    assert all(len(row) == len(table[0]) for row in table)
    silent = [cell for row in table[1:] for cell in row if cell == "文中未载明"]
    assert silent, "what the text does not say is said to be so"
    assert not [row for row in table[1:] if not all(row[table[0].index(name)] for name in COLUMNS)]


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_cells_are_never_formulas(huice, tmp_path, words):
    file = tmp_path / "a.txt"
    file.write_text(f"澜川市支持企业若干措施\n\n一、{words}奖励\n对{words}企业，给予一次性奖励20万元。对其他企业，给予10万元奖励。\n")
    for row in rows(huice.ok("export", file, "--format", "csv").out.decode("utf-8"))[1:]:
        assert not [cell for cell in row if cell[:1] in "=@+-"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_cells(huice, tmp_path):
    files = corpus_files()[:12]
    written = rows(huice.ok("export", *files, "--format", "csv").out.decode("utf-8"))
    huice.ok("export", *files, "--format", "xlsx", "--output", tmp_path / "list.xlsx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", tmp_path,
         tmp_path / "list.xlsx"],
        check=True, capture_output=True, timeout=180)
    found = list(tmp_path.glob("list*.csv"))
    assert len(found) == 1
    assert rows(found[0].read_text(encoding="utf-8")) == written


def test_a_workbook_needs_a_file(huice):
    assert huice.run("export", corpus_files()[0], "--format", "xlsx").status == 64


def test_a_file_that_is_not_there(huice, tmp_path):
    assert_refused(huice.run("export", tmp_path / "none.txt"))


def test_one_bad_file_does_not_stop_the_rest(huice, tmp_path):
    bad = tmp_path / "a.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    result = huice.run("export", bad, corpus_files()[0], "--format", "csv")
    assert result.status == 2
    assert len(rows(result.out.decode("utf-8"))) > 1
    assert "a.png" in result.err


def test_the_other_lists(huice):
    for name, columns in [("guide", 9), ("reading", 7)]:
        table = rows(huice.ok("export", corpus_files()[0], "--format", "csv", "--list", name).out.decode("utf-8"))
        assert len(table[0]) >= columns
