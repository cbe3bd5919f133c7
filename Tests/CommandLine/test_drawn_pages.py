"""Drawn pages (OFD, PDF) that are made of known content give the whole tree of the known content, in reading order."""

import shutil
import zipfile

import pytest
from test_office import KNOWN, SPACES, convert, known, lines, tree  # noqa: F401 (fixtures)

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
#: Millimetres: the size of a character, and the step from line to line.
SIZE, STEP = 5, 8
LONG = (
    "（二）设备补助。对购置先进设备、开展数字化改造的企业，按设备投资额的10%给予补助，同一企业每年最高不超过100万元，三年累计最高不超过200万元。")


def width(words: str) -> float:
    """In Han characters."""
    return sum(0.5 if ord(sign) < 0x250 else 1 for sign in words)


def wrapped(words: str, most: int) -> list:
    """The lines of a paragraph with their indents, the first two characters in."""
    rows, line, indent = [], "", 2
    for sign in words:
        if indent + width(line + sign) > most:
            rows.append((indent, line))
            line, indent = "", 0
        line += sign
    return [*rows, (indent, line)]


def drawn(words: str, x: float, y: float) -> str:
    """A line; letters and digits are half as wide as Han characters."""
    steps = " ".join(str(SIZE * width(sign)) for sign in words)
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} {width(words) * SIZE} {SIZE + 1}" Font="1" Size="{SIZE}"><ofd:TextCode X="0" Y="{SIZE * 0.9}" '
        f'DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>')


def ofd(path, *pages):
    """Writes a file with a signature and two attachments; a page is a list of lines with their places."""
    def xml(name, content):
        archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        xml("OFD.xml", f'<ofd:OFD {OFD} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
                       "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>")
        listed = "".join(f'<ofd:Page ID="{index}" BaseLoc="Pages/Page_{index}/Content.xml"/>' for index in range(len(pages)))
        xml("Doc_0/Document.xml",
            f'<ofd:Document {OFD}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>")
        xml("Doc_0/Attachs/Attachments.xml",
            f'<ofd:Attachments {OFD}><ofd:Attachment ID="1" Name="申请表.docx" Format="docx"><ofd:FileLoc>a.docx</ofd:FileLoc></ofd:Attachment>'
            '<ofd:Attachment ID="2" Name="材料清单.xlsx" Format="xlsx"><ofd:FileLoc>b.xlsx</ofd:FileLoc></ofd:Attachment></ofd:Attachments>')
        xml("Doc_0/Signs/Signatures.xml", f'<ofd:Signatures {OFD}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
                                          "</ofd:Signatures>")
        for index, page in enumerate(pages):
            xml(f"Doc_0/Pages/Page_{index}/Content.xml",
                f'<ofd:Page {OFD}><ofd:Content><ofd:Layer ID="8">' + "".join(drawn(*line) for line in page) + "</ofd:Layer></ofd:Content></ofd:Page>")
    return path


def paged(content: str, rows_on_first: int) -> list:
    """Two pages of the content: title and signature set as offices set them, page marks below."""
    title, addressees, *paragraphs, issuer, day = content.splitlines()
    rows = [((210 - width(title) * SIZE) / 2, title), (20, addressees)]
    for words in paragraphs:
        rows += [(20 + indent * SIZE, line) for indent, line in wrapped(words, 34)]
    rows += [(190 - width(line) * SIZE, line) for line in (issuer, day)]
    return [
        [(line, x, 30 + STEP * row) for row, (x, line) in enumerate(part)] + [(f"—{number}—", 97, 282)]
        for number, part in enumerate((rows[:rows_on_first], rows[rows_on_first:]), 1)]


@pytest.fixture(scope="module")
def longer(huice, tmp_path_factory):
    """The known content with one paragraph of several lines, and the tree of it as a plain text."""
    content = "\n".join(LONG if line.startswith("（二）设备补助") else line for line in KNOWN.splitlines()) + "\n"
    path = tmp_path_factory.mktemp("longer") / "longer.txt"
    path.write_text(content, encoding="utf-8")
    found = tree(huice.parse(path))
    assert [row[:2] for row in found[:-2]] == [(0, "一、"), (1, "（一）"), (2, "1."), (2, "2."), (1, "（二）"), (0, "二、"), (1, "（一）"), (1, "（二）"), (0, "三、")]
    return content, found


@pytest.mark.parametrize("rows_on_first", [8, 9, 10, 11])
def test_two_pages_of_ofd(huice, longer, tmp_path, rows_on_first):
    """Cut before, within and after the paragraph of several lines."""
    content, expected = longer
    path = ofd(tmp_path / "known.ofd", *paged(content, rows_on_first))
    document = huice.parse(path)
    # A page mark stands in the text before the paragraph in which its page ends, and is set apart.
    assert [(depth, label, words.replace("—1—", "")) for depth, label, words in tree(document)[:-2]] == expected[:-2]
    assert tree(document)[-2:] == expected[-2:]
    assert "—1—\n" in document["text"] and LONG in document["text"].splitlines()
    said = {finding["code"]: finding["message"] for finding in document["diagnostics"]}
    assert "申请表.docx、材料清单.xlsx" in said["attachments"] and "1 个" in said["signature-present"]
    shown = "".join(huice.ok("parse", path).text.split())
    for label, heading in (("1一、", "加大奖补力度"), ("1.1（一）", "认定奖励"), ("1.2（二）", "设备补助"), ("2.1（一）", "申报时间")):
        assert label + heading in shown


COLUMNS = ["澜川市支持专精特新企业发展若干措施"] + [
    f"第{number}条 对在本市注册、{kind}的企业，经市工业和信息化局认定后，按其上一年度实际投资额的10%给予补助，同一企业每年最高不超过{sum}万元。"
    for number, kind, sum in zip("一二三四五六七八九十", ("购置设备", "开展研发", "引进人才", "扩大出口", "建设平台", "改造厂房", "参加展会", "申请专利", "节约能源",
                                                "吸纳就业"), range(10, 110, 10))]
#: So the left column of drawn characters ends within an article.
COLUMNS[8] = COLUMNS[8].replace("同一企业", "同一家企业与它的全资子公司、控股子公司合并计算，")


def in_order(document):
    """The articles are those of the content, each whole."""
    assert document["metadata"]["title"]["value"] == COLUMNS[0]
    found = [document["text"][slice(*clause["span"])] for clause in document["outline"]]
    assert ["".join(words.split()) for words in found] == ["".join(words.split()) for words in COLUMNS[1:]]
    assert not any(clause["children"] for clause in document["outline"])


def test_two_columns_of_ofd(huice, tmp_path):
    """The title stands over both columns; the left one ends within an article."""
    rows = [row for words in COLUMNS[1:] for row in wrapped(words, 16)]
    half = (len(rows) + 1) // 2
    page = [(COLUMNS[0], (210 - len(COLUMNS[0]) * SIZE) / 2, 20)]
    for left, part in ((20, rows[:half]), (110, rows[half:])):
        page += [(line, left + indent * SIZE, 36 + STEP * row) for row, (indent, line) in enumerate(part)]
    assert not rows[half][1].startswith("第"), "the column cuts an article"
    in_order(huice.parse(ofd(tmp_path / "columns.ofd", page)))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("count", [2, 3])
def test_columns_of_pdf(huice, convert, tmp_path, count):  # noqa: F811
    spaces = SPACES + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    source = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:automatic-styles><style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
        '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-indent="0.8cm"/></style:style>'
        f'<style:style style:name="S" style:family="section"><style:section-properties><style:columns fo:column-count="{count}" fo:column-gap="0.8cm"/>'
        '</style:section-properties></style:style></office:automatic-styles><office:body><office:text>'
        f'<text:p text:style-name="T">{COLUMNS[0]}</text:p><text:section text:style-name="S" text:name="S">'
        + "".join(f'<text:p text:style-name="P">{words}</text:p>' for words in COLUMNS[1:]) + "</text:section></office:text></office:body></office:document>")
    in_order(huice.parse(convert(source, "pdf", tmp_path)))
