"""`huice contacts`: a sheet in, the same sheet out; bad sheets change nothing."""

import pytest

from program import CORPUS, ROOT, assert_one_line

SHEET = ROOT / "samples" / "contacts.csv"


def test_there_and_back(huice, database):
    out = huice.ok("contacts", "import", SHEET, "--database", database).text
    assert out == "导入 14 条，现有 14 条。\n"
    first = huice.ok("contacts", "export", "--database", database)
    assert first.out.startswith(b"\xef\xbb\xbf")
    copy = database.parent / "copy.csv"
    copy.write_bytes(first.out)
    huice.ok("contacts", "import", copy, "--database", database, "--replace")
    assert huice.ok("contacts", "export", "--database", database).out == first.out


@pytest.mark.parametrize("body,line", [
    ("部门,电话\n甲局,1\n", 1), ("{head}\n某市,,,,0000-1,,,,\n", 2), ("{head}\n某市,甲局,,,,,,,\n", 2),
    ("{head}\n某市,甲局,,,0000-1,,,明年,\n", 2), ("{head}\n某市,甲局,,,0000-1,,,,\n某市,乙局\n", 3)])
def test_bad_sheet_changes_nothing(huice, database, tmp_path, body, line):
    huice.ok("contacts", "import", SHEET, "--database", database)
    before = huice.ok("contacts", "export", "--database", database).out
    head = "地区,部门,别名,联系事项,电话,地址,办公时间,有效期至,来源"
    bad = tmp_path / "bad.csv"
    bad.write_text(body.replace("{head}", head), encoding="utf-8")
    result = huice.run("contacts", "import", bad, "--database", database, "--replace")
    assert result.status == 2
    assert_one_line(result.err)
    assert f"第 {line} 行" in result.err
    assert huice.ok("contacts", "export", "--database", database).out == before


def test_contacts_outlive_a_rebuild(huice, database):
    huice.ok("contacts", "import", SHEET, "--database", database)
    huice.ok("index", "--rebuild", CORPUS, "--database", database)
    assert huice.ok("contacts", "export", "--database", database).text.count("\n") == 15
