"""`huice search`: what people type by mistake, and what others type on purpose."""

import json

import pytest
from program import CORPUS, assert_refused

OPERATORS = [
    '"', "'", "“", "”", '"贷款', "贷款“贴息", '""', "“”", '"" ""', "*", "贷*", "NEAR(", "NEAR(贷款 贴息, 5)", "AND", "OR", "NOT",
    "贷款 AND", "AND 贷款", "贷款 NOT 贴息", "贷款 OR OR 贴息", "^", "^贷款", "title:", "title:贷款", "column:贷款", "{title heading}:贷款",
    "- title:贷款", "(", ")", "()", "((((", "贷款)", "(贷款", "+", "贷款 + 贴息", "-", "--", "贷款 -", "贷款 -“", ":", ";", ",", "\\", "/",
    "%", "_", "'; DROP TABLE document; --", "' OR 1=1 --", "🎉", "👨‍👩‍👧‍👦", "贷款🎉贴息", "\u202e贷款", "\u200b", "\ufeff", "\ufffe", "\u3000",
    "", " ", "\t\n", "贷\n款", "〔", "〔2024〕", "〔〕号", "〔2024〕999999999999999999999号", "[2024]号", "(2024)１号", "第条", "0", "99999999999999999999999",
    "\U00020000\U0010ffff", "e\u0301" * 50,
]


@pytest.mark.parametrize("query", OPERATORS, ids=lambda words: ascii(words)[:40])
def test_signs_of_query_languages(huice, corpus_database, query):
    result = huice.search(query, corpus_database)
    assert result["hits"] is not None and len(result["hits"]) <= 10
    assert huice.ok("search", "--database", corpus_database, "--", query).text.strip()


def test_signs_change_nothing_about_the_words(huice, corpus_database):
    def found(words):
        return [(hit["document"], hit["clause"]) for hit in huice.search(words, corpus_database)["hits"]]

    plain = found("贷款 贴息")
    assert plain
    for words in ("贷款* 贴息*", "^贷款 ^贴息", "(贷款) (贴息)", "贷款, 贴息;", "贷款🎉 贴息", "贷款 贴息 \"", "\u200b贷款\u3000贴息\n"):
        assert found(words) == plain, words


def test_batch_with_zero_bytes_and_rubbish(huice, corpus_database, tmp_path):
    lines = [
        "贷款\0贴息".encode(), b"\0a\0", '{"id":"零","question":"贷款\\u0000贴息"}'.encode(), '"贷款贴息"'.encode(), b"{bad json",
        b"\xff\xfe\xc4\xe3", b'{"id":"no question"}', b"[]", b"null", '{"id":"末","question":""}'.encode(), "贷款".encode() * 5_000,
    ]
    file = tmp_path / "questions.txt"
    file.write_bytes(b"\n".join(lines))
    answers = huice.ok("search", "--database", corpus_database, "--batch", file, "--format", "jsonl").lines
    assert [answer["id"] for answer in answers] == ["1", "2", "零", "4", "5", "6", "7", "8", "9", "末", "11"]
    assert answers[0]["hits"] == answers[2]["hits"] and answers[0]["hits"]


def test_batch_names_lines_by_their_number(huice, corpus_database, tmp_path):
    """“one plain query a line (its id is its 1-based line number)”: an empty line is a line."""
    file = tmp_path / "questions.txt"
    file.write_text("贷款\n\n贴息\n")
    answers = huice.ok("search", "--database", corpus_database, "--batch", file, "--format", "jsonl").lines
    assert [answer["id"] for answer in answers if answer["hits"]] == ["1", "3"]


def test_batch_with_line_breaks_of_windows(huice, corpus_database, tmp_path):
    unix, windows = tmp_path / "unix.txt", tmp_path / "windows.txt"
    unix.write_bytes('"贷款贴息"\n{"id":"a","question":"贷款"}\n'.encode())
    windows.write_bytes('\ufeff"贷款贴息"\r\n{"id":"a","question":"贷款"}\r\n'.encode())
    trec = [huice.ok("search", "--database", corpus_database, "--batch", file, "--format", "trec").out for file in (unix, windows)]
    assert trec[0] == trec[1]


def test_batch_as_the_contract_has_it(huice, corpus_database, tmp_path):
    file, timings = tmp_path / "questions.jsonl", tmp_path / "timings.tsv"
    asked = ["贷款贴息", "稳岗返还", "专精特新"]
    file.write_text("".join(json.dumps({"id": f"q{words}", "question": words}, ensure_ascii=False) + "\n" for words in asked))
    command = ["search", "--database", corpus_database, "--batch", file, "--limit", "3"]
    answers = huice.ok(*command, "--format", "jsonl", "--timings", timings).lines
    assert [answer["id"] for answer in answers] == [f"q{words}" for words in asked]
    for answer in answers:
        assert answer["milliseconds"] >= 0 and len(answer["hits"]) == 3
        scores = [hit["score"] for hit in answer["hits"]]
        assert scores == sorted(scores, reverse=True)
    for line, words in zip(timings.read_text().splitlines(), asked, strict=True):
        name, microseconds = line.split("\t")
        assert name == f"q{words}" and int(microseconds) >= 0
    trec = huice.ok(*command, "--format", "trec").text.splitlines()
    assert [line.split()[:4] for line in trec] == [
        [answer["id"], "Q0", hit["document"], str(rank)]
        for answer in answers for rank, hit in enumerate(answer["hits"], 1)]
    assert all(line.split()[5] == "huice" for line in trec)


@pytest.mark.parametrize("form", ["{}", "“{}”", "-{}", "贷款 -{}"], ids=["words", "phrase", "exclusion", "word and exclusion"])
@pytest.mark.parametrize("filling", ["贷款贴息", "abc ", "(", "〔2024〕", "\"“”"], ids=["Han", "Latin", "brackets", "numbers", "quotes"])
def test_ten_thousand_characters(huice, corpus_database, form, filling):
    query = form.format((filling * 10_000)[:10_000])
    assert huice.ok("search", "--database", corpus_database, "--format", "json", "--", query, timeout=20).json["hits"] is not None


def test_long_question_says_that_it_was_cut(huice, corpus_database):
    words = "".join(chr(0x4E00 + index * 7 % 20_000) for index in range(10_000))
    notices = huice.search(words, corpus_database)["notices"]
    assert any("48" in notice for notice in notices), notices


def test_phrase_stands_word_for_word(huice, corpus_database):
    for query in ("“政府采购预留份额”", '"政府采购预留份额"'):
        result = huice.search(query, corpus_database)
        assert result["hits"] and result["notices"] == []
        assert all("政府采购预留份额" in hit["text"] for hit in result["hits"])


def test_exclusion(huice, corpus_database):
    everything = huice.search("贴息", corpus_database, "--limit", "100")["hits"]
    assert any("设备" in hit["text"] for hit in everything)
    for query in ("贴息 -设备", "贴息 -“设备”", '贴息\u3000-"设备"'):
        rest = huice.search(query, corpus_database, "--limit", "100")
        assert rest["hits"] and rest["notices"] == []
        assert not any("设备" in hit["text"] + hit["title"] + hit["heading"] for hit in rest["hits"])


def test_exclusion_may_stand_first(huice, corpus_database):
    hits = huice.search("-设备 贴息", corpus_database, "--limit", "100")["hits"]
    assert hits and not any("设备" in hit["text"] for hit in hits)


def test_what_was_understood_can_be_let_go(huice, corpus_database):
    result = huice.search("2024年 工信局 国家级 贷款贴息 50万元", corpus_database)
    hints = [(hint["kind"], hint["text"], hint["value"], hint["applied"]) for hint in result["hints"]]
    assert hints == [
        ("year", "2024年", "2024", True), ("level", "国家级", "national", False),
        ("department", "工信局", "工信局", False), ("amount", "50万元", "50000000", True)]
    rest = huice.search("2024年 工信局 国家级 贷款贴息 50万元", corpus_database, "--anywhere", "2024年", "--anywhere", "50万元")
    assert [hint["kind"] for hint in rest["hints"]] == ["level", "department"]
    shown = huice.ok("search", "--database", corpus_database, "2024年 贷款贴息").text
    assert shown.startswith("优先：2024年（用 --anywhere 去掉）\n")


def test_number_in_any_brackets(huice, corpus_database):
    for number in ("澜金发〔2024〕19号", "澜金发[2024]19号", "澜金发（2024）19号", "澜金发【2024】19号", "澜金发［2024］１９号", "澜金发 〔2024〕 19 号"):
        result = huice.search(number, corpus_database)
        assert {hit["document"] for hit in result["hits"]} == {"lanchuan/daikuan-tiexi-banfa-2024.html"}, number
        assert result["hits"][0]["number"] == "澜金发〔2024〕19号"


def test_number_that_nobody_gave(huice, corpus_database):
    result = huice.search("澜金发〔2024〕99号", corpus_database)
    assert any("99号" in notice for notice in result["notices"])


@pytest.mark.parametrize(
    "filters,holds",
    [(["--level", "county"], lambda hit: hit["level"] == "county"), (["--region", "松陵市"], lambda hit: "松陵市" in hit["region"]),
     (["--issuer", "财政局"], lambda hit: any("财政局" in issuer for issuer in hit["issuers"])),
     (["--year", "2024"], lambda hit: "2024" in (hit.get("number") or hit["date"])),
     (["--kind", "实施细则"], lambda hit: hit["kind"] == "实施细则"),
     (["--level", "city", "--level", "province", "--year", "2025"], lambda hit: hit["level"] in ("city", "province"))],
    ids=["level", "region", "issuer", "year", "kind", "several"])
def test_filters(huice, corpus_database, filters, holds):
    result = huice.search("补助", corpus_database, *filters)
    assert result["hits"] and result["notices"] == []
    assert all(holds(hit) for hit in result["hits"])


@pytest.mark.parametrize("value", ["%", "_", "' OR 1=1 --", "\\", "%' --"])
@pytest.mark.parametrize("name", ["--region", "--issuer", "--kind"])
def test_filter_is_no_pattern(huice, corpus_database, name, value):
    """What no document has is dropped, and that is said; it is not everything."""
    assert huice.search("贷款", corpus_database, name, value)["notices"]


@pytest.mark.parametrize("day,lapsed", [("2023-12-31", False), ("2024-01-01", True)])
def test_status_on_a_day(huice, corpus_database, day, lapsed):
    """Its term ends on 2023-12-31. Where the filter leaves nothing, it is dropped, and that is said."""
    result = huice.search("电子商务", corpus_database, "--status", "lapsed", "--on", day, "--limit", "100")
    found = result["notices"] == [] and "lanchuan/dianshang-fazhan-2020.txt" in {hit["document"] for hit in result["hits"]}
    assert found == lapsed


def test_same_answer_every_time(huice, corpus_database):
    command = ["search", "中小企业 采购 预留 比例", "--database", corpus_database, "--format", "json", "--limit", "100"]
    assert huice.ok(*command).out == huice.ok(*command).out


def test_hits_are_slices(huice, corpus_database):
    """Every hit's text stands in its document at its span, and its matches lie in it."""
    texts = {}
    for words in ("贷款贴息", "补助 企业", "奖励"):
        for hit in huice.search(words, corpus_database, "--limit", "100")["hits"]:
            name = hit["document"]
            if name not in texts:
                texts[name] = huice.parse(CORPUS / name)["text"]
            start, end = hit["span"]
            assert texts[name][start:end] == hit["text"]
            for low, high in hit["matches"]:
                assert start <= low < high <= end


def test_absent_is_null(huice, corpus_database):
    """“Absent = null”: the key is there."""
    result = huice.search("全省惠企政策直达快享", corpus_database)
    assert "milliseconds" in result
    keys = {"document", "title", "clause", "text", "span", "score", "number", "date", "level", "region"}
    assert all(keys <= hit.keys() for hit in result["hits"])


def test_unreadable_batch(huice, corpus_database, tmp_path):
    assert_refused(huice.run("search", "--database", corpus_database, "--batch", tmp_path / "none", "--format", "jsonl"))
    assert_refused(huice.run("search", "--database", corpus_database, "--batch", tmp_path, "--format", "jsonl"))


def test_timings_that_cannot_be_written(huice, corpus_database, tmp_path):
    file = tmp_path / "questions.txt"
    file.write_text("贷款\n")
    result = huice.run(
        "search", "--database", corpus_database, "--batch", file, "--format", "trec", "--timings", tmp_path / "none/times")
    assert result.status > 0
    assert result.err.count("\n") == 1 and "写不进去" in result.err


@pytest.mark.parametrize("words", ["〔2024〕61号", "[2024]61号", "砚营商办发〔2024〕61号", "砚营商办发(2024)61号"])
def test_number_that_is_only_spoken_of(huice, tmp_path, words):
    """A number that no document has, but that a text names, leads to that text."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(
        "砚湖区惠企政策直达工作方案\n\n一、总体要求\n按照《砚营商办发〔2024〕61号》文件要求，制定本方案。\n二、保障措施\n加强督促检查。\n")
    (tmp_path / "docs" / "b.txt").write_text("砚湖区人才工作方案\n\n一、总体要求\n2024年底前完成第一批引进。\n二、保障措施\n加强检查。\n")
    database = tmp_path / "a.sqlite"
    huice.index(tmp_path / "docs", database=database)
    found = huice.search(words, database)
    assert found["hits"], "nothing found"
    assert "61号" in found["hits"][0]["text"]
