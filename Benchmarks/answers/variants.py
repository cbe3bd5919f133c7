#!/usr/bin/env python3
"""Makes questions from documents, to measure answers and refusals on more than people have written by hand.

usage: variants.py DOCUMENT... --huice PATH [--most N] > questions.jsonl

From each document that grants something, and that names its place:
  answerable    how much an item gives; which department answers for a clause; how long the document holds;
  unanswerable  an element that the whole document never states (telephone, papers, address, days to apply), a sum where the
                passage names none, an item of another place's document.
Each line: {"id", "question", "doc", "answers": [{"quote"}]}; no answers where there is none. The words are the document's own, or what
people say for them (LAY); so coverage is easier than in questions of people, and the element asked for is harder.
"""
import argparse, json, random, re, subprocess, sys

LAY = {"补助": "补多少钱", "奖励": "奖多少钱", "补贴": "补贴多少", "资助": "资助多少", "贴息": "贴息多少", "奖补": "能拿多少钱"}
PLACE = re.compile(r"([\u4e00-\u9fff]{2,7}?[省市区县])")

def parse(huice, path):
    out = subprocess.run([huice, "parse", path, "--format", "json"], capture_output=True)
    return json.loads(out.stdout) if out.returncode == 0 else None

def walk(nodes):
    for node in nodes:
        yield node
        yield from walk(node["children"])

def place(record):
    region = record["metadata"]["region"]
    parts = PLACE.findall(region["value"]) if region else []
    return parts[-1] if parts else None

def short(name):
    name = re.sub(r"[《》（）()“”\s]", "", name)
    return re.sub(r"(一次性)?(奖励|补助|补贴|资助|奖补|贴息)$", "", name)

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("documents", nargs="+"); ap.add_argument("--huice", required=True)
    ap.add_argument("--most", type=int, default=400); a = ap.parse_args()
    rng = random.Random(7); rng.shuffle(a.documents)
    records, questions = [], []
    for path in a.documents:
        record = parse(a.huice, path)
        if record and record["items"] and place(record) and len(record["text"]) > 800:
            records.append((path, record))
        if len(records) >= a.most: break
    def ask(kind, path, question, quotes):
        doc = path.split("/")[-1].split(".")[0]
        questions.append({"id": f"{kind}-{len(questions):04d}", "question": question, "doc": doc, "answers": [{"quote": q} for q in quotes]})
    for number, (path, record) in enumerate(records):
        where, text = place(record), record["text"]
        named = [i for i in record["items"] if 4 <= len(short(i["name"]["value"])) <= 18]
        if not named: continue
        item = rng.choice(named); what = short(item["name"]["value"])
        money = [s for s in item["supports"] if s["kind"] in ("fixed", "cap", "per_unit", "rate", "range")]
        if money:
            tail = next((v for k, v in LAY.items() if k in item["text"]), "多少钱")
            ask("amount", path, f"{where}{what}{tail}", [item["text"]])
            ask("keyword", path, f"{where[:-1]} {what} 标准", [item["text"]])
        for bare in (i for i in named if not i["supports"] and not re.search(r"\d", i["text"])):
            ask("no-amount", path, f"{where}{short(bare['name']['value'])}给多少万元？", []); break
        for node in walk(record["outline"]):
            units = node["units"]["lead"] + node["units"]["responsible"]
            if units and node["heading"] and 6 <= len(node["heading"]["text"]) <= 24 and not node["children"]:
                ask("department", path, f"{where}{node['heading']['text'].strip('。：')}由哪个部门负责？", [text[units[0]["span"][0] - 20:units[-1]["span"][1]]]); break
        until = record["metadata"]["effectiveUntil"]
        title = (record["metadata"]["payloadTitles"] or [record["metadata"]["title"]])[0]
        if until and until.get("span") and title:
            ask("validity", path, f"{title['value']}有效期到什么时候？", [text[until["span"][0] - 4:until["span"][1]]])
        digits = re.search(r"(?<!\d)(\d{3,4}-)?\d{7,8}(?!\d|元|万|年|号)|(?<!\d)1[23]\d{3}(?!\d)", text)
        if not digits: ask("no-phone", path, f"{where}{what}咨询电话是多少？", [])
        if "材料" not in text and "复印件" not in text and "申请表" not in text: ask("no-material", path, f"申请{where}{what}要提交哪些材料？", [])
        if not re.search(r"\d+号|[路街]\d", text): ask("no-address", path, f"{where}{what} 受理地址", [])
        if not re.search(r"申报|申请|受理|截止|月底|\d月\d+日前", text): ask("no-window", path, f"{where}{what}申报截止日期是哪天？", [])
        other_path, other = records[(number + len(records) // 2) % len(records)]
        for foreign in other["items"]:
            name = short(foreign["name"]["value"])
            if place(other) != where and 5 <= len(name) <= 16 and not any(name[k:k + 3] in text for k in range(len(name) - 2)):
                ask("no-object", path, f"{where}{name}奖励多少？", []); break
    for question in questions: print(json.dumps(question, ensure_ascii=False))

if __name__ == "__main__":
    main()
