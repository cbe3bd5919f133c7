"""Files that LibreOffice makes of known content give the tree of the known content, whatever their format."""

import shutil
import subprocess
import zipfile

import pytest
from program import assert_refused

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")

#: The content as a reader sees it.
KNOWN = """澜川市支持专精特新企业发展若干措施
各县（区）人民政府，市政府各部门：
为支持专精特新企业发展，制定以下措施。
一、加大奖补力度
（一）认定奖励。按照下列标准执行：
1.首次认定的国家级企业，给予一次性奖励50万元。
2.首次认定的省级企业，给予一次性奖励20万元。
（二）设备补助。对购置设备的企业，按投资额的10%给予补助，最高不超过100万元。（责任单位：市工业和信息化局）
二、申报和兑现
（一）申报时间。每年3月1日至4月30日申报。
（二）同一项目不重复支持。
三、本措施自2026年1月1日起施行，有效期至2028年12月31日。
澜川市人民政府办公室
2025年12月20日
"""
SPACES = " ".join(
    f'xmlns:{short}="{long}"' for short, long in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "dc": "http://purl.org/dc/elements/1.1/"}.items())
LEVELS = [("一, 二, 三, ...", "", "、"), ("一, 二, 三, ...", "（", "）"), ("1", "", ".")]


def listed(level, *items) -> str:
    """A list; an item is its words, or its words and the list below them."""
    rows = []
    for item in items:
        words, below = item if isinstance(item, tuple) else (item, "")
        rows.append(f"<text:list-item><text:p>{words}</text:p>{below}</text:list-item>")
    name = ' text:style-name="L1"' if level == 1 else ""
    return f"<text:list{name}>{''.join(rows)}</text:list>"


def opened(body: str, changes: str = "") -> str:
    """A flat OpenDocument text whose lists number themselves on three levels."""
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-prefix="{before}"'
        f' style:num-suffix="{after}" text:start-value="1"><style:list-level-properties'
        ' text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment'
        ' text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number>'
        for level, (form, before, after) in enumerate(LEVELS, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        f'<text:list-style style:name="L1">{levels}</text:list-style></office:automatic-styles><office:body>'
        f"<office:text>{changes}{body}</office:text></office:body></office:document>")


def lines(*words) -> str:
    return "".join(f"<text:p>{line}</text:p>" for line in words)


def numbered(prize: str = "首次认定的国家级企业，给予一次性奖励50万元。", note: str = "") -> str:
    """The known content, every label of a clause made by the office program."""
    known = KNOWN.splitlines()
    body = listed(
        1,
        ("加大奖补力度", listed(
            2, ("认定奖励。按照下列标准执行：", listed(3, prize, "首次认定的省级企业，给予一次性奖励20万元。")),
            known[7].removeprefix("（二）") + note)),
        ("申报和兑现", listed(2, "申报时间。每年3月1日至4月30日申报。", "同一项目不重复支持。")),
        known[11].removeprefix("三、"))
    return lines(*known[:3]) + body + lines(*known[-2:])


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """Saves a flat OpenDocument text in another format."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(source: str, form: str, folder):
        path = folder / "known.fodt"
        path.write_text(source, encoding="utf-8")
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", form, "--outdir", folder, path],
            check=True, capture_output=True, timeout=120)
        return folder / f"known.{form}"

    return convert


def tree(document) -> list:
    """Each clause with its depth, label, heading and words, white space left out; then the head."""
    rows = []

    def walk(nodes, depth):
        for node in nodes:
            start, end = node["span"]
            rows.append((depth, node["label"], "".join(document["text"][start:end].split())))
            walk(node["children"], depth + 1)

    walk(document["outline"], 0)
    head = document["metadata"]
    facts = [head[key]["value"] for key in ("title", "signedOn", "effectiveFrom", "effectiveUntil")]
    return rows + [facts, [issuer["value"] for issuer in head["issuers"]]]


@pytest.fixture(scope="module")
def known(huice, tmp_path_factory):
    path = tmp_path_factory.mktemp("known") / "known.txt"
    path.write_text(KNOWN, encoding="utf-8")
    found = tree(huice.parse(path))
    assert [row[1] for row in found[:-2]] == ["一、", "（一）", "1.", "2.", "（二）", "二、", "（一）", "（二）", "三、"]
    return found


@pytest.mark.parametrize("form", ["docx", "doc", "odt", "pdf"])
def test_numbers_that_the_program_makes(huice, convert, known, tmp_path, form):
    assert tree(huice.parse(convert(opened(numbered()), form, tmp_path))) == known


@pytest.mark.parametrize("made", [True, False], ids=["numbers that the program makes", "typed numbers"])
def test_rich_text(huice, convert, known, tmp_path, made):
    """LibreOffice writes brackets of an automatic number into RTF in half width, and 、 as a question mark."""
    source = numbered() if made else lines(*KNOWN.splitlines())
    found = tree(huice.parse(convert(opened(source), "rtf", tmp_path)))
    if not made:
        assert found == known
        return
    widen = {ord("("): "（", ord(")"): "）"}
    assert [[part.translate(widen) if isinstance(part, str) else part for part in row] for row in found] == [list(row) for row in known]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_tracked_changes_are_taken_as_accepted(huice, convert, known, tmp_path, form):
    about = "<office:change-info><dc:creator>甲</dc:creator><dc:date>2025-12-01T10:00:00</dc:date></office:change-info>"
    changes = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>{about}<text:p>30万元</text:p></text:deletion>'
        f'</text:changed-region><text:changed-region text:id="c2"><text:insertion>{about}</text:insertion></text:changed-region>'
        "</text:tracked-changes>")
    prize = (
        '首次认定的国家级企业，给予一次性奖励<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>50万元'
        '<text:change-end text:change-id="c2"/>。')
    assert tree(huice.parse(convert(opened(numbered(prize), changes), form, tmp_path))) == known


@pytest.mark.parametrize("form", ["docx", "doc", "odt"])
def test_footnotes_stand_apart(huice, convert, known, tmp_path, form):
    note = (
        '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>投资额不含税。</text:p></text:note-body></text:note>")
    document = huice.parse(convert(opened(numbered(note=note)), form, tmp_path))
    assert "投资额不含税" in document["text"]
    assert [row[:2] for row in tree(document)[:-2]] == [row[:2] for row in known[:-2]]
    for found, expected in zip(tree(document)[:-2], known[:-2]):
        assert "投资额不含税" not in found[2]
        assert found[2].replace("[1]", "").replace("①", "") == expected[2]


@pytest.mark.parametrize("form", ["docx", "doc", "odt"])
def test_tables_become_clauses(huice, convert, tmp_path, form):
    rows = [
        ["序号", "项目", "政策条款", "责任科室", "联系电话"],
        ["1", "设备补助", "对购置设备的企业，按投资额的10%给予补助，最高不超过100万元。", "技术改造科", "0799-5550101"],
        ["2", "认定奖励", "对首次认定的省级企业，给予一次性奖励20万元。", "中小企业科", "0799-5550102"]]
    table = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>" for row in rows)
    body = lines("澜川市惠企政策清单") + f'<table:table><table:table-column table:number-columns-repeated="5"/>{table}</table:table>'
    items = huice.parse(convert(opened(body), form, tmp_path))["items"]
    assert [item["name"]["value"] if isinstance(item["name"], dict) else item["name"] for item in items] == ["设备补助", "认定奖励"]
    for item, row in zip(items, rows[1:]):
        words = str(item)
        assert row[3] in words and row[4] in words


@pytest.mark.parametrize("content", [b"<\0\0\0\0", b"<\0\0\0?\0\0\0" + b"\0" * 40, b"\xff\xfe\0\0" + b"\0\xd8\0\0" * 8], ids=["cut", "utf32", "surrogates"])
def test_xml_in_no_encoding_is_refused_in_one_line(huice, tmp_path, content):
    """Found by scripts/fuzz: the XML library spoke for itself on standard error."""
    path = tmp_path / "broken.ofd"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("OFD.xml", content)
    assert_refused(huice.run("parse", path))
