"""The description of the interface against the running server: every operation, good and bad input, by schemathesis."""

import subprocess
import sys

import yaml


def test_answers_are_as_described(site, tmp_path):
    """`schemathesis run`: no server errors, only the described statuses, media types and shapes."""
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", site.url + "/api/v1/openapi.yaml", "--max-examples", "15",
         "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
         "--seed", "7", "--generation-database", "none", "--request-timeout", "30"],
        capture_output=True, text=True, timeout=300, cwd=tmp_path, env={"NO_PROXY": "*", "no_proxy": "*", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]


def test_every_path_for_programs_is_described(site):
    described = yaml.safe_load(site.get("/api/v1/openapi.yaml").text)
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/ask", "/api/v1/suggest", "/api/v1/items", "/api/v1/clauses", "/api/v1/documents", "/api/v1/glossary", "/api/v1/contacts"} <= set(described["paths"])


def pages_of(site, path, name, **parameters):
    """All elements, piece by piece."""
    found, cursor = [], None
    while True:
        piece = site.get(path, **parameters, **({"cursor": cursor} if cursor else {})).json
        found += piece[name]
        cursor = piece["next"]
        if cursor is None:
            return found


def test_lists_come_in_pieces_without_gap_or_repeat(site):
    for path, name in (("documents", "documents"), ("items", "items"), ("clauses", "clauses")):
        small = pages_of(site, f"/api/v1/{path}", name, limit=7 if path == "documents" else 90)
        large = pages_of(site, f"/api/v1/{path}", name, limit=200)
        assert small == large and len(small) > 30
    assert len(pages_of(site, "/api/v1/documents", "documents")) == 40


def test_what_has_not_changed_is_not_sent_again(site):
    import urllib.error
    import urllib.request

    for path in ("/api/v1/documents", "/api/v1/glossary", "/api/v1/search?q=a"):
        answer = site.get(path)
        tag = answer.headers["ETag"]
        assert tag
        request = urllib.request.Request(site.url + path, headers={"If-None-Match": tag})
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30)
            raise AssertionError("sent again")
        except urllib.error.HTTPError as error:
            assert error.code == 304 and error.read() == b""


def test_bad_input_is_a_problem(site):
    for path in ("/api/v1/items?limit=0", "/api/v1/clauses?cursor=x", "/api/v1/ask", "/api/v1/suggest?limit=99"):
        answer = site.get(path)
        assert answer.status == 400 and answer.headers["Content-Type"].startswith("application/problem+json"), path
        assert answer.json["detail"].endswith("。")
    assert site.get("/api/v1/ask", q="问" * 3000).status == 413
