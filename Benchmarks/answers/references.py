#!/usr/bin/env python3
"""Counts the references of labelled documents: each must be listed, none dropped.

usage: references.py GOLD_DIR --huice PATH      (GOLD_DIR holds NAME.gold.json with `references`, and docs/NAME.*)
"""
import argparse, glob, json, os, re, subprocess

def flat(words):
    return re.sub(r"[\s《》<>〈〉“”\"]", "", words or "")

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("gold"); ap.add_argument("--huice", required=True); a = ap.parse_args()
    total, dropped = 0, []
    for path in sorted(glob.glob(os.path.join(a.gold, "*.gold.json"))):
        name = os.path.basename(path).split(".")[0]
        [source] = glob.glob(os.path.join(a.gold, "docs", name + ".*"))
        out = subprocess.run([a.huice, "parse", source, "--format", "json"], capture_output=True, check=True).stdout
        listed = {flat(r["title"]) for r in json.loads(out)["references"]}
        for reference in json.load(open(path, encoding="utf-8"))["references"]:
            total += 1
            title = flat(reference["title"])
            if not any(title in other or other in title for other in listed if other): dropped.append((name, reference["title"]))
    print(f"{total} references, {total - len(dropped)} listed, {len(dropped)} dropped")
    for name, title in dropped: print(f"  {name}: {title}")

if __name__ == "__main__":
    main()
