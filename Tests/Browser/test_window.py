"""The window (窗口), terms, cards, contacts: a clerk's way and a firm's way, at both sizes, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect
from steps import assert_in_sight, assert_no_overflow
from test_access import assert_no_grave_finding


def put(page, words):
    page.goto("/ask")
    page.locator("textarea#q").fill(words)
    page.get_by_role("button", name="答复", exact=True).click()


def test_clerk_asks_and_reads_the_source(page):
    put(page, "首次认定高新技术企业奖励多少钱")
    expect(page.locator(".w-answer blockquote")).to_contain_text("25万元")
    foot = page.locator(".w-answer blockquote .foot")
    foot.click()
    source = page.locator(foot.get_attribute("href"))
    assert_in_sight(page, source)
    expect(source.locator("mark")).to_contain_text("25万元")
    assert_no_overflow(page, "answer")
    source.locator("a").first.click()
    expect(page.locator(".doc-head h1")).to_be_visible()


def test_every_footnote_has_its_source(page):
    put(page, "贷款贴息要交什么材料")
    for foot in page.locator(".foot").all():
        expect(page.locator(foot.get_attribute("href"))).to_have_count(1)


def test_refusal_says_what_was_searched(page):
    put(page, "澜川市新生儿育儿补贴")
    expect(page.locator(".says-no")).to_contain_text("没有找到")
    expect(page.locator(".w-answer")).to_contain_text("查了40份文件")
    assert page.locator(".w-answer blockquote").count() == 0


def test_next_question_keeps_the_object_and_lets_go_of_it(page):
    put(page, "澜川市贷款贴息最高多少")
    page.get_by_role("link", name="那材料呢").click()
    kept = page.locator("a.chip.off", has_text="接着问")
    expect(kept).to_contain_text("贴息")
    expect(page.locator(".w-answer blockquote")).to_be_visible()
    kept.click()
    expect(page.locator("a.chip.off", has_text="接着问")).to_have_count(0)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\" onmouseover=\"x", "'; DROP TABLE document; --", "？？？"])
def test_hostile_words_are_shown_as_words(page, words):
    put(page, words)
    expect(page.locator("textarea#q")).to_have_value(words)
    assert page.locator("main script").count() == 0


def test_keys_of_the_window(open_page):
    page = open_page("desktop")
    page.goto("/ask")
    page.locator("textarea#q").fill("稳岗返还的比例是多少")
    page.keyboard.press("Enter")
    expect(page.locator(".w-answer blockquote")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("c")
    expect(page.locator("[data-copytext] button")).to_have_text(re.compile("已复制|没能复制"))
    page.keyboard.press("n")
    expect(page.locator("textarea#q")).to_have_value("")
    expect(page.locator("textarea#q")).to_be_focused()


def test_firm_goes_from_words_to_the_card(page):
    page.goto("/")
    page.locator("#q").fill("首次认定高新技术企业")
    page.get_by_role("button", name="搜索").click()
    page.locator(".gives a").first.click()
    expect(page.locator("article.item h1")).to_be_visible()
    page.get_by_role("link", name="打印明白卡").click()
    expect(page.locator(".sheet svg.code")).to_be_visible()
    assert_no_overflow(page, "card")


def test_card_is_one_sheet(open_page, site):
    page = open_page("desktop")
    for item in site.get("/api/v1/items", limit=12).json["items"]:
        page.goto(f"/items/{item['key']}/card")
        pdf = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, item["key"]


def test_terms_are_explained_where_they_stand(page, keys):
    page.goto(f"/documents/{keys['lanchuan/keji-chuangxin-2025.txt']}")
    term = page.locator("a.term").first
    assert len(term.get_attribute("title")) >= 15
    term.click()
    expect(page).to_have_url(re.compile("/glossary#g-"))
    assert_in_sight(page, page.locator(page.url.split("/glossary")[1]))


def test_glossary_has_eighty_terms_with_sources(site):
    terms = site.get("/api/v1/glossary").json["terms"]
    assert len(terms) >= 80
    assert all(term["source"] and 15 <= len(term["explanation"]) <= 120 for term in terms)


def test_reading_of_a_policy_is_beside_it(page, keys):
    page.goto(f"/documents/{keys['lanchuan/keji-chuangxin-2025.txt']}")
    section = page.locator("section", has=page.get_by_role("heading", name="政策解读", exact=True))
    expect(section).to_contain_text("政策解读")
    panel = page.locator("#items details").first
    panel.locator("summary").click()
    for label in ("政策兑现事项名称", "支持内容", "责任部门", "支持范围", "办理条件", "兑现流程", "咨询电话"):
        expect(panel).to_contain_text(label)


ODD = {"惠企證策": "惠企政策", "免申既享": "免申即享", "hqzc": "惠企政策"}


@pytest.mark.parametrize("words", ODD)
def test_slips_are_offered_and_not_applied(page, words):
    page.goto("/")
    page.locator("#q").fill(words)
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#q")).to_have_value(words)
    page.locator(".slip a", has_text=ODD[words]).first.click()
    expect(page.locator(".hit .snippet").first).to_be_visible()


@pytest.mark.parametrize("words", ["高企", "市發改委", "工 作 日", "惠企政策，兑现", "申兌", "澜政办发[2025]21号", "〔2025〕21号"])
def test_odd_words_still_find(site, words):
    """At once, or by what is offered."""
    if site.search(words)["hits"]:
        return
    offered = site.get("/api/v1/suggest", q=words).json["corrections"]
    assert offered and site.search(offered[0])["hits"], offered


@pytest.mark.parametrize("words,wanted", [("gaoxin", "高新技术企业"), ("gxjsqy", "高新技术企业"), ("澜政办发", "澜政办"), ("贷款贴", "贷款贴息")])
def test_suggestions(site, words, wanted):
    found = site.get("/api/v1/suggest", q=words, limit=20).json["suggestions"]
    assert any(wanted in one["text"] for one in found), found


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("path", ["/ask", "/ask?q=%E8%B4%B7%E6%AC%BE%E8%B4%B4%E6%81%AF%E6%9C%80%E9%AB%98%E5%A4%9A%E5%B0%91", "/ask?q=%E8%82%B2%E5%84%BF%E8%A1%A5%E8%B4%B4", "/glossary", "/contacts"])
def test_axe_finds_nothing_grave(open_page, path, size):
    page = open_page(size)
    assert_no_grave_finding(page, path)
    assert_no_overflow(page, path)
