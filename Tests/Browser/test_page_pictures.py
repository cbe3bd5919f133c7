"""The picture of a PDF page beside the text: drawn on demand, only of the file that was indexed."""

import struct
import time
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from program import Server
from steps import assert_in_sight, assert_no_overflow

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
HEAD = "<h1 style='text-align:center'>澜川市支持企业研发若干措施</h1>"
PAGES = [
    HEAD + "<p>一、支持企业研发。对年度研发费用增长的企业，给予最高100万元补助。</p><p>二、支持平台建设。对新认定的市级平台，给予20万元奖励。</p>",
    "<p>三、支持成果转化。对技术合同成交额超过500万元的企业，给予10万元奖励。</p>",
    "<p>四、附则。本措施自2026年1月1日起施行。</p>",
]


def pdf(browser, pages) -> bytes:
    page = browser.new_page()
    page.set_content("".join(f"<div style='break-after:{'auto' if part is pages[-1] else 'page'};font:16px serif'>{part}</div>" for part in pages))
    try:
        return page.pdf(format="A4", margin={"top": "20mm", "left": "20mm", "right": "20mm"})
    finally:
        page.close()


@pytest.fixture(scope="module")
def folder(huice, chromium, tmp_path_factory):
    """Files and their index: three PDF files, one in an archive, and a text."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "措施.pdf").write_bytes(pdf(chromium, PAGES))
    for name in ("移走", "改过"):
        (folder / f"{name}.pdf").write_bytes(pdf(chromium, [part.replace("若干措施", f"若干措施（{name}）") for part in PAGES]))
    (folder / "文字.txt").write_text("澜川市关于支持研发的通知\n一、给予补助10万元。\n")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("inner.pdf", pdf(chromium, [HEAD.replace("研发", "包装") + "<p>一、给予补助10万元。</p>"]))
    assert huice.index(folder, database=folder / "drawn.sqlite") == {"added": 5, "changed": 0, "unchanged": 0, "failed": 0}
    (folder / "移走.pdf").unlink()
    (folder / "改过.pdf").write_bytes(pdf(chromium, PAGES[:1]))
    return folder


@pytest.fixture(scope="module")
def drawn(huice, site, folder):
    server = Server(huice, folder / "drawn.sqlite")
    yield type(site)(server.url)
    server.stop()


@pytest.fixture(scope="module")
def keys(drawn) -> dict:
    return {row["name"]: row["key"] for row in drawn.get("/api/v1/documents").json["documents"]}


@pytest.fixture
def key(keys) -> str:
    return keys["措施.pdf"]


def size(png: bytes) -> tuple:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_a_page_is_a_picture(drawn, key):
    first, second = (drawn.get(f"/documents/{key}/pages/{number}.png") for number in (1, 2))
    assert first.status == second.status == 200
    assert first.headers["Content-Type"] == "image/png"
    width, height = size(first.body)
    assert 1_000 < width < 1_500 and 1.3 < height / width < 1.5
    assert first.body != second.body
    assert first.body == drawn.get(f"/documents/{key}/pages/1.png?version=1").body
    assert first.headers["Content-Security-Policy"] and first.headers["ETag"] != second.headers["ETag"]


def test_a_picture_that_was_drawn_is_kept(drawn, key):
    drawn.get(f"/documents/{key}/pages/3.png")
    start = time.monotonic()
    for _ in range(10):
        assert drawn.get(f"/documents/{key}/pages/3.png").status == 200
    assert time.monotonic() - start < 1, "it is drawn again each time"


@pytest.mark.parametrize("name, number, says", [
    ("移走.pdf", 1, "原件已不在原处"), ("改过.pdf", 1, "原件的内容已改"), ("措施.pdf", 4, "原件只有3页"), ("文字.txt", 1, "不是从 PDF 读来的"),
    ("包.zip/inner.pdf", 1, "原件在压缩包里")])
def test_where_there_is_no_picture_one_line_says_why(drawn, keys, name, number, says):
    picture = drawn.get(f"/documents/{keys[name]}/pages/{number}.png")
    assert picture.status == 404 and says in picture.text
    page = drawn.get(f"/documents/{keys[name]}?page={number}")
    assert page.status == 200 and says in page.text and "<img" not in page.text
    assert "给予" in page.text


@pytest.mark.parametrize("page", ["0", "x", "3001", "-1", "1e9"])
def test_a_page_that_is_no_number(drawn, key, page):
    assert drawn.get(f"/documents/{key}?page={page}").status == 400
    assert drawn.get(f"/documents/{key}/pages/{page}.png").status == 404
    assert drawn.get(f"/documents/{key}/pages/1.gif").status == 404


def test_a_document_of_text_offers_no_pictures(drawn, keys):
    assert "页面图片" in drawn.get(f"/documents/{keys['措施.pdf']}").text
    assert "页面图片" not in drawn.get(f"/documents/{keys['文字.txt']}").text


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("size", SIZES)
def test_leafing_through_the_pages(chromium, drawn, key, size, javascript):
    width, height = SIZES[size]
    with chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{drawn.url}/documents/{key}?q=%E8%A1%A5%E5%8A%A9")
        if size == "phone":
            page.locator(".doc-facts summary").click()
        page.get_by_role("link", name="对照原件的页面图片").click()
        picture, text = page.locator(".doc-picture img"), page.locator(".doc-body")
        expect(picture).to_have_attribute("alt", "原件第1页的图片，文字见正文；点开看大图")
        assert_no_overflow(page, size)
        image, words = picture.bounding_box(), text.bounding_box()
        if size == "phone":
            assert image["y"] + image["height"] <= words["y"]
        else:
            assert image["x"] >= words["x"] + words["width"] and image["height"] > 200
        assert page.get_by_role("link", name="上一页").count() == 0
        page.get_by_role("link", name="下一页").click()
        expect(page.locator(".turn")).to_contain_text("第2页，共3页")
        assert_in_sight(page, page.locator(".doc-picture h2") if size == "phone" else page.locator("#page-2"))
        assert "q=" in page.url
        if size == "desktop":
            # The picture stays in sight to the last page, whose text ends far above the end of the page.
            page.goto(page.url.split("#")[0].replace("page=2", "page=3") + "#page-3")
            assert_in_sight(page, page.locator("#page-3"))
            assert_in_sight(page, page.locator(".doc-picture img"))
            page.goto(page.url.split("#")[0].replace("page=3", "page=2"))
        # The text says where each page begins, and leads to its picture.
        marks = page.locator(".page-mark")
        expect(marks).to_have_text(["原件第1页", "原件第2页", "原件第3页"])
        expect(page.locator(".page-mark:has-text('第3页') + .block")).to_contain_text("附则")
        marks.nth(2).get_by_role("link").click()
        expect(page.locator(".turn")).to_contain_text("第3页，共3页")
        assert page.get_by_role("link", name="下一页").count() == 0
        page.get_by_role("link", name="只看文字").click()
        expect(page.locator(".doc-picture")).to_have_count(0)
        assert "page=" not in page.url and "q=" in page.url


@pytest.mark.parametrize("size", SIZES)
def test_it_is_accessible_and_not_printed(chromium, drawn, key, size):
    width, height = SIZES[size]
    with chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{drawn.url}/documents/{key}?page=2")
        grave = [found["id"] for found in Axe().run(page).response["violations"] if found["impact"] in ("serious", "critical")]
        assert not grave
        page.emulate_media(media="print")
        expect(page.locator(".doc-picture")).to_be_hidden()
