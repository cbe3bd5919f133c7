"""拆解: files dropped on the page, the split beside its source, the office's lists to download, and nothing kept."""

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
import zipfile
from xml.sax.saxutils import escape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from program import CORPUS
from steps import assert_in_sight, assert_no_overflow

# The address is 127.0.0.1; a proxy of the machine has no part in this.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
NOTICE = CORPUS / "lanchuan" / "keji-chuangxin-2025.txt"
NAMES = {"惠企政策兑现事项清单.xlsx", "惠企政策兑现事项清单.csv", "惠企政策兑现事项清单.json", "服务指南.docx", "服务指南.xlsx", "政策解读.docx",
         "政策解读.xlsx", "一表读懂.html", "明白卡.html", "政策文件.akn.xml", "拆解.json"}


def word_file(path, words: str):
    """A Word file with a paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in words.splitlines())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                         '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + body + "</w:body></w:document>")
    return path


@pytest.fixture(scope="session")
def soffice(tmp_path_factory):
    """Converts by LibreOffice, with a profile of its own."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def convert(path, to, folder):
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", to, "--outdir", folder, path],
                       check=True, capture_output=True, timeout=180)
    return convert


@pytest.fixture(scope="session")
def office_files(soffice, tmp_path_factory):
    """A notice as .docx, made here, and as .pdf, made of it."""
    folder = tmp_path_factory.mktemp("office")
    word = word_file(folder / "科技创新.docx", NOTICE.read_text())
    soffice(word, "pdf", folder)
    return [word, folder / "科技创新.pdf"]


def rows(words: str) -> list:
    return list(csv.reader(io.StringIO(words.lstrip("\ufeff"))))


class Answer:
    """What the server answered."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode()


def send(site, *parts, path="/split", headers=None, body=None):
    """A form, as a browser writes it: (name, value) or (name, file name, bytes)."""
    boundary = "----ABCabc0123"
    if body is None:
        body = b""
        for name, *rest in parts:
            if len(rest) == 1:
                body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{rest[0]}\r\n'.encode()
            else:
                body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{rest[0]}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
                body += rest[1] + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
    request = urllib.request.Request(site.url + path, data=body, headers=headers or {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    try:
        with OPENER.open(request, timeout=60) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def drop(page, files):
    """Drops files on the box."""
    given = [{"name": path.name, "data": base64.b64encode(path.read_bytes()).decode()} for path in files]
    transfer = page.evaluate_handle(
        """files => {
          const transfer = new DataTransfer();
          for (const file of files) transfer.items.add(new File([Uint8Array.from(atob(file.data), c => c.charCodeAt(0))], file.name));
          return transfer;
        }""", given)
    page.dispatch_event("#split-form", "drop", {"dataTransfer": transfer})


def choose(page, *files):
    page.goto("/split")
    page.locator("#file").set_input_files(files)
    page.get_by_role("button", name="拆解", exact=True).click()
    expect(page.locator(".split-doc").first).to_be_visible(timeout=30_000)


def download(page, button, folder):
    with page.expect_download() as waiting:
        button.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_dropped_files_become_a_workbook_that_libreoffice_opens(open_page, huice, office_files, soffice, tmp_path):
    page = open_page("desktop")
    page.goto("/split")
    drop(page, office_files)
    expect(page.locator(".queue li a")).to_have_count(2, timeout=60_000)
    expect(page.locator(".split-doc")).to_have_count(2)
    for path, section in zip(office_files, page.locator(".split-file").all()):
        # PDF splits what the .docx splits.
        button = section.locator("button[value='0/items.xlsx']")
        folder = tmp_path / path.suffix[1:]
        folder.mkdir()
        book = download(page, button, folder)
        assert book.name == "科技创新-惠企政策兑现事项清单.xlsx"
        soffice(book, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", folder)
        found = rows(next(folder.glob("*.csv")).read_text(encoding="utf-8"))
        assert found == rows(huice.ok("export", path, "--format", "csv").out.decode())
        assert len(found) == 1 + len(huice.parse(NOTICE)["items"])
        assert found[0][0] == "事项名称" and found[1][0] == "高新技术企业认定奖励"


def test_without_javascript(open_page, tmp_path):
    """The page carries the file in a hidden field; every download comes from it."""
    page = open_page("phone", javascript=False)
    choose(page, NOTICE)
    for name in ("items.csv", "guide.docx", "cards.html", "document.akn.xml", "split.json"):
        path = download(page, page.locator(f"button[value='0/{name}']"), tmp_path)
        assert path.stat().st_size > 1_000
    archive = download(page, page.get_by_role("button", name=re.compile("^下载全部")), tmp_path)
    assert {name.split("/")[1] for name in zipfile.ZipFile(archive).namelist()} == NAMES


def test_several_files_at_once_without_javascript(open_page, tmp_path):
    page = open_page("desktop", javascript=False)
    bad = tmp_path / "坏文件.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    choose(page, NOTICE, bad, CORPUS / "lanchuan" / "waimao-wenliang-2025.html")
    expect(page.locator(".split-doc")).to_have_count(2)
    expect(page.locator(".bad-file")).to_have_count(1)
    expect(page.locator(".bad-file")).to_contain_text("坏文件.pdf")
    second = page.locator(".split-file").nth(2)
    path = download(page, second.locator("button[value='0/split.json']"), tmp_path)
    assert json.loads(path.read_text())["source"]["name"] == "waimao-wenliang-2025.html"


def test_straight_to_the_lists(open_page, tmp_path):
    for javascript in (True, False):
        page = open_page("desktop", javascript=javascript)
        page.goto("/split")
        page.locator("#file").set_input_files([NOTICE, CORPUS / "lanchuan" / "waimao-wenliang-2025.html"])
        path = download(page, page.get_by_role("button", name=re.compile("直接下载")), tmp_path)
        names = set(zipfile.ZipFile(path).namelist())
        assert names == {f"{stem}/{name}" for stem in (NOTICE.stem, "waimao-wenliang-2025") for name in NAMES} | {
            "全部惠企政策兑现事项清单.xlsx", "全部惠企政策兑现事项清单.csv"}


def test_the_lists_are_those_of_the_command(site, huice, tmp_path):
    huice.ok("split", NOTICE, "--out", tmp_path / "out")
    answer = send(site, ("file", NOTICE.name, NOTICE.read_bytes()), ("as", "all.zip"))
    assert answer.headers["Content-Type"] == "application/zip" and answer.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert {name.split("/")[1] for name in archive.namelist()} == NAMES
    for name in archive.namelist():
        if not name.endswith(".xlsx"):  # the library puts the time into a workbook
            assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


def test_fields_and_words_light_up_together(open_page):
    page = open_page("desktop")
    choose(page, NOTICE)
    field = page.locator(".one dl > div", has=page.locator("dt", has_text="适用时间")).first
    field.scroll_into_view_if_needed()
    field.hover()
    lit = page.locator(".pair-source .lit")
    expect(lit.first).to_be_visible()
    words = "".join(lit.all_inner_texts())
    assert words == "自2025年6月1日起施行有效期至2028年5月31日"
    assert_in_sight(page, lit.first)
    # The other way: words light up the fields that were read from them.
    page.locator(".pair-source span[data-w]", has_text="，一次性给予").first.hover()
    expect(page.locator(".one .lit dt", has_text="事项内容").first).to_be_visible()
    page.locator(".one .foot").first.focus()
    expect(page.locator(".pair-source .lit").first).to_be_visible()


def test_words_of_a_field_stand_in_its_spans(open_page):
    """Every field of every item: the stretches with its names are its words."""
    page = open_page("desktop")
    choose(page, NOTICE)
    wrong = page.evaluate(
        """() => {
          const bare = words => words.replace(/[\\s\\u3000]/g, '');
          return [...document.querySelectorAll('.pair-items [data-w]')].filter(field => {
            const own = field.dataset.w.split(' ');
            const words = own.map(name => [...document.querySelectorAll('.pair-source [data-w]')]
              .filter(part => part.dataset.w.split(' ').includes(name)).map(part => part.textContent).join('')).join('');
            const label = field.querySelector('dt').textContent, value = bare(field.querySelector('dd span').textContent);
            return !words || (label === '事项内容' && bare(words) !== value);
          }).map(field => field.textContent);
        }""")
    assert wrong == []


def test_doubtful_fields_come_first(open_page):
    page = open_page("desktop")
    choose(page, NOTICE)
    orders = page.evaluate(
        "() => [...document.querySelectorAll('.one dl')].map(list => [...list.querySelectorAll(':scope > div[data-w], :scope > .look')].map(field => field.classList.contains('look')))")
    assert len(orders) == 16 and any(True in order for order in orders)
    assert all(order == sorted(order, reverse=True) for order in orders)
    expect(page.locator(".first .notice")).to_contain_text("公布网址")


def test_numbering_is_looked_at_first(open_page, tmp_path):
    file = tmp_path / "编号.txt"
    file.write_text("澜川市支持企业若干措施\n\n一、支持创新\n对首次认定的高新技术企业，给予20万元奖励。\n三、支持外贸\n对出口企业给予10万元补贴。\n")
    page = open_page("phone")
    choose(page, file)
    first = page.locator(".first .rows li").first
    expect(first).to_contain_text("编号不连续")
    first.locator("a").click()
    assert_in_sight(page, page.locator(".pair-source .block", has_text="三、支持外贸"))


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_looks(open_page, size, tmp_path):
    """axe finds nothing, nothing goes beyond the side; pictures are kept where one asks for them."""
    page = open_page(size)
    page.goto("/split")
    assert Axe().run(page).violations_count == 0
    choose(page, NOTICE)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    for width in (320, 390, 719, 720, 959, 960, 1240):
        page.set_viewport_size({"width": width, "height": 800})
        assert_no_overflow(page, f"at {width}")
    folder = os.environ.get("HUICE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/split-{size}.png", full_page=True)


def test_what_is_wrong_is_said(site):
    for parts, status, words in [
            ((), 400, "没有选择文件"), ((("as", "all.zip"),), 400, "没有选择文件"), ((("file", "", b""),), 400, "没有选择文件"),
            ((("data", "&&&"), ("name", "a.txt")), 400, "表单读不出来"), ((("file", "a.txt", b"x"), ("as", "9/items.xlsx")), 400, "条件"),
            ((("file", "a.txt", b"x"), ("as", "0/../../etc/passwd")), 400, "条件"),
            (tuple(("file", f"{n}.txt", b"x") for n in range(21)), 400, "文件太多"),
            ((("file", "a.bin", bytes(40 << 20)),), 413, "文件太大")]:
        answer = send(site, *parts)
        assert answer.status == status and words in answer.text, (parts[:1] and parts[0][:2], answer.status)
    for headers, body in [({"Content-Type": "text/plain"}, b"x"), ({"Content-Type": "multipart/form-data"}, b"x"),
                          ({"Content-Type": "multipart/form-data; boundary=a"}, b"--a\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut"),
                          ({"Content-Type": "multipart/form-data; boundary=a"}, b"")]:
        answer = send(site, headers=headers, body=body)
        assert answer.status == 400 and "表单读不出来" in answer.text
    answer = send(site, ("file", "a.exe", b"MZ\x90" + bytes(100)))
    assert answer.status == 200 and "读不了" in answer.text


def test_too_much_text_is_refused_and_the_rest_is_read(site):
    words = "一、对首次认定的企业，给予20万元奖励。\n".encode()
    much = b"".join(b"%d" % number + words for number in range(9 * 2**20 // len(words)))
    answer = send(site, ("file", "多.txt", much), ("file", "少.txt", "澜川市若干措施\n\n".encode() + words))
    assert answer.status == 200 and "文字太多" in answer.text and answer.text.count('class="split-doc"') == 1


def test_names_are_never_markup_and_never_paths(site):
    for name in ["<script>alert(1)</script>.txt", "../../etc/passwd.txt", "a&quot;b'.txt", "{{title}}.txt", "C:\\x\\y.txt"]:
        text = send(site, ("file", name, NOTICE.read_bytes())).text
        assert "<script>alert" not in text and "../" not in text.replace("../assets", "")
        answer = send(site, ("file", name, NOTICE.read_bytes()), ("as", "all.zip"))
        assert not [entry for entry in zipfile.ZipFile(io.BytesIO(answer.body)).namelist() if ".." in entry or entry.startswith("/") or "\\" in entry]


def test_hostile_words_are_text(site):
    words = "澜川市支持企业若干措施\n\n一、奖励<u>\n对首次认定的企业\"&<b>，给予20万元奖励。\n二、甲\n对乙企业给予10万元补贴。\n"
    text = send(site, ("file", "a.txt", words.encode())).text
    assert "<u>" not in text and "&lt;u&gt;" in text


def test_policy_holds_and_nothing_is_kept(site, huice, database, tmp_path):
    before = sorted(path.name for path in database.parent.iterdir())
    size = database.stat().st_size
    answer = send(site, ("file", "秘密.txt", "澜川市关于独一无二的秘密词语若干措施\n一、给予20万元奖励。\n".encode()))
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert site.search("独一无二的秘密词语")["hits"] == [] or "独一无二的秘密词语" not in site.get("/", q="独一无二的秘密词语").text.split("<main", 1)[1].split("ol class=\"hits\"")[-1]
    assert database.stat().st_size == size and sorted(path.name for path in database.parent.iterdir()) == before


def test_three_doors(page):
    page.goto("/")
    for name, path in [("企业", "/?items=1"), ("经办", "/split"), ("窗口", "/ask")]:
        door = page.locator(".doors a", has_text=name).first
        expect(door).to_be_visible()
        assert door.get_attribute("href") == path
    page.locator(".doors a", has_text="经办").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("拆解文件")


# Corrected fields


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_corrected_field_stands_in_every_download(open_page, huice, tmp_path, size, javascript):
    page = open_page(size, javascript=javascript)
    choose(page, NOTICE)
    item = page.locator(".one").nth(1)
    item.get_by_text("更正", exact=False).first.click()
    assert_no_overflow(page, "更正")
    # An empty field shows what was read, and sends nothing.
    expect(item.get_by_label("联系人")).to_have_attribute("placeholder", "文中未载明")
    assert item.get_by_label("事项内容").get_attribute("placeholder").startswith("对")
    item.get_by_label("联系人").fill("  甲科\n乙岗 ")
    item.get_by_label("事项内容").fill("给予<b>77万元</b>奖励")
    found = rows(download(page, page.locator("button[value='0/items.csv']"), tmp_path).read_text(encoding="utf-8"))
    before = rows(huice.ok("export", NOTICE, "--format", "csv").out.decode())
    changed = {(row, column): found[row][column] for row in range(len(before)) for column in range(14) if found[row][column] != before[row][column]}
    assert changed == {(2, 2): "给予<b>77万元</b>奖励（人工修改）", (2, 12): "甲科\n乙岗（人工修改）"}
    data = json.loads(download(page, page.locator("button[value='0/items.json']"), tmp_path).read_text(encoding="utf-8"))
    whole = json.loads(download(page, page.locator("button[value='0/split.json']"), tmp_path).read_text(encoding="utf-8"))
    for items in (data["items"], whole["items"]):
        assert items[1]["elements"]["联系人"] == {"value": "甲科\n乙岗", "text": None, "rule": "corrected-by-hand", "confidence": "certain"}
        assert [item["id"] for item in items if "corrected-by-hand" in json.dumps(item)] == ["2"]
    for name, times in (("cards.html", 2), ("overview.html", 1)):
        words = download(page, page.locator(f"button[value='0/{name}']"), tmp_path).read_text(encoding="utf-8")
        assert words.count("（人工修改）") == times and "给予&lt;b&gt;77万元&lt;/b&gt;奖励（人工修改）" in words
    archive = zipfile.ZipFile(download(page, page.get_by_role("button", name=re.compile("^下载全部")), tmp_path))
    inner = zipfile.ZipFile(io.BytesIO(next(archive.read(name) for name in archive.namelist() if name.endswith("政策解读.docx"))))
    assert "给予&lt;b&gt;77万元&lt;/b&gt;奖励（人工修改）" in inner.read("word/document.xml").decode()
    # The next download without the correction has none: nothing is kept.
    item.get_by_label("联系人").fill("")
    item.get_by_label("事项内容").fill("")
    assert rows(download(page, page.locator("button[value='0/items.csv']"), tmp_path).read_text(encoding="utf-8")) == before


def test_a_correction_that_says_what_was_read_is_none(site):
    csv_file = send(site, ("file", "a.txt", NOTICE.read_bytes()), ("as", "0/items.csv"))
    name = rows(csv_file.text)[1][0]
    same = send(site, ("file", "a.txt", NOTICE.read_bytes()), ("as", "0/items.csv"), ("fix-0-1-name", name), ("fix-0-999-name", "甲"), ("fix-7-1-name", "甲"),
                ("fix-0-1-phone", " \r\n "))
    assert same.body == csv_file.body


@pytest.mark.parametrize("field, value, status", [
    ("fix-0-1-nothing", "甲", 400), ("fix-x-1-name", "甲", 400), ("fix-0-1", "甲", 400), ("fix-0-1-name-x", "甲", 400), ("fix-0-1-name", "甲" * 4_001, 413),
    ("fix-0-1-name", "甲" * 4_000, 200)])
def test_a_correction_that_is_no_field_of_the_page(site, field, value, status):
    answer = send(site, ("file", "a.txt", NOTICE.read_bytes()), ("as", "0/items.csv"), (field, value))
    assert answer.status == status
    if status == 413:
        assert "一处最多改成 4000 个字" in answer.text
