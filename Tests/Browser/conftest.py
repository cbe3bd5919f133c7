"""One server over the sample corpus, one Debian Chromium, and a page at each size with and without JavaScript."""

import json
import shutil
import sqlite3
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "CommandLine"))
from program import CORPUS, Program, Server  # noqa: E402

expect.set_options(timeout=3_000)
SIZES = {"phone": (390, 844), "desktop": (1360, 900)}
# The address is 127.0.0.1; a proxy of the machine has no part in this.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Answer:
    """What the server answered, without a browser."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Site:
    """The address of the server."""

    def __init__(self, url: str):
        self.url = url

    def get(self, path: str, method: str = "GET", **parameters) -> Answer:
        address = self.url + path
        if parameters:
            address += "?" + urllib.parse.urlencode(parameters, quote_via=urllib.parse.quote, doseq=True)
        try:
            with OPENER.open(urllib.request.Request(address, method=method), timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def search(self, words: str, **parameters) -> dict:
        answer = self.get("/api/v1/search", q=words, **parameters)
        assert answer.status == 200, answer.text
        return answer.json

    def everything(self, words: str, **parameters) -> list:
        """All hits, page by page."""
        hits, page = [], 1
        while True:
            found = self.search(words, limit=100, page=page, **parameters)
            hits += found["hits"]
            if not found["hits"] or len(hits) >= found["total"]:
                return hits
            page += 1


@pytest.fixture(scope="session")
def huice(tmp_path_factory) -> Program:
    return Program(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="session")
def database(huice, tmp_path_factory) -> Path:
    """The sample corpus, indexed."""
    path = tmp_path_factory.mktemp("site") / "corpus.sqlite"
    assert huice.index(CORPUS, database=path)["added"] == 40
    return path


@pytest.fixture(scope="session")
def site(huice, database) -> Site:
    server = Server(huice, database)
    yield Site(server.url)
    assert server.process.poll() is None, "the server did not live through the tests"
    server.stop()


@pytest.fixture(scope="session")
def keys(database) -> dict:
    """The key of each document of the corpus, by the name of its file."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = dict(connection.execute("SELECT name, key FROM document"))
    assert len(found) == 40
    return found


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(chromium, site):
    """Browser contexts by what they are like; the site keeps nothing in them but its style sheet and script."""
    made = {}

    def context(size, javascript, **options):
        like = (size, javascript, *sorted(options.items()))
        if like not in made:
            width, height = SIZES[size] if isinstance(size, str) else size
            made[like] = chromium.new_context(
                base_url=site.url, viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="zh-CN",
                reduced_motion="reduce", has_touch=size == "phone", is_mobile=size == "phone", **options)
            made[like].set_default_timeout(10_000)
        return made[like]

    yield context
    for context in made.values():
        context.close()


@pytest.fixture
def open_page(contexts, site):
    """Opens a page of its own; what it asks for elsewhere, and what it complains of, fails the test."""
    pages, complaints = [], []

    def open_page(size="desktop", javascript=True, **options):
        page = contexts(size, javascript, **options).new_page()
        pages.append(page)
        page.on("request", lambda request: None if request.url.startswith(site.url + "/") else complaints.append(f"asks {request.url}"))
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        # Chromium itself says that an answer is a 404 or 400; that is looked at where it matters.
        page.on("console", lambda message: None if message.type not in ("error", "warning") or "Failed to load resource" in message.text
                else complaints.append(f"console: {message.text}"))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not complaints


@pytest.fixture(params=[(size, javascript) for size in SIZES for javascript in (True, False)],
                ids=lambda param: f"{param[0]}-{'script' if param[1] else 'plain'}")
def page(open_page, request):
    """A page at each size, with and without JavaScript."""
    size, javascript = request.param
    page = open_page(size, javascript)
    page.size, page.javascript = size, javascript
    return page
