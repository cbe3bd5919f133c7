"""The interface for programs, and what every answer bears."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from program import CORPUS

INSIDES = re.compile(r"SELECT|sqlite|SQL|/tmp|/home|\.swift|Swift|Error Domain|clause_words|fts5", re.IGNORECASE)
QUERIES = [line.split("\t")[0] for line in (CORPUS / "queries.tsv").read_text().splitlines()]


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def documents(site, keys):
    """Every document as data, and as a page."""
    return {
        name: (site.get(f"/api/v1/documents/{key}").json, site.get(f"/documents/{key}").text) for name, key in keys.items()}


def addresses(keys):
    return [
        "/", "/?q=%E8%A1%A5%E5%8A%A9", "/?q=%E8%A1%A5%E5%8A%A9&page=2&level=city", "/?level=city", "/about", "/healthz", "/favicon.ico", "/nothing",
        "/documents/none", "/?page=0", "/api/v1/search?q=a", "/api/v1/search", "/api/v1/documents/none", "/api/v1/nothing",
        f"/documents/{keys['lanchuan/keji-chuangxin-2025.txt']}?q=%E8%A1%A5%E5%8A%A9", f"/api/v1/documents/{keys['lanchuan/keji-chuangxin-2025.txt']}"]


# What every answer bears


def test_every_answer_has_a_policy(site, keys):
    assets = [attributes.get("href") or attributes.get("src") for tag, attributes in Tags(site.get("/").text).found if tag in ("link", "script")]
    assert len(assets) == 2
    for path in addresses(keys) + assets:
        answer = site.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy, path
        assert "default-src 'self'" in policy and "unsafe" not in policy and "*" not in policy
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.status == 204 or answer.headers["Content-Type"]


def test_pages_have_nothing_inline_and_nothing_from_elsewhere(site, keys, documents):
    pages = [site.get(path).text for path in addresses(keys) if not path.startswith(("/api", "/healthz", "/favicon"))]
    for page in pages + [page for _, page in documents.values()]:
        for tag, attributes in Tags(page).found:
            assert tag not in ("style", "iframe", "object", "embed", "base")
            assert tag != "script" or attributes["src"].startswith("/assets/")
            assert not any(name == "style" or name.startswith("on") for name in attributes), attributes
            for name in ("src", "href", "action"):
                address = attributes.get(name)
                if address and tag != "a":
                    assert urlsplit(address).netloc == "", address
                if address and tag == "a" and urlsplit(address).scheme:
                    assert urlsplit(address).scheme in ("http", "https") and "noopener" in attributes["rel"]


def test_a_browser_asks_only_this_server(open_page, keys, site):
    """The page fixture holds every request against the server's address; here the answers' headers."""
    page = open_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    for path in ("/", "/?q=%E8%A1%A5%E5%8A%A9", f"/documents/{keys['lanchuan/keji-chuangxin-2025.txt']}", "/about", "/documents/none"):
        page.goto(path)
    assert len(answers) >= 5
    for answer in answers:
        assert answer.header_value("content-security-policy"), answer.url


def test_assets_may_be_kept_for_ever(site):
    for tag, attributes in Tags(site.get("/").text).found:
        if tag in ("link", "script"):
            answer = site.get(attributes.get("href") or attributes["src"])
            assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]


def test_health(site):
    assert site.get("/healthz").status == 200
    assert site.get("/healthz").json["documents"] == 40


def test_description_of_the_interface(site):
    """“the OpenAPI document stands at `/api/v1/openapi.yaml`”"""
    answer = site.get("/api/v1/openapi.yaml")
    assert answer.status == 200
    assert answer.text.startswith("openapi:") or "\nopenapi:" in answer.text
    for path in ("/api/v1/search", "/api/v1/documents/"):
        assert path in answer.text


@pytest.mark.parametrize("path", ["/", "/about", "/healthz", "/api/v1/search?q=a"])
def test_head_is_get_without_a_body(site, path):
    answer = site.get(path, method="HEAD")
    assert answer.status == 200 and answer.body == b""


# Search


def test_answer_is_as_the_contract_has_it(site):
    answer = site.get("/api/v1/search", q="贷款贴息")
    assert answer.headers["Content-Type"].startswith("application/json")
    result = answer.json
    assert result["id"] == "贷款贴息" and result["milliseconds"] >= 0 and len(result["hits"]) == 10
    scores = [hit["score"] for hit in result["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in result["hits"]:
        assert {"document", "title", "clause", "text", "span", "score"} <= hit.keys()
        assert re.fullmatch(r"p?\d+(\.\d+)*", hit["clause"])
        assert isinstance(hit["issuers"], list)


def test_absent_is_null(site):
    hits = [hit for words in ("全省惠企政策直达快享", "营商环境") for hit in site.search(words)["hits"]]
    assert all({"number", "date", "level", "region"} <= hit.keys() for hit in hits)


def test_hits_are_slices(site, documents):
    """The answers to every question of the corpus."""
    for words in QUERIES:
        for hit in site.search(words, limit=20)["hits"]:
            data, _ = documents[hit["document"]]
            start, end = hit["span"]
            assert data["text"][start:end] == hit["text"]
            last = start
            for low, high in hit["matches"]:
                assert last <= low < high <= end
                last = high


def test_hits_have_an_anchor(site, documents):
    """A hit's link leads to its clause, or to its passage outside the clauses (p1, p2, …)."""
    without = set()
    for words in QUERIES + ["企业", "通知", "补贴 标准", "问 答", "附件", "办理 电话", "政策1"]:
        for hit in site.search(words, limit=100)["hits"]:
            if f'id="c-{hit["clause"]}"' not in documents[hit["document"]][1]:
                without.add((hit["document"], hit["clause"]))
    assert not without, "links that lead nowhere"


def test_every_clause_has_one_anchor(documents):
    def nodes(outline):
        for node in outline:
            yield node
            yield from nodes(node["children"])

    wrong = []
    for name, (data, page) in documents.items():
        wrong += [f"{name} {node['id']}" for node in nodes(data["outline"]) if page.count(f'id="c-{node["id"]}"') != 1]
        ids = [attributes["id"] for _, attributes in Tags(page).found if "id" in attributes]
        wrong += [f"{name}: {found} twice" for found in set(ids) if ids.count(found) > 1]
        wrong += [
            f"{name}: #{attributes['href'][1:]} leads nowhere" for tag, attributes in Tags(page).found
            if tag == "a" and attributes.get("href", "").startswith("#") and attributes["href"][1:] not in ids]
    assert not wrong


def test_plus_is_a_space(site):
    """As forms and most programs write it."""
    plus = site.get("/api/v1/search?q=" + quote("中小企业") + "+" + quote("采购")).json
    space = site.get("/api/v1/search?q=" + quote("中小企业 采购")).json
    assert plus["id"] == space["id"] == "中小企业 采购"
    assert plus["hits"] == space["hits"]


def test_plus_that_is_meant(site):
    assert site.get("/api/v1/search?q=C%2B%2B").json["id"] == "C++"


def test_same_as_the_command_line(huice, site, tmp_path):
    database = tmp_path / "corpus.sqlite"
    huice.index(CORPUS, database=database)
    for words in QUERIES[::7]:
        assert [hit["text"] for hit in site.search(words)["hits"]] == [hit["text"] for hit in huice.search(words, database)["hits"]]


def test_limit_and_page(site):
    everything = site.search("补助", limit=30)["hits"]
    assert len(everything) == 30
    assert [hit for page in (1, 2, 3) for hit in site.search("补助", limit=10, page=page)["hits"]] == everything


def test_filters(site):
    for hit in site.search("补助", level=["city", "county"], year=2025)["hits"]:
        assert hit["level"] in ("city", "county")


@pytest.mark.parametrize("words", ["\0", "a\0b", "\ufffe", "🎉", "\"", "NEAR(", "*", "' OR 1=1 --", "%", "\u202e", "x" * 2_000, "贷" * 2_000, "-", "“"], ids=lambda words: ascii(words)[:20])
def test_hostile_questions(site, words):
    answer = site.get("/api/v1/search", q=words)
    assert answer.status in (200, 400), answer.text
    page = site.get("/", q=words)
    assert page.status in (200, 400)
    assert not INSIDES.search(answer.text.replace("x" * 2_000, ""))


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%", "q=%zz", "q", "=", "&&&", "q=a&q=b", "q=a&level=", "q=a&page=", "q[]=a", "q=a#b", "q=a;level=city"])
def test_hostile_addresses(site, query):
    for path in ("/", "/api/v1/search"):
        answer = site.get(f"{path}?{query}")
        assert answer.status in (200, 400), answer.text
        assert not INSIDES.search(answer.text)


# Documents


def test_documents_are_as_parsed_from_their_files(huice, documents):
    """What the index keeps is what `huice parse` says of the file, but for the name's folder."""
    for name, (data, _) in documents.items():
        parsed = huice.parse(CORPUS / name)
        parsed["source"]["name"] = name
        assert data == parsed, name


# Errors


@pytest.mark.parametrize(
    "path,status",
    [("/api/v1/search", 400), ("/api/v1/search?q=", 400), ("/api/v1/search?q=a&limit=0", 400), ("/api/v1/search?q=a&limit=101", 400),
     ("/api/v1/search?q=a&limit=x", 400), ("/api/v1/search?q=a&page=0", 400), ("/api/v1/search?q=a&page=99999999999999999999", 400),
     ("/api/v1/search?q=a&level=moon", 400), ("/api/v1/search?q=a&status=moon", 400), ("/api/v1/search?q=a&year=moon", 400),
     ("/api/v1/search?q=a&order=moon", 400), ("/api/v1/search?q=" + "a" * 2_001, 413), ("/api/v1/documents/none", 404),
     ("/api/v1/documents/" + "a" * 5_000, 404), ("/api/v1/documents/%00", 404), ("/api/v1/documents/'%20OR%201=1", 404),
     ("/api/v1/documents/..%2f..%2fetc%2fpasswd", 404), ("/api/v1/nothing", 404), ("/api/v1/", 404)],
    ids=lambda value: value[:40] if isinstance(value, str) else str(value))
def test_problem_details(site, path, status):
    answer = site.get(path)
    assert answer.status == status
    assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json"
    problem = json.loads(answer.body)
    assert problem["status"] == status and problem["title"] and problem["detail"] and problem["type"]
    assert re.search(r"[\u4e00-\u9fff]", problem["title"] + problem["detail"])
    assert not INSIDES.search(answer.text)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/api/v1/search?q=a"])
def test_nothing_can_be_changed(site, path, method):
    answer = site.get(path, method=method)
    assert answer.status in (404, 405)
    assert not INSIDES.search(answer.text)


def test_version_that_is_no_number(site, keys):
    """As with every other condition in an address, not silently another one."""
    key = keys["lanchuan/keji-chuangxin-2025.txt"]
    assert site.get(f"/api/v1/documents/{key}", version=1).status == 200
    assert site.get(f"/api/v1/documents/{key}", version=2).status == 404
    assert site.get(f"/api/v1/documents/{key}", version="x").status in (400, 404)
