"""`huice parse` on files that no clerk meant to give it."""

import os
import subprocess
import time

import pytest
from program import CORPUS, assert_one_line, assert_refused

NOTICE = "澜川市财政局关于支持企业的通知\n各县（市、区）：\n一、给予补助10万元。\n二、执行至2027年12月31日。\n"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", "\u3000\u3000\n".encode()], ids=repr)
def test_nothing_in_the_file(huice, tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    result = huice.run("parse", file, "--format", "json")
    if result.status:
        assert_refused(result)
        return
    assert result.json["outline"] == []
    assert "empty-document" in [finding["code"] for finding in result.json["diagnostics"]]
    assert huice.ok("parse", file).err == ""


def test_binary_file(huice, tmp_path):
    file = tmp_path / "a.txt"
    # Every byte value, the zeros on both sides, in no order of text.
    file.write_bytes(bytes((index * 167 + index // 256 * 31) % 256 for index in range(100_000)))
    assert_refused(huice.run("parse", file))


@pytest.mark.parametrize(
    "start,kind",
    [(b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04", "Word"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WPS"),
     (b"\x89PNG\r\n\x1a\n", "图片"), (b"\xff\xd8\xff\xe0", "图片"), (b"{\\rtf1", "RTF"), (b"\x1f\x8b\x08", "压缩"),
     (b"\x7fELF", "程序")],
    ids=["pdf", "docx", "doc", "png", "jpeg", "rtf", "gzip", "elf"])
def test_other_format_is_named(huice, tmp_path, start, kind):
    file = tmp_path / "通知.txt"
    file.write_bytes(start + bytes(range(256)) * 8)
    result = huice.run("parse", file)
    assert_refused(result)
    assert kind in result.err


def test_hundred_megabytes(huice, tmp_path):
    file = tmp_path / "big.txt"
    with open(file, "wb") as stream:
        stream.truncate(100 * 1_048_576)
    result = huice.run("parse", file, timeout=20)
    assert_refused(result)
    assert "MB" in result.err and "big.txt" in result.err


def test_too_large_says_a_size_that_is_too_large(huice, tmp_path):
    file = tmp_path / "big.txt"
    with open(file, "wb") as stream:
        stream.truncate(100 * 1_048_576)
    # Not “文件有 64 MB，超过 64 MB 的上限”.
    assert "有 64 MB" not in huice.run("parse", file).err


@pytest.mark.parametrize("name", ["没有.txt", ".", "断.txt", "两\n行.txt", "x" * 300], ids=["missing", "folder", "broken link", "line break", "long"])
def test_no_such_file(huice, tmp_path, name):
    os.symlink(tmp_path / "nowhere", tmp_path / "断.txt")
    assert_refused(huice.run("parse", name, cwd=tmp_path))


@pytest.mark.parametrize(
    "content,encoding",
    [(NOTICE.encode(), "utf-8"), (b"\xef\xbb\xbf" + NOTICE.encode(), "utf-8"), (NOTICE.encode("gb18030"), "gb18030"),
     (("㐂𠀀€" + NOTICE).encode("gb18030"), "gb18030"), (b"\xff\xfe" + NOTICE.encode("utf-16-le"), "utf-16le"),
     (b"\xfe\xff" + NOTICE.encode("utf-16-be"), "utf-16be")],
    ids=["utf-8", "utf-8 with mark", "gb18030", "gb18030 four bytes", "utf-16le", "utf-16be"])
def test_encoding_is_found(huice, tmp_path, content, encoding):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    parsed = huice.parse(file)
    assert parsed["source"]["encoding"] == encoding
    assert parsed["text"].endswith(NOTICE)
    assert [node["label"] for node in parsed["outline"]] == ["一、", "二、"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark(huice, tmp_path, encoding):
    # 一 is U+4E00: its zero byte stands on the other side than those of digits and line breaks.
    file = tmp_path / "a.txt"
    file.write_bytes(NOTICE.encode(encoding))
    result = huice.run("parse", file, "--format", "json")
    assert result.status == 0, result.err
    assert result.json["source"]["encoding"] == encoding.replace("-le", "le").replace("-be", "be")
    assert result.json["text"] == NOTICE


@pytest.mark.parametrize(
    "name,encoding",
    [("guojia/chengzhang-zijin-banfa-2024.txt", "utf-8"), ("lanchuan/dianshang-fazhan-2020.txt", "gb18030"),
     ("shibu/xiandai-wuliu-2025.txt", "utf-16le"), ("linxi/louyu-jingji-2025.html", "utf-8")])
def test_encodings_of_the_corpus(huice, name, encoding):
    parsed = huice.parse(CORPUS / name)
    assert parsed["source"]["encoding"] == encoding
    assert "\ufeff" not in parsed["text"] and "\ufffd" not in parsed["text"]


@pytest.mark.parametrize("declared,real", [("gbk", "utf-8"), ("utf-8", "gb18030")])
def test_page_that_declares_another_encoding(huice, tmp_path, declared, real):
    file = tmp_path / "a.html"
    file.write_bytes(
        f'<html><head><meta charset="{declared}"><title>通知</title></head><body><p>一、给予补助</p></body></html>'.encode(real))
    parsed = huice.parse(file)
    assert parsed["source"]["encoding"] == real
    assert "一、给予补助" in parsed["text"]


@pytest.mark.parametrize("content", [NOTICE.encode()[:40] + b"\xff" + NOTICE.encode()[40:], NOTICE.encode()[:-5]],
                         ids=["bad byte", "cut short"])
def test_damaged_encoding_is_read_and_said(huice, tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    parsed = huice.parse(file)
    assert parsed["source"]["encoding"] == "utf-8"
    assert "repaired-encoding" in [finding["code"] for finding in parsed["diagnostics"]]
    assert huice.run("parse", file, "--strict").status == 1


@pytest.mark.parametrize(
    "encoding,words", [("big5", "關於支持企業的通知\n一、給予補助十萬元\n"), ("shift_jis", "支援金のお知らせ\n一、補助\n")],
    ids=["big5", "shift_jis"])
def test_other_encoding_is_not_passed_off_as_chinese(huice, tmp_path, encoding, words):
    file = tmp_path / "a.txt"
    file.write_bytes((words * 20).encode(encoding))
    result = huice.run("parse", file, "--format", "json")
    if result.status:
        assert_refused(result)
        return
    codes = [finding["code"] for finding in result.json["diagnostics"] if "encoding" in finding["code"]]
    assert codes, f"read as {result.json['source']['encoding']} without a word: {result.json['text'][:20]!r}"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_control_characters(huice, tmp_path, name):
    file = tmp_path / name
    file.write_bytes(("一、给予\x00补\x01\x1b[31m助\x7f。\n" + NOTICE * 20).encode())
    result = huice.ok("parse", file)
    assert not {"\x00", "\x01", "\x1b"} & set(result.text), "control characters reach the terminal"
    huice.parse(file)


def numbered_lines(file, count: int):
    with open(file, "w") as stream:
        stream.write("关于支持一百万家企业的通知\n")
        stream.writelines(f"{number}. 对第{number}家企业给予补助\n" for number in range(1, count + 1))


def test_million_numbered_lines(huice, tmp_path, capsys, record_property):
    """60 seconds of the processor, whatever else the machine does; the clock's are said."""
    file = tmp_path / "million.txt"
    numbered_lines(file, 1_000_000)
    start = time.monotonic()
    with open(tmp_path / "out.tree", "wb") as out:
        process = subprocess.Popen([huice.path, "parse", file], stdout=out, env=huice.environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    used = usage.ru_utime + usage.ru_stime
    gigabytes = usage.ru_maxrss / 1_048_576
    record_property("seconds", round(seconds, 1))
    with capsys.disabled():
        print(f"\n  1,000,000 numbered lines: {seconds:.1f} s ({used:.1f} s of the processor), {gigabytes:.2f} GB ", end="")
    assert process.returncode == 0
    assert gigabytes < 3
    if huice.is_debug:
        pytest.skip("the time is held against a release build")
    assert used < 60


def test_numbered_lines_as_json(huice, tmp_path):
    """A tenth of the lines in a tenth of the time: JSON also holds what is granted."""
    file = tmp_path / "lines.txt"
    numbered_lines(file, 100_000)
    result = huice.run("parse", file, "--format", "json", processor=60 if huice.is_debug else 6)
    assert result.status == 0, "took more than 6 seconds of the processor"


@pytest.mark.parametrize(
    "name,text",
    [("a.html", "<html><body>" + "<div>" * 50_000 + "一、补助" + "</div>" * 50_000),
     ("a.html", "<table><tr><td>" * 5_000 + "一、补助"), ("a.html", "<p>&#0;&#xD800;&#x110000;&bogus;一、补助<!-- "),
     ("a.txt", "一、" + "补" * 3_000_000), ("a.txt", "（" * 300_000), ("a.txt", "《" * 300_000),
     ("a.txt", "“" * 200_000 + "〔2024〕" * 100_000), ("a.txt", "1." * 300_000), ("a.txt", "第一条" * 200_000),
     ("a.txt", "一、（一）1.（1）\n" * 50_000), ("a.txt", "（责任单位：" + "市财政局、" * 100_000 + "）"),
     ("a.txt", "本办法所称企业，是指" * 20_000), ("a.txt", "2024年1月1日至" * 50_000), ("a.txt", "\n" * 2_000_000),
     ("a.md", "*" * 200_000 + "\n" + "#" * 200_000), ("a.md", "|" * 200_000)],
    ids=["deep page", "deep tables", "bad references", "one line", "brackets", "titles", "quotes", "numbers", "articles", "levels",
         "units", "definitions", "dates", "breaks", "stars", "bars"])
def test_text_made_to_be_slow(huice, tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text)
    result = huice.run("parse", file, "--format", "json", timeout=300, processor=100 if huice.is_debug else 10)
    assert result.status == 0, "took more than 10 seconds of the processor"
    assert result.json["schema"] == "huice.policy/1"


def test_standard_input(huice):
    content = (CORPUS / "meitang/chuangye-fuchi-2025.txt").read_bytes()
    done = subprocess.run(
        [huice.path, "parse", "-", "--format", "json"], input=content, capture_output=True, env=huice.environment, timeout=30)
    assert done.returncode == 0
    assert b"huice.policy/1" in done.stdout


@pytest.mark.parametrize(
    "command",
    [["parse", CORPUS / "meitang/chuangye-fuchi-2025.txt"], ["search", "贷款"], ["check"], ["index", CORPUS / "meitang"]],
    ids=["parse", "search", "check", "index"])
def test_output_to_a_full_disk(huice, corpus_database, database, command):
    where = [] if command[0] == "parse" else ["--database", database if command[0] == "index" else corpus_database]
    with open("/dev/full", "wb") as full:
        result = huice.run(*command, *where, stdout=full)
    assert result.status > 0, f"ended by signal {-result.status}: {result.err[:200]}"
    assert_one_line(result.err)


def test_reader_that_goes_away(huice):
    process = huice.start("parse", CORPUS / "lanchuan/gongye-gaozhiliang-2025.txt", "--format", "json")
    process.stdout.close()
    words = process.stderr.read().decode()
    assert process.wait(30) in (0, 2, -13)
    assert "Fatal" not in words and words.count("\n") <= 1


def test_messages_to_a_full_disk(huice, database):
    with open("/dev/full", "wb") as full:
        result = huice.run("index", "/nowhere", "--database", database, stderr=full)
    assert result.status >= 0, f"ended by signal {-result.status}"


def test_an_empty_cell_at_the_end_of_a_row_is_not_in_the_next_row(huice, tmp_path):
    rows = [("序号", "项目", "政策条款", "责任科室", "电话"), ("1", "研发补助", "给予10万元补助", "企业科", ""), ("2", "设备补助", "给予20万元补助", "投资科", "010-2")]
    file = tmp_path / "a.html"
    file.write_text("<!doctype html><meta charset='utf-8'><h1>澜川市惠企政策清单</h1><table>" + "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows) + "</table>")
    outline = huice.parse(file)["outline"]
    assert [(clause["label"], [unit["value"] for unit in clause["units"]["responsible"]]) for clause in outline] == [("1", ["企业科"]), ("2", ["投资科"])]
