"""Breaks the server, many times: slow requests four at a time, ends while they run, a load with a writer, schemathesis.

    HUICE=.build/release/huice python Tests/Long/serving.py [--documents FOLDER] [--parts slow,end,load,contract] [--seconds 3]

Prints what came of it, and ends with status 1 where anything failed. `load` needs wrk (apt-get install wrk).
A short form runs in Tests/CommandLine/test_slow_requests.py.
"""

import argparse
import http.client
import itertools
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "CommandLine"))
import hostile_files  # noqa: E402
from program import CORPUS, Program, Server  # noqa: E402

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
BOUNDARY = "huiceboundary"
#: How long a plain request may take while others are slow, in seconds.
MOST = 0.2


def long_notice(size: int) -> str:
    """A notice of so many bytes, with a clause and a grant in each line."""
    lines, count, number = ["澜川市支持企业发展若干措施"], 0, 0
    while count < size:
        number += 1
        lines.append(
            f"第{number}条 对年销售收入超过{number % 89 + 1}000万元的企业，给予{number % 97 + 1}万元一次性奖励。"
            "（责任单位：市工业和信息化局、市财政局）")
        count += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def form(name: str, content: bytes) -> bytes:
    head = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n"
            "Content-Type: application/octet-stream\r\n\r\n")
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


class Site:
    """A server over the corpus, one long document, and whatever documents are given."""

    def __init__(self, folder: Path, documents: list):
        self.folder = folder
        self.huice = Program(folder)
        self.database = folder / "huice.sqlite"
        (folder / "long").mkdir()
        self.long_text = long_notice(5_000_000)
        (folder / "long" / "long.txt").write_text(self.long_text, encoding="utf-8")
        self.huice.ok("index", CORPUS, folder / "long", *documents, "--database", self.database, timeout=600)
        listed, cursor = [], ""
        self.server = Server(self.huice, self.database)
        while cursor is not None:
            page = self.json(f"/api/v1/documents?limit=200&cursor={cursor}")
            listed += page["documents"]
            cursor = page.get("next")
        self.keys = [document["key"] for document in listed]
        titled = [document for document in listed if document["title"] == "澜川市支持企业发展若干措施"]
        self.long_key = titled[-1]["key"]

    def json(self, path):
        with OPENER.open(self.server.url + path, timeout=60) as answer:
            return json.loads(answer.read())

    def restart(self):
        self.server.stop()
        self.server = Server(self.huice, self.database)


def get(url: str, timeout: float = 300):
    try:
        with OPENER.open(url, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def post(url: str, body: bytes, timeout: float = 300):
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    return get(request, timeout)


class Slow:
    """Kinds of requests that take long, each sent again and again until told to stop."""

    def __init__(self, site: Site):
        url, quote = site.server.url, urllib.parse.quote
        nested = hostile_files.REFUSED["bomb_of_blanks_in_archives_zip"]()
        text = site.long_text.encode()
        marks = quote("e" + "\u0301" * 1_990)
        filters = "&".join(f"region=a{number}" for number in range(400))
        self.url = url
        self.kinds = {
            "marks": lambda: get(f"{url}/api/v1/suggest?q={marks}"),
            "filters": lambda: get(f"{url}/?q={quote('奖励')}&{filters}"),
            "document": lambda: get(f"{url}/documents/{site.long_key}"),
            "answer": lambda: get(f"{url}/ask?q={quote('年销售收入超过一千万元的企业奖励多少')}"),
            "split": lambda: post(f"{url}/split", form("长.txt", text)),
            "nested": lambda: post(f"{url}/split", form("套.zip", nested)),
            "unfinished": self.unfinished,
        }

    def unfinished(self):
        """Six uploads that do not end."""
        host, port = self.url.removeprefix("http://").split(":")
        sockets = []
        for _ in range(6):
            one = socket.create_connection((host, int(port)), timeout=10)
            one.sendall(
                f"POST /split HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
                f"Content-Length: 1000000\r\n\r\n--{BOUNDARY}\r\n".encode())
            sockets.append(one)
        time.sleep(2)
        for one in sockets:
            one.close()
        return 0, b""

    def running(self, names, stop: threading.Event):
        """Starts these kinds, twice each, and gives the threads."""
        def work(name):
            while not stop.is_set():
                try:
                    self.kinds[name]()
                except (OSError, http.client.HTTPException):
                    # The server ends, or turned this one away.
                    if not stop.is_set():
                        time.sleep(0.05)
        threads = [threading.Thread(target=work, args=(name,), daemon=True) for name in names for _ in range(2)]
        for thread in threads:
            thread.start()
        return threads


def slow(site: Site, seconds: float, most: float = MOST):
    """While any four kinds run, plain requests are answered at once."""
    faults, worst = [], {}
    for names in itertools.combinations(Slow(site).kinds, 4):
        stop = threading.Event()
        threads = Slow(site).running(names, stop)
        time.sleep(0.3)
        end = time.monotonic() + seconds
        times = {"/healthz": [], "/api/v1/search?q=" + urllib.parse.quote("贷款贴息"): []}
        while time.monotonic() < end:
            for path, list_ in times.items():
                start = time.monotonic()
                status, _ = get(site.server.url + path, timeout=60)
                list_.append(time.monotonic() - start)
                if status != 200:
                    faults.append(f"{names}: {path} {status}")
            time.sleep(0.02)
        stop.set()
        for path, list_ in times.items():
            worst[path] = max(worst.get(path, 0), max(list_))
            late = sum(one > most for one in list_)
            if late:
                faults.append(f"{'+'.join(names)}: {path.split('?')[0]} {late} of {len(list_)} late, longest {max(list_):.3f} s")
        site.restart()
        for thread in threads:
            thread.join(timeout=30)
    print("slow: longest", {path.split("?")[0]: f"{value:.3f} s" for path, value in worst.items()}, flush=True)
    return faults


def end(site: Site):
    """Told to stop while slow requests run, the server ends within its grace time."""
    faults = []
    for name in Slow(site).kinds:
        stop = threading.Event()
        Slow(site).running([name], stop)
        time.sleep(1)
        start = time.monotonic()
        site.server.process.terminate()
        try:
            site.server.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            faults.append(f"{name}: did not end in 30 s")
            site.server.process.kill()
        taken = time.monotonic() - start
        stop.set()
        print(f"end: {name} {taken:.1f} s, status {site.server.process.returncode}", flush=True)
        if taken > 12:
            faults.append(f"{name}: ended after {taken:.1f} s")
        if site.server.process.returncode != 0:
            faults.append(f"{name}: ended with {site.server.process.returncode}")
        site.server = Server(site.huice, site.database)
    return faults


QUESTIONS = ["贷款贴息", "首次认定高新技术企业奖励多少", "稳岗返还", "专精特新 奖励", "房租减免", "设备更新 补助", "企业招用毕业生有什么补贴"]


def load(site: Site, seconds: int):
    """64 connections over mixed routes with a writer: no error, no time-out."""
    quote = urllib.parse.quote
    paths = [f"/documents/{key}" for key in site.keys if key != site.long_key]
    for question in QUESTIONS:
        paths += [f"/api/v1/search?q={quote(question)}"] * 40
        paths += [f"/?q={quote(question)}"] * 6 + [f"/ask?q={quote(question)}"] * 6
        paths += [f"/api/v1/suggest?q={quote(question[:3])}"] * 8
    paths += ["/", "/healthz", "/api/v1/items?limit=20", "/api/v1/documents?limit=20"] * 10
    random.Random(1).shuffle(paths)
    script = site.folder / "mixed.lua"
    script.write_text(
        "local p={" + ",".join(f'"{path}"' for path in paths) + "}\nlocal i=0\n"
        "function request() i=i%#p+1 return wrk.format('GET',p[i]) end\n")
    stop = threading.Event()

    def write():
        number = 0
        folder = site.folder / "written"
        folder.mkdir(exist_ok=True)
        while not stop.is_set():
            number += 1
            for place in range(8):
                (folder / f"{place}.txt").write_text(
                    f"澜川市扶持办法第{number}版之{place}\n一、对在库企业给予{number}万元补助。\n", encoding="utf-8")
            site.huice.ok("index", folder, "--database", site.database)
            stop.wait(1)

    writer = threading.Thread(target=write)
    writer.start()
    done = subprocess.run(
        ["wrk", "-t2", "-c64", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script, site.server.url],
        capture_output=True, text=True)
    stop.set()
    writer.join()
    print("load:\n" + done.stdout, flush=True)
    return [line.strip() for line in done.stdout.splitlines() if "Non-2xx" in line or "Socket errors" in line]


def contract(site: Site, seconds: int):
    """schemathesis over the whole interface for so long."""
    program = Path(sys.executable).parent / "schemathesis"
    done = subprocess.run(
        [program, "run", site.server.url + "/api/v1/openapi.yaml", "--max-time", str(seconds), "--workers", "2",
         "--request-timeout", "20", "--suppress-health-check", "all"],
        capture_output=True, text=True, cwd=site.folder)
    print("contract:", "\n".join(done.stdout.splitlines()[-25:]), flush=True)
    return [] if done.returncode == 0 else ["schemathesis ended with " + str(done.returncode)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", action="append", default=[])
    parser.add_argument("--parts", default="slow,end,load,contract")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--load-seconds", type=int, default=60)
    parser.add_argument("--contract-seconds", type=int, default=300)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="huice-serving-"))
    faults = []
    try:
        site = Site(folder, options.documents)
        for part in options.parts.split(","):
            found = {"slow": lambda: slow(site, options.seconds), "end": lambda: end(site),
                     "load": lambda: load(site, options.load_seconds),
                     "contract": lambda: contract(site, options.contract_seconds)}[part]()
            faults += [f"{part}: {fault}" for fault in found]
        site.server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print("FAULT", fault)
    print("all well" if not faults else f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
