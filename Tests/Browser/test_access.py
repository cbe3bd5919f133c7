"""Keyboard, widths, dark, paper, and what axe finds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from steps import ask, assert_in_sight, assert_no_overflow, hits

WIDTHS = [320, 360, 390, 414, 540, 600, 719, 720, 768, 900, 959, 960, 1024, 1239, 1240, 1280, 1360, 1440]
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 4


@pytest.fixture(scope="session")
def places(keys):
    """An address of each kind of page."""
    return {
        "home": "/",
        "results": "/?q=%E8%B4%B7%E6%AC%BE%E8%B4%B4%E6%81%AF",
        "filtered": "/?q=%E8%A1%A5%E5%8A%A9&level=city&year=2025&status=inForce&order=newest&page=2",
        "nothing": "/?q=" + LONG,
        "document": f"/documents/{keys['lanchuan/gongye-gaozhiliang-2025.txt']}?q=%E8%A1%A5%E5%8A%A9",
        "table": f"/documents/{keys['linxi/louyu-jingji-2025.html']}",
        "lapsed": f"/documents/{keys['lanchuan/dianshang-fazhan-2020.txt']}",
        "about": "/about",
        "split": "/split",
        "diff": "/diff",
        "error": "/documents/000000000000",
    }


def focused(page):
    """What has the focus: its words, its place, and whether one sees that it has."""
    return page.evaluate(
        """() => {
          const part = document.activeElement, box = part.getBoundingClientRect(), style = getComputedStyle(part);
          return {
            tag: part.tagName, id: part.id, href: part.getAttribute('href'), words: part.innerText || part.value || '',
            inSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          };
        }""")


# Keyboard


def test_skip_link(page):
    for path in ("/", "/?q=%E8%A1%A5%E5%8A%A9", "/about"):
        page.goto(path)
        page.keyboard.press("Tab")
        here = focused(page)
        if here["id"] == "q":  # the box may have the focus from the start
            continue
        assert here["words"] == "跳到正文" and here["inSight"]
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#main$"))
        page.keyboard.press("Tab")
        assert not page.evaluate("document.querySelector('header').contains(document.activeElement)"), path


def test_slash_goes_to_the_box(open_page, places):
    page = open_page("desktop")
    for name in ("home", "results", "document", "about", "error"):
        page.goto(places[name])
        page.keyboard.press("/")
        assert focused(page)["id"] == "q", name
        before = page.locator("#q").input_value()
        assert "/" not in before
        page.keyboard.press("End")
        page.keyboard.type("a/b")
        expect(page.locator("#q")).to_have_value(before + "a/b")


def test_keyboard_reaches_the_first_hit(page):
    """From the box on by Tab alone, each stop in sight and seen; Enter opens the clause."""
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("采购预留")
    page.keyboard.press("Enter")
    expect(hits(page).first).to_be_visible()
    aim = hits(page).first.locator("h2 a").get_attribute("href")
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = focused(page)
        stops.append(here)
        if here["href"] == aim:
            break
    assert stops[-1]["href"] == aim, [stop["words"] for stop in stops]
    unseen = [stop for stop in stops if not (stop["inSight"] and stop["outline"])]
    assert not unseen
    page.keyboard.press("Enter")
    expect(page.locator(".doc-head h1")).to_be_visible()
    assert_in_sight(page, page.locator(f'[id="{aim.split("#")[1]}"]'))


def test_every_stop_of_a_document_is_seen(page, places):
    page.goto(places["document"].split("?")[0])
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] != "BODY" and not (here["inSight"] and here["outline"]):
            unseen.append(here)
    assert not unseen


def test_filters_by_keyboard(page):
    page.goto("/?q=%E8%A1%A5%E5%8A%A9")
    fold = page.locator("details.filters > summary")
    if fold.is_visible():
        fold.focus()
        page.keyboard.press("Enter")
    link = page.locator("details.facet a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".active .chip")).to_have_count(1)


# Widths


def test_no_width_overflows(open_page, places):
    page = open_page((320, 800))
    for name, path in places.items():
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert_no_overflow(page, f"{name} at {width}")


def test_no_document_overflows(open_page, keys):
    page = open_page((320, 800))
    for name, key in sorted(keys.items()):
        page.goto(f"/documents/{key}")
        for width in (320, 1240):
            page.set_viewport_size({"width": width, "height": 800})
            assert_no_overflow(page, f"{name} at {width}")


def test_open_folds_do_not_overflow(open_page, places):
    page = open_page((320, 800))
    for name, path in places.items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        assert_no_overflow(page, f"{name}, all folds open")


def test_twice_the_letters(open_page, places):
    """Text at 200 % on a small window, as WCAG 1.4.4 asks."""
    page = open_page((640, 800))
    for name, path in places.items():
        page.goto(path)
        page.evaluate("document.body.style.zoom = 2")
        assert_no_overflow(page, f"{name}, doubled")


def test_targets_on_a_phone(open_page, places):
    """Links and buttons outside running text are at least 24 by 24 (WCAG 2.5.8)."""
    page = open_page("phone")
    small = []
    for name in ("home", "results", "document", "about", "error"):
        page.goto(places[name])
        small += page.evaluate(
            """name => [...document.querySelectorAll('a, button, input, summary')].filter(part => {
              const box = part.getBoundingClientRect();
              return box.width > 2 && !part.closest('.skip, p:not(.num, .rank, .copy), dd') && (box.width < 24 || box.height < 23.5);
            }).map(part => `${name}: ${part.outerHTML.slice(0, 100)} ${part.getBoundingClientRect().height}`)""", name)
    assert not small


# Dark and paper


def luminance(colour: str) -> float:
    red, green, blue = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_dark(open_page, places, size):
    page = open_page(size, color_scheme="dark")
    for name, path in places.items():
        page.goto(path)
        ground, ink = page.evaluate("() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color]; }")
        assert luminance(ground) < 0.2 < 0.6 < luminance(ink), name
    page.goto(places["document"])
    paper = page.evaluate("getComputedStyle(document.querySelector('.doc-body')).backgroundColor")
    assert luminance(paper) < 0.2


# The width of text on A4: 174 mm upright, 261 mm lying, 96 to the inch.
@pytest.mark.parametrize("width", [657, 986], ids=["upright", "lying"])
@pytest.mark.parametrize("name", ["document", "lapsed", "results", "about"])
def test_paper(open_page, places, name, width):
    page = open_page((width, 900), javascript=False)
    page.goto(places[name])
    page.emulate_media(media="print")
    for part in (".site", ".site-foot", ".menu", ".skip", ".asking", ".side", ".pages", ".orders", ".doc-outline", "form", "button"):
        assert page.locator(f"{part}:visible").count() == 0, part
    expect(page.locator("main h1").first).to_be_visible()
    words = {"document": ".doc-body .text", "lapsed": ".doc-body .text", "results": ".hit .snippet", "about": ".prose p"}[name]
    for text in page.locator(words).all()[:5]:
        expect(text).to_be_visible()
    widest = max(text.bounding_box()["width"] for text in page.locator(words).all()[:5])
    assert widest > 0.6 * width, f"words in a column of {widest} on a page of {width}"
    if name in ("document", "lapsed"):
        expect(page.locator(".doc-facts dl")).to_be_visible()
    if name == "lapsed":
        expect(page.locator(".banner")).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.querySelector('.doc-body, .hit .paper, body')).backgroundColor")
    assert ground in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_paper_of_a_dark_screen_is_white(open_page, places):
    page = open_page(color_scheme="dark")
    page.goto(places["document"])
    page.emulate_media(media="print", color_scheme="dark")
    ground, ink = page.evaluate("() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color]; }")
    assert luminance(ground) > 0.9 and luminance(ink) < 0.3


def test_document_prints(open_page, places):
    page = open_page()
    page.goto(places["document"])
    assert page.pdf(format="A4").startswith(b"%PDF-")


# axe


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("name", ["home", "results", "filtered", "nothing", "document", "table", "lapsed", "about", "error"])
def test_axe(open_page, places, name, size):
    assert_no_grave_finding(open_page(size), places[name])


@pytest.mark.parametrize("name", ["home", "results", "document", "lapsed"])
def test_axe_in_the_dark(open_page, places, name):
    assert_no_grave_finding(open_page("desktop", color_scheme="dark"), places[name])


def assert_no_grave_finding(page, path):
    page.goto(path)
    found = Axe().run(page).response["violations"]
    grave = [
        f"{finding['id']} ({finding['impact']}): {[node['html'][:120] for node in finding['nodes'][:3]]}"
        for finding in found if finding["impact"] in ("serious", "critical")]
    assert not grave


def test_landmarks_and_language(open_page, places):
    page = open_page(javascript=False)
    for name, path in places.items():
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").count() == 1
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(part => part.id)")
        assert len(ids) == len(set(ids)), f"{name}: an id twice"


def test_question_box_is_first_in_mind(open_page):
    """On a phone and a desk the box is in sight without scrolling, on the home page and above hits."""
    for size in ("phone", "desktop"):
        page = open_page(size)
        page.goto("/")
        assert_in_sight(page, page.locator("#q"))
        ask(page, "补助")
        assert_in_sight(page, page.locator("#q"))
