"""`huice serve` as a process: where it listens, how it ends, and an index that changes below it."""

import json
import signal
import socket
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from contextlib import closing

import pytest
from program import CORPUS, Server, assert_refused

# The address is 127.0.0.1; a proxy of the machine has no part in this.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url, **parameters):
    address = url + ("?" + urllib.parse.urlencode(parameters, quote_via=urllib.parse.quote) if parameters else "")
    try:
        with OPENER.open(address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture
def served(huice, database):
    huice.index(CORPUS / "meitang", database=database)
    server = Server(huice, database)
    yield server
    server.stop()


def test_port_in_use(huice, corpus_database):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = huice.run("serve", "--database", corpus_database, "--port", port, timeout=30)
    assert_refused(result)
    assert str(port) in result.err and "--port" in result.err


@pytest.mark.parametrize("host", ["999.1.1.1", "no such host", "8.8.8.8", ""])
def test_address_that_is_not_here(huice, corpus_database, host):
    assert_refused(huice.run("serve", "--database", corpus_database, "--host", host, "--port", "0", timeout=30))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_ends_when_told(huice, served, sign):
    assert get(served.url + "/healthz")[0] == 200
    served.process.send_signal(sign)
    _, words = served.process.communicate(timeout=30)
    assert served.process.returncode == 0
    assert words == b""


def test_two_servers_on_one_index(huice, served, database):
    other = Server(huice, database)
    try:
        assert other.url != served.url
        assert get(other.url + "/api/v1/search", q="补助")[2:] != b""
    finally:
        other.stop()


def test_what_is_indexed_meanwhile_is_found(huice, served, database, tmp_path):
    address = served.url + "/api/v1/search"
    assert json.loads(get(address, q="“养蜂专业户”")[2])["notices"]
    (tmp_path / "a.txt").write_text("关于支持养蜂的若干措施\n一、对养蜂专业户给予补助。\n")
    huice.index(tmp_path / "a.txt", database=database)
    found = json.loads(get(address, q="“养蜂专业户”")[2])
    assert found["notices"] == [] and found["hits"][0]["document"] == "a.txt"
    (tmp_path / "a.txt").write_text("关于支持养鹿的若干措施\n一、对养鹿专业户给予补助。\n")
    huice.index(tmp_path / "a.txt", database=database)
    assert json.loads(get(address, q="“养蜂专业户”")[2])["notices"]


def test_old_version_is_still_there_and_says_so(huice, served, database, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("关于支持养蜂的若干措施\n一、对养蜂专业户给予补助。\n")
    huice.index(file, database=database)
    key = huice.search("养蜂专业户", database)["hits"][0]["key"]
    file.write_text("关于支持养鹿的若干措施\n一、对养鹿专业户给予补助。\n")
    huice.index(file, database=database)
    assert "养鹿" in get(f"{served.url}/documents/{key}")[2].decode()
    old = get(f"{served.url}/documents/{key}", version=1)[2].decode()
    assert "养蜂" in old and "旧版本" in old
    assert get(f"{served.url}/documents/{key}", version=9)[0] == 404


def test_what_the_reader_noted_is_on_the_page(huice, served, database, tmp_path):
    """Tracked changes are taken as accepted; whoever reads the document from the index is told."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>关于支持养蜂的若干措施</w:t></w:r></w:p>'
                         '<w:p><w:r><w:t>一、对养蜂专业户给予补助</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>20万元</w:t></w:r></w:ins>'
                         '<w:del w:id="2" w:author="a"><w:r><w:delText>10万元</w:delText></w:r></w:del><w:r><w:t>。</w:t></w:r></w:p></w:body></w:document>')
    huice.index(tmp_path / "a.docx", database=database)
    key = huice.search("养蜂专业户", database)["hits"][0]["key"]
    page = get(f"{served.url}/documents/{key}")[2].decode()
    assert "修订痕迹" in page and "20万元" in page and "10万元" not in page
    record = json.loads(get(f"{served.url}/api/v1/documents/{key}")[2])
    assert record["diagnostics"] == huice.parse(tmp_path / "a.docx")["diagnostics"]


def test_index_that_breaks_meanwhile(served, database):
    """Problem details without SQL or paths, and the process lives on."""
    for path in (database, database.with_name(database.name + "-wal")):
        if path.exists():
            path.write_bytes(b"\xaa" * 8_192)
    for path in ("/api/v1/search?q=%E8%A1%A5%E5%8A%A9", "/api/v1/documents/abc", "/healthz", "/", "/about"):
        status, headers, body = get(served.url + path)
        words = body.decode()
        assert status in (500, 503), path
        assert "SQL" not in words and database.name not in words and "/tmp" not in words and "Swift" not in words
        if path.startswith("/api/"):
            assert headers["Content-Type"].startswith("application/problem+json")
            assert json.loads(words)["reference"]
    assert served.process.poll() is None


def test_rubbish_instead_of_requests(served):
    host, port = served.url.removeprefix("http://").split(":")
    for rubbish in (b"\0" * 1_000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 50_000 + b"\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"\x16\x03\x01\x02\x00"):
        with closing(socket.create_connection((host, int(port)), timeout=30)) as connection:
            try:
                connection.sendall(rubbish)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65_536):
                    pass
            except (BrokenPipeError, ConnectionResetError, OSError):
                pass
    assert get(served.url + "/healthz")[0] == 200


def test_slow_readers_do_not_stop_others(served):
    host, port = served.url.removeprefix("http://").split(":")
    waiting = [socket.create_connection((host, int(port)), timeout=30) for _ in range(50)]
    try:
        for connection in waiting:
            connection.sendall(b"GET /?q=%E8%A1%A5%E5%8A%A9 HTTP/1.1\r\nHost: x\r\n")
        assert get(served.url + "/healthz")[0] == 200
    finally:
        for connection in waiting:
            connection.close()
