"""Two versions side by side: of a document in the index, and of two files."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from program import Server

sys.path.insert(0, str(Path(__file__).parents[1] / "CommandLine"))
from test_diff import NEW, OLD  # noqa: E402

SIZES = {"phone": (390, 844), "desktop": (1360, 900)}


@pytest.fixture(scope="module")
def versions(huice, site, tmp_path_factory):
    """A site of its own: one document in two versions, and one that has only one."""
    folder = tmp_path_factory.mktemp("versions")
    notice, path = folder / "研发措施.txt", folder / "versions.sqlite"
    (folder / "另一份.txt").write_text("澜川市财政局关于支持企业的通知\n一、给予补助10万元。\n")
    notice.write_text(OLD)
    huice.index(folder / "另一份.txt", database=path)
    assert huice.index(notice, database=path)["added"] == 1
    notice.write_text(NEW)
    assert huice.index(notice, database=path)["changed"] == 1
    server = Server(huice, path)
    yield type(site)(server.url)
    server.stop()


@pytest.fixture(scope="module")
def documents(versions) -> dict:
    return {row["title"]: row["key"] for row in versions.get("/api/v1/documents").json["documents"]}


@pytest.fixture
def key(documents) -> str:
    return documents["澜川市支持企业研发若干措施"]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("size", SIZES)
def test_a_document_leads_to_its_difference(chromium, versions, key, size, javascript):
    width, height = SIZES[size]
    with chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{versions.url}/documents/{key}")
        if size == "phone":
            page.locator(".doc-facts summary").click()
        page.get_by_role("link", name="与上一版对照").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("新旧对照")
        expect(page.locator(".diff-sum")).to_contain_text("共4处变化：新增1，删除1，修改2。")
        effects = page.locator("section[aria-labelledby=effects-h] li")
        expect(effects.filter(has_text="上限 300万元 → 500万元")).to_be_visible()
        expect(effects.filter(has_text="有效期延至 2028-12-31（原 2026-12-31）")).to_be_visible()
        # What came and went is told by elements and words, not by colour.
        changed = page.locator(".change").filter(has_text="最高不超过").first
        expect(changed.locator("del")).to_have_text("300万元")
        expect(changed.locator("ins")).to_have_text("500万元")
        expect(changed.locator(".kind")).to_have_text("修改")
        old, new = (changed.locator(".side").nth(side).bounding_box() for side in (0, 1))
        if size == "phone":
            assert new["y"] >= old["y"] + old["height"]
        else:
            assert new["x"] >= old["x"] + old["width"] and abs(new["y"] - old["y"]) < 2
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_two_files(page):
    page.goto("/diff")
    page.get_by_label("旧版").set_input_files({"name": "旧.txt", "mimeType": "text/plain", "buffer": OLD.encode()})
    html = "".join(f"<p>{line}</p>" for line in NEW.splitlines()).encode()
    page.get_by_label("新版").set_input_files({"name": "新.html", "mimeType": "text/html", "buffer": html})
    page.get_by_role("button", name="对照").click()
    expect(page.locator(".diff-sum")).to_contain_text("共4处变化")
    expect(page.locator(".change ins").first).to_be_visible()


def test_files_that_cannot_be_read_are_named(open_page):
    page = open_page()
    page.goto("/diff")
    page.get_by_label("旧版").set_input_files({"name": "旧.txt", "mimeType": "text/plain", "buffer": OLD.encode()})
    page.get_by_label("新版").set_input_files({"name": "图.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(5_000)})
    page.get_by_role("button", name="对照").click()
    expect(page.get_by_role("alert")).to_contain_text("图.png")


def test_for_programs(versions, key, documents):
    record = versions.get(f"/api/v1/documents/{key}/diff").json
    assert record["schema"] == "huice.diff/1"
    assert record["counts"] == {"added": 1, "removed": 1, "modified": 2, "moved": 0, "renumbered": 1}
    back = versions.get(f"/api/v1/documents/{key}/diff", **{"from": 2, "to": 1}).json
    assert (back["counts"]["added"], back["old"]["text"]) == (1, record["new"]["text"])
    other = documents["澜川市财政局关于支持企业的通知"]
    for path in (f"/api/v1/documents/{other}/diff", f"/api/v1/documents/{key}/diff?from=7", "/api/v1/documents/none/diff"):
        assert versions.get(path).status == 404
    assert versions.get(f"/documents/{other}/diff").status == 404
    assert "与上一版对照" not in versions.get(f"/documents/{other}").text
    assert versions.get(f"/api/v1/documents/{key}/diff", **{"from": "x"}).status == 400


def test_what_stands_in_a_file_is_never_markup(open_page):
    page = open_page()
    page.goto("/diff")
    for label, words in (("旧版", OLD), ("新版", OLD.replace("300万元", "<甲&lt;乙>500万元"))):
        page.get_by_label(label).set_input_files({"name": "<b>a.txt", "mimeType": "text/plain", "buffer": words.encode()})
    page.get_by_role("button", name="对照").click()
    expect(page.locator(".change ins").first).to_contain_text("<甲&lt;乙>500万元")
