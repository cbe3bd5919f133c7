"""What holds of every parsed document: of the corpus, and of odd texts."""

import hashlib

import pytest
from program import CORPUS, corpus_files

FILES = corpus_files()
KINDS = {"part", "chapter", "section", "article", "level", "enumeration"}
TRIAGES = {"claimable", "mechanism", "call", "list", "interpretation", "news", "law", "other"}
HEAD = [
    "title", "payloadTitles", "documentNumber", "issuers", "addressees", "signedOn", "printedOn", "publishedOn", "effectiveFrom",
    "effectiveUntil", "level", "region", "publicity", "contact",
]


@pytest.fixture(scope="module")
def parsed(huice):
    """Every document of the corpus, parsed once."""
    return {path: huice.parse(path) for path in FILES}


def objects(value):
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def nodes(outline):
    for node in outline:
        yield node
        yield from nodes(node["children"])


def assert_spans(document):
    text = document["text"]
    for found in objects(document):
        if "span" in found and found["span"] is not None:
            start, end = found["span"]
            assert 0 <= start <= end <= len(text), found
            if found.get("text") is not None:
                assert text[start:end] == found["text"]


def assert_outline(document):
    text = document["text"]
    ids = [node["id"] for node in nodes(document["outline"])]
    assert len(ids) == len(set(ids)), "an id twice"

    def level(siblings, start, end, above):
        last = start
        for position, node in enumerate(siblings, 1):
            assert node["id"] == f"{above}{position}", "ids number by position"
            assert node["kind"] in KINDS
            low, high = node["span"]
            assert last <= low < high <= end, f"{node['id']} overlaps, or leaves its parent"
            label_low, label_high = node["labelSpan"]
            assert low <= label_low <= label_high <= high
            if node["label"] and node["kind"] != "part":
                squeezed = "".join(text[label_low:label_high].split()).strip("*#")
                assert squeezed, f"{node['id']} has the label {node['label']} and no place of it"
            if node.get("heading"):
                heading_low, heading_high = node["heading"]["span"]
                assert label_high <= heading_low <= heading_high <= high
            for unit in node["units"]["lead"] + node["units"]["responsible"] + node["units"]["cooperating"]:
                assert low <= unit["span"][0] < unit["span"][1] <= high and unit["value"]
            level(node["children"], label_high, high, f"{node['id']}.")
            last = high

    level(document["outline"], 0, len(text), "")


def test_the_corpus_is_there():
    assert len(FILES) == 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_is_the_slice(parsed, path):
    assert_spans(parsed[path])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_outline_is_ordered_and_nested(parsed, path):
    assert_outline(parsed[path])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_record_is_as_the_contract_has_it(parsed, path):
    document = parsed[path]
    assert document["schema"] == "huice.policy/1"
    assert document["source"]["name"] == path.name
    assert document["source"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document["source"]["mediaType"] == {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html"}[path.suffix]
    assert document["triage"] in TRIAGES
    assert all(finding["severity"] in ("note", "warning") for finding in document["diagnostics"])
    ids = {node["id"] for node in nodes(document["outline"])}
    for reference in document["references"]:
        assert reference.get("clause") is None or reference["clause"] in ids
    for name in ("signedOn", "printedOn", "publishedOn", "effectiveFrom", "effectiveUntil"):
        field = document["metadata"].get(name)
        assert field is None or field["value"] is None or len(field["value"]) == 10
    for definition in document["definitions"]:
        assert definition["term"] and definition["meaning"]


SUPPORTS = {"fixed", "per_unit", "cap", "rate", "range", "relief", "in_kind"}
#: The table in corpus/README.md: the file, and whether it grants anything.
GRANTS = {
    CORPUS / row[1].strip(): row[5].strip().startswith("✓") for row in (line.split("|") for line in (CORPUS / "README.md").read_text().splitlines())
    if len(row) > 6 and row[1].strip().endswith((".txt", ".md", ".html"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_items_stand_in_their_clause(parsed, path):
    document = parsed[path]
    places = {node["id"]: node["span"] for node in nodes(document["outline"])}
    items = document["items"]
    assert len({item["id"] for item in items}) == len(items), "an id twice"
    for item in items:
        low, high = places[item["node"]] if item["node"] is not None else (0, len(document["text"]))
        start, end = item["span"]
        assert low <= start < end <= high, "an item outside its clause"
        assert item["name"]["value"] and item["text"]
        for support in item["supports"]:
            assert support["kind"] in SUPPORTS
            assert start <= support["span"][0] < support["span"][1] <= end
            for name in ("yuan", "percent", "min_yuan", "max_yuan"):
                assert support.get(name) is None or support[name] > 0
        for condition in item["conditions"]:
            assert low <= condition["span"][0] < condition["span"][1] <= high


def test_who_grants_and_who_does_not(parsed):
    """“12 are not [claimable] and must yield no redeemable item”, but an explanation repeats what it explains."""
    assert len(GRANTS) == 40 and sum(GRANTS.values()) == 28
    wrong = {
        path.stem: len(parsed[path]["items"]) for path in FILES
        if bool(parsed[path]["items"]) != GRANTS[path] and parsed[path]["triage"] != "interpretation"}
    assert not wrong


def test_absent_fields_are_null(parsed):
    """“Absent = null, never a guess”: the keys of `metadata` are all there."""
    missing = {name for document in parsed.values() for name in HEAD if name not in document["metadata"]}
    assert not missing, f"left out instead of null: {sorted(missing)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_same_bytes_twice(huice, path):
    first, second = (huice.ok("parse", path, "--format", "json").out for _ in range(2))
    assert first == second
    assert huice.ok("parse", path).out == huice.ok("parse", path).out


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".txt"], ids=lambda path: path.stem)
def test_text_of_a_text_file_is_the_file(parsed, path):
    document = parsed[path]
    content = path.read_bytes().decode({"utf-8": "utf-8-sig", "utf-16le": "utf-16", "gb18030": "gb18030"}[document["source"]["encoding"]])
    assert document["text"] == content


@pytest.mark.parametrize(
    "text",
    ["一、甲\n一、乙\n", "（一）甲\n一、乙\n", "1.甲\n3.乙\n2.丙\n", "第一条 甲\n第一章 乙\n第二条 丙\n", "一、𠀀𠀁🎉（一）甲1.乙；2.丙。\n", "①甲②乙③丙\n",
     "一、甲\r\n　　（一）乙\r\n", "一、\n\n\n二、\n", "第一条第二条第三条", "附件：1.甲\n2.乙\n附件1\n一、丙\n", "一、e\u0301\u200d👨‍👩‍👧（责任单位：市财政局）\n",
     "\ufeff一、甲\n", "一是甲。二是乙。三是丙。", "一、甲：\n１．乙\n２．丙\n（1）丁\n1）戊\n"],
    ids=ascii)
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_laws_hold_of_odd_texts(huice, tmp_path, text, ending):
    file = tmp_path / f"odd.{ending}"
    file.write_bytes(text.encode())
    document = huice.parse(file)
    assert_spans(document)
    assert_outline(document)


@pytest.mark.parametrize("cut", range(1, 12))
@pytest.mark.parametrize("name", ["lanchuan/keji-chuangxin-2025.txt", "yunping/wengang-fanhuan-2025.txt", "linxi/louyu-jingji-2025.html"])
def test_laws_hold_of_a_file_cut_anywhere(huice, tmp_path, name, cut):
    content = (CORPUS / name).read_bytes()
    file = tmp_path / name.replace("/", "-")
    file.write_bytes(content[: len(content) * cut // 12 + cut])
    document = huice.parse(file)
    assert_spans(document)
    assert_outline(document)
