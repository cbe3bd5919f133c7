"""What people see: questions, hits, documents, filters, errors."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from steps import ask, asked, assert_in_sight, assert_no_overflow, chinese_date, hits, open_filters, squeezed

QUESTIONS = pytest.mark.parametrize("words", ["贷款贴息", "中小企业 采购 预留 比例"], ids=["one word", "four words"])


# Questions and hits


def test_home(page):
    page.goto("/")
    expect(page).to_have_title(re.compile("惠策"))
    expect(page.locator("#q")).to_be_visible()
    expect(page.locator(".recent li > a").first).to_be_visible()
    page.locator(".examples a").first.click()
    expect(hits(page).first).to_be_visible()


@QUESTIONS
def test_question_stays_in_the_box(page, words):
    """A form sends a space as `+`."""
    page.goto("/")
    ask(page, words)
    expect(page.locator("#q")).to_have_value(words)
    expect(page).to_have_title(f"{words} · 惠策")
    hits(page).first.locator("h2 a").click()
    expect(page.locator("#q")).to_have_value(words)


@QUESTIONS
def test_hits_are_ranked_and_say_where_they_come_from(page, site, words):
    page.goto("/")
    ask(page, words)
    shown = hits(page).all()
    found = site.search(words)["hits"]
    assert len(shown) == len(found) == 10
    scores = [float(hit.get_attribute("data-score")) for hit in shown]
    assert scores == sorted(scores, reverse=True)
    for rank, (hit, expected) in enumerate(zip(shown, found, strict=True), 1):
        assert hit.locator(".rank").inner_text() == str(rank)
        assert hit.locator("h2").inner_text().strip()
        assert hit.locator(".source a").inner_text() == expected["title"]
        facts = hit.locator(".meta li").all_inner_texts()
        for fact in (expected.get("number"), "、".join(expected["issuers"]), expected.get("date") and chinese_date(expected["date"])):
            assert not fact or fact in facts
        assert expected["issuers"] or expected.get("date")
        snippet = squeezed(hit.locator(".snippet").inner_text()).strip("…")
        assert snippet[:30] in squeezed(expected["text"])


@QUESTIONS
def test_first_hit_shows_the_words(page, words):
    page.goto("/")
    ask(page, words)
    marks = hits(page).first.locator("mark")
    assert marks.count() > 0, f"first for {words}: {hits(page).first.inner_text()!r}"
    assert any(mark in words or words in mark for mark in marks.all_inner_texts())


@QUESTIONS
def test_first_hit_leads_to_its_clause(page, words):
    page.goto("/")
    ask(page, words)
    hits(page).first.locator("h2 a").click()
    expect(page.locator(".doc-head h1")).to_have_count(1)
    anchor = page.url.split("#")[1]
    assert anchor.startswith("c-")
    clause = page.locator(f'[id="{anchor}"]')
    expect(clause).to_have_count(1)
    assert_in_sight(page, clause)
    assert clause.locator("mark").count() > 0, clause.inner_text()


def test_clause_one_arrives_at_stands_out(page):
    page.goto("/?q=%E9%87%87%E8%B4%AD%E9%A2%84%E7%95%99")
    hits(page).first.locator("h2 a").click()
    clause = page.locator(".block:target")
    expect(clause).to_have_count(1)
    paper = page.evaluate("getComputedStyle(document.querySelector('.doc-body')).backgroundColor")
    expect(clause).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(clause).not_to_have_css("background-color", paper)


def test_title_of_a_hit_leads_to_the_document(page):
    page.goto("/")
    ask(page, "采购预留")
    title = hits(page).first.locator(".source a").inner_text()
    hits(page).first.locator(".source a").click()
    expect(page.locator(".doc-head h1")).to_have_text(title)


def test_order(page):
    page.goto("/")
    ask(page, "补助")
    page.get_by_role("link", name="最新").click()
    expect(page.get_by_role("link", name="最新")).to_have_attribute("aria-current", "true")
    dates = [
        tuple(map(int, re.search(r"(\d{4})年(\d+)月(\d+)日", hit.locator(".gloss > .meta").inner_text()).groups())) for hit in hits(page).all()]
    assert dates == sorted(dates, reverse=True)


# Filters


def test_facet_chip_and_back(page, site):
    page.goto("/")
    ask(page, "贷款贴息")
    before = hits(page).locator("h2").all_inner_texts()
    open_filters(page)
    facet = page.locator("details.facet", has=page.locator("summary", has_text="级别"))
    facet.get_by_role("link", name=re.compile("县（区）级")).click()
    chip = page.locator(".active .chip")
    expect(chip).to_have_count(1)
    assert squeezed(chip.inner_text()).endswith("级别：县（区）级")
    assert asked(page)["level"] == ["county"]
    found = site.search("贷款贴息", level="county")
    expect(page.locator(".found-head h1")).to_contain_text(f"{found['total']}条")
    for hit in hits(page).all():
        assert "县（区）级" in hit.locator(".gloss > .meta").inner_text()
    # A new question keeps what was chosen.
    ask(page, "补贴")
    assert asked(page)["level"] == ["county"] and asked(page)["q"] == ["补贴"]
    ask(page, "贷款贴息")
    page.locator(".active .chip").click()
    expect(page.locator(".active .chip")).to_have_count(0)
    assert "level" not in asked(page)
    assert hits(page).locator("h2").all_inner_texts() == before


def test_two_facets_and_clear(page):
    page.goto("/?q=%E8%A1%A5%E5%8A%A9&level=city&year=2025")
    expect(page.locator(".active .chip")).to_have_count(2)
    for hit in hits(page).all():
        assert "市级" in hit.locator(".gloss > .meta").inner_text()
    page.get_by_role("link", name="全部清除").click()
    expect(page.locator(".active .chip")).to_have_count(0)


def test_number_beside_a_facet_is_what_one_gets(open_page, site):
    """条 are clauses, 份 are documents."""
    page = open_page()
    page.goto("/?q=%E8%B4%B7%E6%AC%BE%E8%B4%B4%E6%81%AF")
    facet = page.locator("details.facet", has=page.locator("summary", has_text="级别"))
    wrong = []
    for level, name in (("national", "国家"), ("province", "省级"), ("city", "市级"), ("county", "县（区）级")):
        count = facet.locator("a", has_text=name).locator(".n").text_content()
        chosen = site.everything("贷款贴息", level=level)
        real = {"条": len(chosen), "份": len({hit["document"] for hit in chosen})}
        unit = count[-1]
        if int(count[:-1]) != real[unit]:
            wrong.append(f"{name}：{count}, in truth {real}")
    assert not wrong


def test_filter_that_leaves_nothing_is_said(page):
    page.goto("/?q=%E7%A8%BB%E8%8D%89%E4%BA%BA%E9%A3%9E%E8%88%B9&level=national")
    assert page.locator(".notice").count() > 0 or page.locator(".none").count() > 0


def test_nothing_found(page):
    page.goto("/")
    ask(page, "zzqqxx")
    expect(page.locator(".found-head h1")).to_contain_text("没有找到")
    expect(page.locator(".none")).to_be_visible()
    assert hits(page).count() == 0


# Pages


def test_next_page_and_back(page):
    page.goto("/")
    ask(page, "贷款贴息")
    first = hits(page).locator("h2 a").evaluate_all("links => links.map(link => link.href)")
    page.get_by_role("link", name="下一页").click()
    expect(hits(page).locator(".rank").first).to_have_text("11")
    second = hits(page).locator("h2 a").evaluate_all("links => links.map(link => link.href)")
    assert len(second) == 10 and not set(first) & set(second)
    page.get_by_role("link", name="上一页").click()
    expect(hits(page).locator(".rank").first).to_have_text("1")
    assert hits(page).locator("h2 a").evaluate_all("links => links.map(link => link.href)") == first


def test_all_pages_give_each_hit_once(open_page, site):
    page = open_page(javascript=False)
    page.goto("/")
    ask(page, "贷款贴息")
    links = []
    while True:
        links += hits(page).locator("h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        following = page.locator("a[rel=next]")
        if following.count() == 0:
            break
        following.click()
    found = site.everything("贷款贴息")
    assert len(links) == len(set(links)) == len(found)
    assert [link.split("?")[0].split("/")[-1] + link.split("#")[1] for link in links] == [f"{hit['key']}c-{hit['clause']}" for hit in found]


# Phrases, exclusions, numbers


@pytest.mark.parametrize("quotes", ["“{}”", '"{}"'], ids=["Chinese", "straight"])
def test_phrase(page, quotes):
    page.goto("/")
    ask(page, quotes.format("政府采购预留份额"))
    assert page.locator(".notice").count() == 0
    assert hits(page).count() > 0
    for hit in hits(page).all():
        assert "政府采购预留份额" in squeezed(hit.locator(".snippet").inner_text())


def test_phrase_that_stands_nowhere(page):
    page.goto("/")
    ask(page, "“贷款预留贴息份额”")
    expect(page.locator(".notice")).to_contain_text("没有逐字相同")


def test_exclusion(page):
    page.goto("/")
    ask(page, "贴息 设备")
    assert "设备" in "".join(hits(page).all_inner_texts())
    ask(page, "贴息 -设备")
    assert page.locator(".notice").count() == 0
    assert hits(page).count() > 0
    for hit in hits(page).all():
        assert "设备" not in hit.inner_text()


def test_number_in_any_brackets(page):
    page.goto("/")
    for number in ("澜金发〔2024〕19号", "澜金发[2024]19号", "澜金发（2024）19号"):
        ask(page, number)
        assert hits(page).count() > 0, number
        for hit in hits(page).all():
            assert "澜金发〔2024〕19号" in hit.locator(".gloss > .meta").inner_text(), number
            assert hit.locator(".source a").inner_text() == "关于印发《澜川市中小微企业贷款贴息管理办法》的通知", number


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "\"><img/src=x/onerror=alert(1)>", "'/onfocus=alert(1)/autofocus='", "</title><script>alert(1)</script>",
     "{{query}}{{{query}}}", "&lt;b&gt;", "javascript:alert(1)", "\u202e贷款"],
    ids=["script", "image", "attribute", "title", "template", "entity", "address", "direction"])
def test_question_is_only_words(open_page, words):
    page = open_page()
    page.goto("/")
    ask(page, words)
    expect(page.locator("#q")).to_have_value(words)
    assert page.locator("script:not([src]), main img, [onerror], [onfocus]").count() == 0
    page.goto("/?q=%E8%B4%B7%E6%AC%BE")
    link = hits(page).first.locator("h2 a").get_attribute("href").split("?")[0]
    page.goto(f"{link}?q={quote(words)}")
    expect(page.locator("#q")).to_have_value(words)
    assert page.locator("script:not([src]), main img, [onerror], [onfocus]").count() == 0


# Documents


def test_document(page, keys, site):
    key = keys["lanchuan/keji-chuangxin-2025.txt"]
    page.goto(f"/documents/{key}")
    data = site.get(f"/api/v1/documents/{key}").json
    expect(page.locator(".doc-head h1")).to_have_text(data["metadata"]["title"]["value"])
    expect(page.locator(".doc-number")).to_contain_text(data["metadata"]["documentNumber"]["value"])
    fold = page.locator(".doc-outline > details > summary")
    if fold.is_visible():
        fold.click()
    link = page.locator(".doc-outline a").last
    link.click()
    anchor = link.get_attribute("href")[1:]
    assert page.url.endswith(f"#{anchor}")
    if page.javascript and page.size == "phone":
        expect(page.locator(".doc-outline > details")).not_to_have_attribute("open", "")
    assert_in_sight(page, page.locator(f'[id="{anchor}"]'))


def test_facts_of_a_document_say_what_is_missing(page, keys):
    page.goto(f"/documents/{keys['songling/yingshang-gongzuo-fangan-2025.txt']}")
    fold = page.locator(".doc-facts > details > summary")
    if fold.is_visible():
        fold.click()
    expect(page.locator(".doc-facts dl > div", has_text="发文字号")).to_contain_text("文中未载明")


def test_data_of_a_document(page, keys):
    key = keys["lanchuan/keji-chuangxin-2025.txt"]
    page.goto(f"/documents/{key}")
    fold = page.locator(".doc-facts > details > summary")
    if fold.is_visible():
        fold.click()
    address = page.get_by_role("link", name=re.compile("JSON")).get_attribute("href")
    answer = page.request.get(address)
    assert answer.ok and answer.headers["content-type"].startswith("application/json")
    assert json.loads(answer.body())["schema"] == "huice.policy/1"


@pytest.mark.parametrize("name", ["lanchuan/dianshang-fazhan-2020.txt", "qingpugang/fangzhi-tisheng-2021.txt"])
def test_lapsed_document_wears_a_banner(page, keys, name):
    page.goto(f"/documents/{keys[name]}")
    banner = page.locator(".banner")
    assert_in_sight(page, banner)
    expect(banner).to_contain_text("2023年12月31日")
    expect(banner).to_contain_text("失效")
    expect(page.locator(".doc-status .status")).to_have_text("已失效")


def test_document_in_force_wears_none(page, keys):
    page.goto(f"/documents/{keys['yunping/wenjian-jingying-2025.txt']}")
    expect(page.locator(".doc-head h1")).to_be_visible()
    expect(page.locator(".banner")).to_have_count(0)


def test_lapsed_document_is_marked_among_hits(page):
    page.goto("/")
    ask(page, "电子商务 网上零售额")
    hit = hits(page).filter(has_text="关于促进电子商务发展的若干意见").first
    expect(hit.locator(".status")).to_have_text("已失效")


def test_documents_lose_no_words(open_page, site, keys):
    """Each line of a document's text stands on its page: as text, as its title, or among the furniture."""
    page = open_page((1360, 900), javascript=False)
    lost = []
    for name, key in sorted(keys.items()):
        page.goto(f"/documents/{key}")
        words = page.evaluate(
            """() => {
              const main = document.querySelector('main').cloneNode(true);
              main.querySelectorAll('.num, .unit, .copy, .doc-facts, .doc-outline').forEach(part => part.remove());
              return main.textContent;
            }""")
        words = squeezed(words)
        for line in site.get(f"/api/v1/documents/{key}").json["text"].splitlines():
            if not re.fullmatch(r"[\s|:\-*#>_—=]*", line) and squeezed(line.lstrip(" >-+")) not in words:
                lost.append(f"{name}: {line[:60]}")
    assert not lost


def test_documents_show_no_signs_of_markdown(open_page, keys):
    page = open_page((1360, 900), javascript=False)
    shown = []
    for name, key in sorted(keys.items()):
        if name.endswith(".md"):
            page.goto(f"/documents/{key}")
            shown += [f"{name}: {text[:60]}" for text in page.locator(".doc-body .text").all_inner_texts() if "**" in text or text.lstrip().startswith("#")]
    assert not shown


def test_hits_show_no_signs_of_markdown(open_page):
    page = open_page((1360, 900), javascript=False)
    page.goto("/?q=%E8%A1%A5%E8%B4%B4%E6%A0%87%E5%87%86+%E7%A7%91%E5%88%9B%E8%BD%BD%E4%BD%93+%E4%BA%BA%E6%89%8D%E5%AE%89%E5%B1%85")
    for hit in hits(page).all():
        assert "**" not in hit.inner_text() and "##" not in hit.inner_text()


# Errors


def test_error_page_leads_home(page):
    for path, status, words in (
        ("/documents/000000000000", 404, "没有这份文件"), ("/nothing/here", 404, "没有这个页面"), ("/?q=a&page=0", 400, "有误"),
        ("/?q=a&level=moon", 400, "有误"), ("/?q=" + "a" * 2_001, 413, "太长"), ("/documents/" + "a" * 300, 404, "没有这份文件")):
        assert page.goto(path).status == status, path
        expect(page.locator("main h1")).to_contain_text(words)
        assert_no_overflow(page, path[:40])
    page.get_by_role("link", name="回到搜索").click()
    expect(page.locator(".home #q")).to_be_visible()
    assert asked(page) == {}


def test_about(page):
    page.goto("/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="关于").click()
    expect(page.locator("main h1")).to_have_text("关于惠策")
    expect(page.locator(".figures")).to_contain_text("40")
