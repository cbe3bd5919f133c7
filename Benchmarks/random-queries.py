#!/usr/bin/env python3
"""Asks random queries twice, pruned and with every passage scored, and compares the answers.

  random-queries.py --database DB [--huice PROGRAM] [--count 1000] [--seed 1]

Queries are pieces of the stored texts, single characters, mixed scripts, emoji, operators, and some of 5,000
characters. The exit status is 1 where an answer differs or the program fails.
"""
import argparse, random, sqlite3, subprocess, sys, tempfile

ODD = ["😀", "👩‍🚀", "é", "½", "\u200b", "\u3000", "ＡＩ", "LPR+20", "5G", "3.14", "…", "（", "〔2024〕6号", "*", "'", "%", "\\", "OR", "NEAR", "𠀀"]


def queries(texts, count, rnd):
    def piece(most):
        text = rnd.choice(texts).replace("\n", "")
        start = rnd.randrange(max(1, len(text)))
        return text[start : start + rnd.randint(1, most)]

    for number in range(count):
        kind = number % 10
        if kind < 4:
            yield " ".join(piece(6) for _ in range(rnd.randint(1, 4)))
        elif kind < 6:
            yield piece(40)
        elif kind == 6:
            yield piece(1) + rnd.choice(["", " " + piece(1)])
        elif kind == 7:
            yield "".join(rnd.choice(ODD + [piece(3)]) for _ in range(rnd.randint(1, 6)))
        elif kind == 8:
            yield rnd.choice(['"%s"' % piece(8).replace('"', ""), piece(5) + " -" + piece(2), '"%s" %s' % (piece(4).replace('"', ""), piece(4))])
        else:
            yield "".join(piece(60) for _ in range(200))[:5000] if number % 100 == 9 else piece(120)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--database", required=True)
    ap.add_argument("--huice", default=".build/release/huice")
    ap.add_argument("--count", type=int, default=1000)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    rnd = random.Random(a.seed)
    connection = sqlite3.connect(f"file:{a.database}?mode=ro", uri=True)
    most = connection.execute("SELECT max(id) FROM document").fetchone()[0]
    texts = [row[0] for row in (connection.execute("SELECT text FROM document WHERE id = ?", [rnd.randint(1, most)]).fetchone() for _ in range(2000)) if row and row[0].strip()]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for query in queries(texts, a.count, rnd):
            file.write(" ".join(query.split()).replace("{", "") + "\n")
        file.flush()
        answers = {}
        for ranking in ("fetch", "plain"):
            command = [a.huice, "search", "--database", a.database, "--batch", file.name, "--format", "trec", "--ranking", ranking]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode:
                sys.exit(f"{ranking}: status {result.returncode}: {result.stderr}")
            answers[ranking] = result.stdout.splitlines()
    if answers["fetch"] != answers["plain"]:
        pairs = [pair for pair in zip(answers["fetch"], answers["plain"]) if pair[0] != pair[1]]
        sys.exit(f"{len(pairs)} lines differ, first: {pairs[:1]}")
    asked = len({line.split(" ", 1)[0] for line in answers["fetch"]})
    print(f"{a.count} queries, {asked} with answers, {len(answers['fetch'])} lines: the same")


if __name__ == "__main__":
    main()
