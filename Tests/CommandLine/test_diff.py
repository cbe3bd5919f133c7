"""`huice diff`: what a second version changes, for people and for programs."""

import pytest
from program import CORPUS, assert_refused, corpus_files

OLD = """澜川市支持企业研发若干措施

第一条　支持研发投入。对企业按上年度研发投入的8%给予补助，最高不超过300万元。
第二条　支持平台建设。对新认定的市级平台，给予一次性奖励20万元。
第三条　支持成果转化。对企业购买科技成果的，按技术交易额的10%给予补助，最高50万元。
第四条　加强监督检查。市科技局每年组织一次抽查，发现问题的及时整改。
第五条　本措施自2024年1月1日起施行，有效期至2026年12月31日。
"""
NEW = """澜川市支持企业研发若干措施

第一条　支持研发投入。对企业按上年度研发投入的8%给予补助，最高不超过500万元。
第二条　支持成果转化。对企业购买科技成果的，按技术交易额的10%给予补助，最高50万元。
第三条　支持国际合作。对企业在境外设立研发中心的，给予一次性奖励30万元。
第四条　加强监督检查。市科技局每年组织一次抽查，发现问题的及时整改。
第五条　本措施自2024年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture
def versions(tmp_path):
    old, new = tmp_path / "旧.txt", tmp_path / "新.txt"
    old.write_text(OLD)
    new.write_text(NEW)
    return old, new


def test_for_people(huice, versions):
    lines = huice.ok("diff", *versions).text.splitlines()
    assert lines[0] == "共 4 处变化：新增 1，删除 1，修改 2，移动 0。另有 1 条只是编号变了。"
    words = "\n".join(lines)
    assert "上限 300万元 → 500万元" in words
    assert "有效期延至 2028-12-31（原 2026-12-31）" in words
    assert "新增  3 第三条" in words and "删除  2 第二条" in words


def test_for_programs(huice, versions):
    record = huice.ok("diff", *versions, "--format", "json").json
    assert record["schema"] == "huice.diff/1"
    assert record["counts"] == {"added": 1, "removed": 1, "modified": 2, "moved": 0, "renumbered": 1}
    # Every span is its text, in the version that it is of.
    seen = 0

    def check(words, text):
        nonlocal seen
        if words:
            start, end = words["span"]
            assert text[start:end] == words["text"]
            seen += 1

    for change in record["changes"]:
        for side in ("old", "new"):
            text = record[side]["text"]
            check(change[side], text)
            for edit in change["edits"]:
                check(edit[side], text)
            for effect in change["effects"]:
                if effect[side] and effect[side]["span"]:
                    start, end = effect[side]["span"]
                    assert text[start:end] == effect[side]["text"]
    assert seen >= 8
    cap = next(effect for change in record["changes"] for effect in change["effects"] if effect["subject"] == "cap")
    assert (cap["old"]["value"], cap["new"]["value"], cap["words"]) == ("300万元", "500万元", "上限 300万元 → 500万元")


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.stem)
def test_a_file_does_not_differ_from_itself(huice, path):
    assert huice.ok("diff", path, path).text == "没有文字变化。\n"


def test_another_form_is_no_change(huice, versions, tmp_path):
    other = tmp_path / "a.html"
    paragraphs = "".join(f"<p>{line.replace('300', '３００')}</p>" for line in OLD.splitlines())
    other.write_text(f"<html><body>{paragraphs}</body></html>")
    assert huice.ok("diff", versions[0], other).text == "没有文字变化。\n"


def test_one_version_from_standard_input(huice, versions):
    with open(versions[0], "rb") as stream:
        assert "共 4 处变化" in huice.ok("diff", "-", versions[1], stdin=stream).text


def test_refusals_name_the_file(huice, versions, tmp_path):
    picture = tmp_path / "图.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    for command in ([versions[0], picture], [picture, versions[0]], [versions[0], tmp_path / "无.txt"]):
        result = huice.run("diff", *command)
        assert_refused(result)
        assert "图.png" in result.err or "无.txt" in result.err


def test_two_documents_that_have_nothing_in_common(huice):
    record = huice.ok(
        "diff", CORPUS / "lanchuan/feizhi-tongzhi-2025.txt", CORPUS / "songling/lvse-zhizao-2025.md",
        "--format", "json").json
    assert record["counts"]["added"] > 5 and record["counts"]["moved"] == 0


@pytest.mark.parametrize("day, cut", [
    ("2026年7月31日", "2026年7\n月31日"), ("2026年7月31日", "2026年\n7月31日"), ("2026年7月31日", "2026年7月\n31日"),
    ("2026年7月31日", "2026\n年7月31日"), ("2026年7月31日", "20\n26年7月31日"), ("2026年7月31日", "2026年7月3\n1日"),
    ("2026年7月31日", "2026 年 7 月 31 \n 日"), ("2026年7月31日", "2026年7月\r\n31日"), ("2026年12月1日", "2026年1\n2月1日"), ("2026年7月底", "2026年7\n月底"),
    ("二〇二六年七月三十一日", "二〇二六年七月三\n十一日")])
def test_a_date_that_a_line_break_cuts_is_read(huice, tmp_path, day, cut):
    old, whole, broken = tmp_path / "旧.txt", tmp_path / "整.txt", tmp_path / "断.txt"
    old.write_text(OLD)
    whole.write_text(OLD.replace("2026年12月31日", day))
    broken.write_bytes(OLD.replace("2026年12月31日", cut).encode())
    until = [huice.parse(path)["metadata"]["effectiveUntil"] for path in (whole, broken)]
    assert until[0] and until[0]["value"] == until[1]["value"] < "2026-12-31"
    effect = next(line for line in huice.ok("diff", old, broken).text.splitlines() if "有效期" in line and until[0]["value"] in line)
    assert "原 2026-12-31" in effect
    start, end = until[1]["span"]
    assert huice.parse(broken)["text"][start:end].replace("\r", "").endswith(cut.replace("\r", ""))


@pytest.mark.parametrize("words", ["有效期至2026年12月31日\n2、其他事项", "有效期至2026年\n二、附则7月", "有效期2年\n2026年7月31日", "施行期限见2026\n12年计划"])
def test_a_line_break_beside_a_date_joins_nothing(huice, tmp_path, words):
    path = tmp_path / "a.txt"
    path.write_text(OLD.replace("有效期至2026年12月31日", words))
    until = huice.parse(path)["metadata"]["effectiveUntil"]
    assert not until or until["value"] in ("2026-12-31", "2025-12-31")
