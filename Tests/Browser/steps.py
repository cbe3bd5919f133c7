"""What a person does on the pages."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect


def ask(page: Page, words: str):
    """Types a question into the box and sends it."""
    page.locator("#q").fill(words)
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".found-head h1")).to_be_visible()


def asked(page: Page) -> dict:
    """The parameters in the address."""
    return parse_qs(urlsplit(page.url).query)


def hits(page: Page):
    return page.locator("ol.hits > li.hit")


def open_filters(page: Page):
    """On a phone the filters are folded."""
    fold = page.locator("details.filters > summary")
    if fold.is_visible():
        fold.click()


def chinese_date(date: str) -> str:
    year, month, day = map(int, date.split("-"))
    return f"{year}年{month}月{day}日"


def squeezed(words: str) -> str:
    """Without white space, and without the signs of Markdown."""
    return re.sub(r"[\s\u3000\u200b\ufeff*#]+", "", words)


def assert_in_sight(page: Page, locator):
    """The element's beginning stands in the window."""
    expect(locator).to_be_visible()
    box = locator.bounding_box()
    assert box and -1 <= box["y"] < page.viewport_size["height"], f"at {box}, window {page.viewport_size}"
    assert box["x"] + box["width"] > 0 and box["x"] < page.viewport_size["width"]


def assert_no_overflow(page: Page, where: str):
    """Nothing goes beyond the window's side."""
    wide = page.evaluate(
        """() => {
          const root = document.documentElement, limit = root.clientWidth;
          if (root.scrollWidth <= limit && document.body.scrollWidth <= limit) return null;
          const parts = [...document.body.querySelectorAll('*')].filter(part => {
            const box = part.getBoundingClientRect();
            return box.width > 0 && box.right > limit + 1;
          });
          return `${root.scrollWidth} > ${limit}: ` + parts.slice(0, 3).map(part => part.outerHTML.slice(0, 120)).join(' | ');
        }""")
    assert wide is None, f"{where}: {wide}"
