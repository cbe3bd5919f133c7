"""Good files of invented content from which libFuzzer starts: for each reader a list of inputs.

An archive is given as its parts, `name US content RS name US content …` (Fuzz/ReaderFuzz), and once as a file.
"""
import io
import zipfile
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc" xmlns:m="m"'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def parts(files: dict) -> bytes:
    return b"\x1e".join(name.encode() + b"\x1f" + content.encode() for name, content in files.items())


def archive(files: dict) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def number(level: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(index: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def docx(body: str, **more: str) -> dict:
    kinds = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header": "header", "chunk": "aFChunk"}
    links = "".join(f'<Relationship Id="{part}" Type="x/{kinds[part]}" Target="{part}.xml"/>' for part in more)
    return {
        "[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>"} | {
            f"word/{part}.xml": content for part, content in more.items()}


LISTS = (
    f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、")}{level(1, "chineseCounting", "（%2）")}'
    f'{level(2, "decimal", "%1.%3.", "<w:isLgl/><w:suff w:val=%snothing%s/>" % (chr(34), chr(34)))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="3"/></w:lvlOverride></w:num></w:numbering>')
STYLES = (
    f'<w:styles {WORD}><w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>{number(0)}<w:jc w:val="center"/></w:pPr>'
    '</w:style><w:style w:styleId="2"><w:basedOn w:val="1"/></w:style></w:styles>')


def cell(words: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(words)}</w:tc>"


DOCX = [
    docx("".join(paragraph(*row) for row in (
        ("澜川市支持企业若干措施", '<w:jc w:val="center"/>'), ("总体要求", number(0)), ("支持对象", number(1)), ("给予20万元", number(2)),
        ("组织实施", number(0, 2)), ("附则", '<w:pStyle w:val="2"/>'))), styles=STYLES, numbering=LISTS),
    docx(
        f'<w:tbl><w:tr>{cell("序号")}{cell("项目")}</w:tr><w:tr><w:trPr><w:ins/></w:trPr>{cell("1", "<w:vMerge w:val=%srestart%s/>" % (chr(34), chr(34)))}'
        f'{cell("奖励")}</w:tr><w:tr>{cell("", "<w:vMerge/>")}{cell("补贴", "<w:gridSpan w:val=%s2%s/>" % (chr(34), chr(34)))}</w:tr></w:tbl>'
        '<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>'),
    docx(
        '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>最高</w:t></w:r><w:del><w:r><w:delText>300</w:delText></w:r></w:del><w:ins><w:r><w:t>500</w:t></w:r></w:ins>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '</w:r><w:r><w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:sym w:char="F0FE"/><w:tab/><w:br/></w:r></w:p>'
        '<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent><w:ruby><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>'
        '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath></w:p><w:altChunk r:id="chunk"/>',
        footnotes=f'<w:footnotes {WORD}><w:footnote w:id="2">{paragraph("脚注")}</w:footnote></w:footnotes>',
        header=f"<w:hdr {WORD}>{paragraph('澜川市文件')}</w:hdr>", chunk="<html><body><h1>若干措施</h1><p>第一条 支持。</p></body></html>"),
]


def line(words: str, x: float, y: float, more: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 180 6" Size="5"{more}><ofd:TextCode X="0" Y="5" DeltaX="g {len(words) - 1} 5">{words}'
        "</ofd:TextCode></ofd:TextObject>")


def path(x: float, y: float, data: str) -> str:
    return f'<ofd:PathObject Boundary="{x} {y} 180 40"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str) -> dict:
    listed = "".join(f'<ofd:Page ID="{index}" BaseLoc="P{index}.xml"/>' for index in range(len(pages)))
    files = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot><ofd:Signatures>D/S.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>",
        "D/D.xml": f'<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="9" '
                   f'BaseLoc="T.xml"/></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages><ofd:Attachments>A.xml</ofd:Attachments></ofd:Document>',
        "D/S.xml": '<Signatures><Signature ID="1"/></Signatures>', "D/A.xml": '<Attachments><Attachment Name="申请表"/></Attachments>',
        "D/T.xml": f'<ofd:Page {OFD}><ofd:Content><ofd:Layer>{line("澜川市文件", 80, 10)}</ofd:Layer></ofd:Content></ofd:Page>'}
    for index, page in enumerate(pages):
        files[f"D/P{index}.xml"] = (
            f'<ofd:Page {OFD}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>'
            f"<ofd:PageBlock>{page}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>")
    return files


GRID = "M 0 0 L 160 0 M 0 10 L 160 10 M 0 20 L 160 20 M 0 0 L 0 20 M 80 0 L 80 20 M 160 0 L 160 20 C"
COLUMNS = "".join(line("支持企业创新", 20, 20 + 8 * row) + line("奖励企业发展", 110, 20 + 8 * row) for row in range(18))
OFDS = [
    ofd(line("若干措施", 95, 20) + line("一、支持企业创新发展" * 3, 25, 40) + line("继续支持", 25, 48) + line("—1—", 100, 280), line("结束。", 25, 20)),
    ofd(path(25, 40, GRID) + line("序号", 30, 42) + line("项目", 110, 42) + line("1", 30, 52) + line("奖励", 110, 52), path(25, 20, GRID) + line("2", 30, 22)),
    ofd(line("斜的字", 50, 50, ' CTM="0.9 0.1 -0.1 0.9 0 0"') + '<ofd:ImageObject Boundary="0 0 9 9"/>' + COLUMNS),
]
SHEET = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="清单" r:id="a"/><sheet name="另" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
    "xl/sharedStrings.xml": "<sst><si><t>事项名称</t></si><si><r><t>奖</t></r><r><t>励</t></r></si></sst>",
    "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/worksheets/s.xml": '<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="C1"><v>12.5</v></c></row><row><c r="A2" t="s"><v>1</v></c>'
                           '<c r="B2" s="1"><v>45717</v></c></row></sheetData></worksheet>'}
MESSAGE = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n----x\r\nContent-Type: text/html; charset="utf-8"\r\n'
    "Content-Transfer-Encoding: {}\r\n\r\n{}\r\n----x--\r\n")
#: Words that libFuzzer may put in.
WORDS = {
    "docx": ["<w:p>", "</w:p>", "<w:r>", "<w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:ins>", "<w:del/>", "<w:txbxContent>", "w:val=", "\x1e", "\x1f", "word/",
             "<mc:AlternateContent>", "%9", "-1", "99999999999", "&#0;", "<!DOCTYPE a>", "<![CDATA["],
    "ofd": ["<ofd:TextObject", "<ofd:TextCode", "<ofd:PathObject", "<ofd:Layer>", "<ofd:PageBlock>", "Boundary=", "CTM=", "DeltaX=", "DeltaY=", "g ", " nan",
            "1e38", "-1e38", "\x1e", "\x1f", "M 0 0", "L 9 9", "TemplateID=", "../"],
    "html": ["<table>", "<tr>", "<td>", "<p>", "<div ", "<pre>", "</", "style=", "display:none", "class=", "nav", "<!--", "]]>", "&nbsp;", "&#x", "<svg>", "<h1>"],
}
WORDS["xlsx"] = ["<row>", "<c r=", "t=", "inlineStr", "<v>", "<is>", "hidden=", "numFmtId=", "\x1e", "\x1f"]
WORDS["mht"] = ["boundary=", "Content-Type: ", "multipart/", "quoted-printable", "base64", "\r\n\r\n", "=\r\n", "--"]
WORDS["query"] = ["“", "”", "-", "年", "万元", "〔2024〕6号", "市", "级", "怎么", "多少", "\u0301", "\u200d", "2024", "申请", "《", "》", "１", "　"]
WORDS["form"] = ["\r\n", "--x", "--", "Content-Disposition: form-data; name=", "filename=", "\\", "%22", "boundary=", ";", "=", "../"]
WORDS["notice"] = [
    "第一条", "第二条", "一、", "（一）", "1.", "（1）", "①", "一是", "。", "；", "，", "、", "：", "\n", "《", "》", "“", "”", "（", "）", "对", "的", "给予", "奖励",
    "补贴", "最高", "不超过", "分别", "每", "10万元", "50%", "1:1", "达到", "以上", "企业", "2024年3月1日", "责任单位：", "市财政局", "除", "外", "不得", "申报条件：",
    "附件1", "目录", "— 1 —", "本办法所称", "是指", "以下简称", "第三条规定", "　　", "\t", "ꎬ", "百分之", "之一", "国家级", "首次", "再"]
PAGES = sorted(CORPUS.rglob("*.html"), key=lambda path: path.stat().st_size)[:6]
NOTICES = sorted((path for path in CORPUS.rglob("*.txt")), key=lambda path: path.stat().st_size)
QUESTIONS = ["高新技术企业 奖励 -贷款", "“一次性奖励” 澜川市 2024年", "澜科发〔2025〕6号", "我的公司刚认定专精特新，能拿多少钱？", "３０万元以上 市級 補貼", "〔2024〕6号 办法"]
FORMS = [
    b'multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; name="file"; filename="a;b.docx"\r\nContent-Type: a/b\r\n\r\nwords\r\n--x--\r\n',
    b'multipart/form-data; boundary="x"\n--x\r\nContent-Disposition: form-data; name="a%22\\"b"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="c"\r\n\r\n\r\n--x--']
SEEDS = {
    "docx": [parts(files) for files in DOCX] + [archive(DOCX[0])],
    "ofd": [parts(files) for files in OFDS] + [archive(OFDS[0])],
    "html": [path.read_bytes() for path in PAGES] + [
        "<p style='text-align:center'>若干措施<table><tr><th>序号<td>项目<tr><td>1<td>奖励</table><pre>第一条\n 支持</pre><div class=nav>首页</div>".encode(),
        "<html><head><meta name=url content=/a><title>标题</title></head><body><!-- x --><p>一、支持&nbsp;创新<br>奖励</body>".encode("gb18030")],
    "xlsx": [parts(SHEET), archive(SHEET)],
    "mht": [MESSAGE.format("quoted-printable", "<p>第一条 =E6=94=AF=E6=8C=81。=\r\n接").encode(), MESSAGE.format("base64", "PHA+5pSv5oyBPC9wPg==").encode()],
    "query": [question.encode() for question in QUESTIONS],
    "form": FORMS,
    "notice": [path.read_bytes()[:4_000] for path in NOTICES[:24]],
}
