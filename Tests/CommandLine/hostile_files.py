"""Files that no honest program writes. Each is made when it is asked for; nothing of them is kept in the repository.

`REFUSED` are refused in one line, `READ` are strange and are read all the same. A name is what is wrong with the file,
then its file name's ending. `ESCAPE` stands in every path that leads out of an archive, so that what got out is found.
"""

import base64
import io
import random
import struct
import zipfile
import zlib

ESCAPE = "huice-escape"
MEGABYTE = 1_048_576
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = ("[Content_Types].xml", "<Types/>")
REFUSED, READ = {}, {}


def refused(maker):
    REFUSED[maker.__name__] = maker
    return maker


def read(maker):
    READ[maker.__name__] = maker
    return maker


def add(table, **makers):
    """Adds makers that need no function of their own, by the name of the file."""
    table.update(makers)


def archive(*files, change=None) -> bytes:
    """A zip of names and contents; `change` may alter what an entry says of itself."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(entry)
            made.writestr(entry, content)
    return packed.getvalue()


def document(body: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def docx(body: str, *more) -> bytes:
    return archive(TYPES, ("word/document.xml", document(body)), *more)


def raw_docx(xml) -> bytes:
    return archive(TYPES, ("word/document.xml", xml))


def links(*targets) -> str:
    return "<Relationships>" + "".join(
        f'<Relationship Id="{name}" Type="x/{kind}" Target="{target}"/>' for name, kind, target in targets) + "</Relationships>"


GOOD = docx(paragraph("澜川市支持企业若干措施") + paragraph("一、给予20万元奖励。"))
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 6, 0, 0, 0)

# MARK: Archives

add(
    REFUSED,
    bomb_nested_zip=lambda: _nested(GOOD, 6, 10),
    bomb_flat_docx=lambda: raw_docx(b" " * 300 * MEGABYTE),
    bomb_of_many_parts_zip=lambda: archive(*((f"{n}.txt", b"\0" * 40 * MEGABYTE) for n in range(12))),
    bomb_of_blanks_in_archives_zip=lambda: _nested(archive(*((f"{n}.txt", b" " * 30 * MEGABYTE) for n in range(40))), 4, 12),
    bomb_of_archives_of_one_zip=lambda: archive(*(
        (f"{n}.zip", _nested(archive(("a.txt", b" " * 30 * MEGABYTE)), 1, 1)) for n in range(400))),
    bomb_of_documents_zip=lambda: archive(*((f"{n}.docx", raw_docx(b" " * 60 * MEGABYTE)) for n in range(60))),
    entries_without_end_zip=lambda: archive(*((f"{n}.txt", b"") for n in range(21_000))),
    path_up_zip=lambda: archive((f"../../../../tmp/{ESCAPE}.txt", "一、支持")),
    path_absolute_zip=lambda: archive((f"/tmp/{ESCAPE}.txt", "一、支持")),
    path_drive_zip=lambda: archive((f"C:\\{ESCAPE}.txt", "一、支持")),
    path_backslashes_zip=lambda: archive((f"..\\..\\{ESCAPE}.txt", "一、支持")),
    path_of_lines_zip=lambda: archive((f"../a\nb\r\u2028{ESCAPE}.txt", "一、支持")),
    password_zip=lambda: _flagged(archive(("a.txt", "一、支持"))),
    password_docx=lambda: _flagged(GOOD),
    cut_docx=lambda: GOOD[:len(GOOD) // 2],
    cut_directory_docx=lambda: GOOD[:-30],
    head_only_docx=lambda: GOOD[:12],
    empty_archive_zip=lambda: archive(),
)
add(
    READ,
    path_of_60000_characters_zip=lambda: archive(("a" * 60_000 + ".txt", "一、支持。")),
    path_in_relations_docx=lambda: docx(
        paragraph("一、支持。"), ("word/_rels/document.xml.rels", links(("a", "styles", "../../../../etc/passwd"), ("b", "numbering", "file:///etc/passwd")))),
)


def _nested(content: bytes, depth: int, copies: int) -> bytes:
    for _ in range(depth):
        content = archive(*((f"{n}.zip", content) for n in range(copies)))
    return content


def _flagged(data: bytes) -> bytes:
    """Says that every entry is encrypted."""
    data = bytearray(data)
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


@refused
def bomb_overlapping_zip():
    """Thousands of entries that are one stretch of bytes."""
    packed = zlib.compress(b"\0" * 20 * MEGABYTE, 9)[2:-4]
    checksum = zlib.crc32(b"\0" * 20 * MEGABYTE)
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, checksum, len(packed), 20 * MEGABYTE)
    local = b"PK\3\4" + facts + struct.pack("<HH", 5, 0) + b"0.txt" + packed
    directory = b"".join(
        b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<HHHHHII", 9, 0, 0, 0, 0, 0, 0) + b"%05d.txt" % n for n in range(5_000))
    return local + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 5_000, 5_000, len(directory), len(local), 0)


@refused
def link_out_zip():
    """A symbolic link, whose content is a path."""
    def change(entry):
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return archive(("../passwd.txt", "/etc/passwd"), change=change)


@refused
def size_lies_small_docx():
    data = bytearray(raw_docx(document(paragraph("一、支持。" * 1_000))))
    for sign, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        place = data.rfind(sign) + at
        data[place:place + 4] = struct.pack("<I", 9)
    return bytes(data)


@refused
def size_lies_large_docx():
    data = bytearray(raw_docx(document(paragraph("一、支持。"))))
    place = data.rfind(b"PK\1\2") + 24
    data[place:place + 4] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(data)


# MARK: XML and Word

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
add(
    REFUSED,
    entities_laughing_docx=lambda: raw_docx(LAUGHS + document(paragraph("&a11;"))),
    entities_in_themselves_docx=lambda: raw_docx("<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>" + document(paragraph("&a;"))),
    entity_external_docx=lambda: raw_docx("<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + document(paragraph("&a;"))),
    entity_of_parameters_docx=lambda: raw_docx("<!DOCTYPE a [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>" + document(paragraph("支持"))),
    type_from_the_network_docx=lambda: raw_docx("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>" + document(paragraph("支持"))),
    entities_in_utf16_docx=lambda: raw_docx((LAUGHS + document(paragraph("&a11;"))).encode("utf-16")),
    deep_xml_docx=lambda: raw_docx(document("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    deep_tables_docx=lambda: docx("<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200),
    wide_xml_docx=lambda: raw_docx(document("<w:p/>" * 15_000_000)),
    attributes_without_end_docx=lambda: raw_docx(document("<w:p " + " ".join(f"a{n}='1'" for n in range(2_000_000)) + "/>")),
    attribute_huge_docx=lambda: raw_docx(document("<w:p a='" + "a" * 60 * MEGABYTE + "'/>")),
    cut_xml_docx=lambda: raw_docx(document("")[:-30] + "<w:p><w:r><w:t>支持"),
    noise_in_xml_docx=lambda: raw_docx(random.Random(1).randbytes(50_000)),
    text_huge_docx=lambda: raw_docx(document(paragraph("支" * 30 * MEGABYTE))),
    words_in_elements_docx=lambda: docx("<w:r a='1'><w:t>支</w:t></w:r>" * 1_000_000),
)
add(
    READ,
    label_huge_docx=lambda: docx(
        paragraph("支持。", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 2_000,
        ("word/numbering.xml", f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
                               f'<w:lvlText w:val="{"第" * 100_000}%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')),
    chunk_in_itself_docx=lambda: docx(
        '<w:altChunk xmlns:r="r" r:id="a"/>', ("word/_rels/document.xml.rels", links(("a", "aFChunk", "document.xml")))),
    image_huge_docx=lambda: docx(paragraph("一、支持。"), ("word/media/image1.png", PNG + b"\0" * 50_000)),
    table_huge_docx=lambda: docx(
        "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p><w:r><w:t>支持</w:t></w:r></w:p></w:tc>" * 60 + "</w:tr>") * 1_500 + "</w:tbl>"),
    table_of_a_billion_columns_docx=lambda: docx(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{paragraph("支持")}</w:tc></w:tr></w:tbl>'),
    styles_in_a_circle_docx=lambda: docx(
        paragraph("一、支持。", '<w:pStyle w:val="a"/>'),
        ("word/_rels/document.xml.rels", links(("a", "styles", "styles.xml"))),
        ("word/styles.xml", f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                            '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>')),
    numbers_beyond_reason_docx=lambda: docx(
        paragraph("支持。", '<w:numPr><w:ilvl w:val="-9"/><w:numId w:val="99999999999999999999"/></w:numPr>') * 50),
)

# MARK: Spreadsheets


def xlsx(sheet: str, strings: str = "<sst/>") -> bytes:
    return archive(
        TYPES, ("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="清单" r:id="a"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", links(("a", "worksheet", "worksheets/s.xml"))), ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/s.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"))


add(
    REFUSED,
    string_thousands_of_times_xlsx=lambda: xlsx('<row><c t="s"><v>0</v></c></row>' * 2_000, "<sst><si><t>" + "支持" * 10_000 + "</t></si></sst>"),
    cut_workbook_xlsx=lambda: archive(TYPES, ("xl/workbook.xml", "<workbook><sheets>")),
    strings_laughing_xlsx=lambda: xlsx('<row><c t="s"><v>0</v></c></row>', LAUGHS + "<sst><si><t>&a11;</t></si></sst>"),
)
add(
    READ,
    cell_at_the_end_xlsx=lambda: xlsx('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>支持</t></is></c></row>'),
    cell_beyond_the_end_xlsx=lambda: xlsx('<row><c r="ZZZZZZZZZZ99999999999" t="s"><v>99999999999</v></c><c r="A1" t="inlineStr"><is><t>支持</t></is></c></row>'),
    cells_far_apart_xlsx=lambda: xlsx('<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>' * 3_000),
)

# MARK: OFD

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(pages: str, files: dict, body: str = "", common: str = "", rest: str = "") -> bytes:
    return archive(
        ("OFD.xml", f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>"),
        ("D.xml", f"<ofd:Document {OFD}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{rest}</ofd:Document>"), *files.items())


def page(content: str, before: str = "") -> str:
    return f"<ofd:Page {OFD}>{before}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"


def words(text: str, more: str = "", boundary: str = "20 20 180 6") -> str:
    return f'<ofd:TextObject Boundary="{boundary}" Size="5"><ofd:TextCode X="0" Y="5"{more}>{text}</ofd:TextCode></ofd:TextObject>'


ONE = '<ofd:Page ID="1" BaseLoc="P.xml"/>'
add(
    REFUSED,
    pages_one_and_the_same_ofd=lambda: ofd(ONE * 2_900, {"P.xml": page("".join(words("支" * 10_000) for _ in range(2)))}),
    pages_beyond_reason_ofd=lambda: ofd(ONE * 100_000, {"P.xml": page(words("支持"))}),
    root_in_itself_ofd=lambda: archive(("OFD.xml", f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>OFD.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")),
    root_outside_ofd=lambda: archive(("OFD.xml", "<OFD><DocBody><DocRoot>../../../../etc/passwd</DocRoot></DocBody></OFD>")),
    layers_without_end_ofd=lambda: ofd(ONE, {"P.xml": page("<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200)}),
    entities_ofd=lambda: archive(("OFD.xml", LAUGHS + "<OFD>&a11;</OFD>")),
    password_ofd=lambda: archive(("OFD.xml", "<OFD/>"), ("Encryptions.xml", "<a/>")),
    no_page_ofd=lambda: ofd("", {}),
    pictures_only_ofd=lambda: ofd(ONE, {"P.xml": page('<ofd:ImageObject Boundary="0 0 99999 99999"/>')}),
    characters_without_end_ofd=lambda: ofd(ONE * 40, {"P.xml": page(words("支" * 1_000_000))}),
)
add(
    READ,
    characters_at_one_place_ofd=lambda: ofd(ONE * 20, {"P.xml": page("".join(words(sign) for sign in "支持" * 7_000))}),
    lines_of_one_character_ofd=lambda: ofd(ONE * 20, {"P.xml": page("".join(
        f'<ofd:TextObject Boundary="20 {n / 100} 9 9" Size="0.005"><ofd:TextCode X="0" Y="0">支</ofd:TextCode></ofd:TextObject>' for n in range(20_000)))}),
    template_in_itself_ofd=lambda: ofd(
        ONE, {"P.xml": page(words("一、支持企业。"), '<ofd:Template TemplateID="9"/>' * 500),
              "T.xml": page(words("澜川市", boundary="80 10 50 6"), '<ofd:Template TemplateID="9"/>')},
        common='<ofd:TemplatePage ID="9" BaseLoc="T.xml"/>'),
    steps_without_end_ofd=lambda: ofd(ONE, {"P.xml": page("".join(words("支持", ' DeltaX="g 99999999 1 g 99999999 1"') for _ in range(300)))}),
    places_beyond_reason_ofd=lambda: ofd(ONE, {"P.xml": page(words("支", ' DeltaX="1e38 nan inf"', "0 0 1e30 nan") + words("一、支持。"))}),
    lines_without_end_ofd=lambda: ofd(ONE, {"P.xml": page(
        words("一、支持。") + '<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>'
        + " ".join(f"M {n % 200} 0 L {n % 200} 290 M 0 {n % 290} L 200 {n % 290}" for n in range(100_000)) + "</ofd:AbbreviatedData></ofd:PathObject>")}),
    attachments_without_end_ofd=lambda: ofd(
        ONE, {"P.xml": page(words("一、支持。")), "A.xml": "<Attachments>" + '<Attachment Name="../\n申请表"/>' * 100_000 + "</Attachments>"},
        rest="<ofd:Attachments>A.xml</ofd:Attachments>"),
    signatures_in_themselves_ofd=lambda: ofd(ONE, {"P.xml": page(words("一、支持。"))}, body="<ofd:Signatures>OFD.xml</ofd:Signatures>"),
)

# MARK: PDF


def pdf(*objects, root: str = "/Root 1 0 R", table: bool = True) -> bytes:
    """A file of numbered objects, each a text or bytes, with a right table of their places."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + (content if isinstance(content, bytes) else content.encode()) + b"endobj\n"
    start = len(data)
    if table:
        data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + f"trailer<</Size {len(objects) + 1}{root}>>\nstartxref\n{start}\n%%EOF".encode()


def stream(content: bytes, more: str = "") -> bytes:
    packed = zlib.compress(content, 1)
    return f"<</Length {len(packed)}/Filter/FlateDecode{more}>>stream\n".encode() + packed + b"\nendstream "


CATALOG, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"


def leaf(more: str = "", box: str = "0 0 595 842") -> str:
    return f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{more}>>>>"


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 72 700 Td (1. Support of 20 yuan) Tj ET "


def single(content: bytes = TEXT, *more, resources: str = "", box: str = "0 0 595 842") -> bytes:
    return pdf(CATALOG, PAGES, leaf(resources, box), stream(content), FONT, *more)


add(
    REFUSED,
    head_only_pdf=lambda: b"%PDF-1.7\n",
    noise_pdf=lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(200_000),
    pages_in_themselves_pdf=lambda: pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    pages_in_a_circle_pdf=lambda: pdf(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 9>>", "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 9>>"),
    pages_a_billion_pdf=lambda: pdf(CATALOG, "<</Type/Pages/Kids[]/Count 1000000000>>"),
    cut_pdf=lambda: single()[:-200],
    root_missing_pdf=lambda: pdf(CATALOG, PAGES, root=""),
    password_pdf=lambda: pdf(
        CATALOG, PAGES, leaf(), stream(TEXT), FONT,
        f"<</Filter/Standard/V 1/R 2/Length 40/P -44/O<{'41' * 32}>/U<{'42' * 32}>>>", root="/Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]"),
    picture_huge_pdf=lambda: pdf(
        CATALOG, PAGES, leaf("/XObject<</I 6 0 R>>"), stream(b"q 595 0 0 842 0 0 cm /I Do Q"), FONT,
        stream(b"\0" * 30 * MEGABYTE, "/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB")),
    bomb_in_the_page_pdf=lambda: single(b" " * 300 * MEGABYTE),
    states_without_end_pdf=lambda: single(b"q " * 1_000_000 + TEXT),
    arrays_without_end_pdf=lambda: pdf("[" * 500_000, PAGES),
    objects_in_themselves_pdf=lambda: b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Length 5 0 R/Extends 1 0 R>>stream\n1 0 <<>>\nendstream endobj\n"
    b"trailer<</Root 1 0 R/Prev 9/Size 9>>\nstartxref\n9\n%%EOF",
)
add(
    READ,
    table_of_places_damaged_pdf=lambda: single().replace(b"0000000", b"9999999"),
    table_of_places_in_itself_pdf=lambda: (lambda data: data.replace(b"trailer<<", b"trailer<</Prev %d" % data.index(b"xref\n0")))(single()),
    page_of_a_billion_points_pdf=lambda: single(box="0 0 1000000000 1000000000"),
    form_in_itself_pdf=lambda: single(
        TEXT + b"/X Do ", stream(b"/X Do /X Do ", "/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X 6 0 R>>>>"),
        resources="/XObject<</X 6 0 R>>"),
    characters_a_million_pdf=lambda: single(b"BT /F 1 Tf 1 0 0 1 9 9 Tm (" + b"support " * 130_000 + b") Tj ET"),
    lines_thousands_pdf=lambda: single(TEXT + b"0 0 m 500 800 l S " * 60_000),
)

# MARK: What LibreOffice converts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(name: str, content: bytes = b"") -> bytes:
    """The head of a compound file, noise, and the name of a stream."""
    return OLE + random.Random(3).randbytes(2_000) + name.encode("utf-16-le") + content


def compound_in_a_circle(name: str) -> bytes:
    """A compound file whose table of sectors leads from each sector to itself."""
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6) + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0, 1, 0, 0, 0)
    head += struct.pack("<I", 0) * 109
    directory = b"".join(
        title.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBiii", 2 * len(title) + 2, kind, 1, 1, 1, 1) + bytes(36) + struct.pack("<IQ", 1, 1 << 30)
        for title, kind in (("Root Entry", 5), (name, 2), ("1Table", 2), ("a", 1)))
    return head + struct.pack("<I", 1) * 128 + directory.ljust(512, b"\0")


def odt(content: str, media: str = "application/vnd.oasis.opendocument.text") -> bytes:
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table"))
    return archive(
        ("mimetype", media), ("content.xml", f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
                                             f"<office:body>{content}</office:body></office:document-content>"),
        ("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
                                  f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
                                  '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'))


#: What may take a second each, because LibreOffice starts.
OFFICE = {
    "noise_doc": lambda: compound("WordDocument", random.Random(4).randbytes(30_000)),
    "circle_doc": lambda: compound_in_a_circle("WordDocument"),
    "circle_xls": lambda: compound_in_a_circle("Workbook"),
    "noise_rtf": lambda: b"{\\rtf1" + random.Random(5).randbytes(100_000),
    "groups_without_end_rtf": lambda: b"{\\rtf1" + b"{" * 300_000,
    "bytes_beyond_reason_rtf": lambda: b"{\\rtf1\\ansi\\bin2147483647 " + b"a" * 1_000 + b"}",
    "files_of_others_rtf": lambda: b'{\\rtf1 \\u19968? {\\field{\\*\\fldinst INCLUDETEXT "file:///etc/passwd"}{\\fldrslt x}}'
                                   b'{\\field{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:9/a.png"}{\\fldrslt x}}}',
    "files_of_others_odt": lambda: odt(
        '<office:text><text:section text:name="a"><text:section-source xlink:href="file:///etc/passwd" xlink:type="simple"/><text:p>支持</text:p>'
        "</text:section></office:text>"),
    "bomb_odt": lambda: odt("<office:text><text:p>" + "支持" * 12_000_000 + "</text:p></office:text>"),
    "rows_repeated_ods": lambda: odt(
        '<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="1024" office:value-type="string"><text:p>支持</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet>", "application/vnd.oasis.opendocument.spreadsheet"),
}

# MARK: Web pages and messages

PART = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
add(
    REFUSED,
    base64_noise_mht=lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode("<p>一、支持。".encode()) + random.Random(6).randbytes(50_000),
    page_missing_mht=lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--\n",
    message_in_itself_mht=lambda: ("MIME-Version: 1.0\r\n" + PART * 20_000).encode(),
    page_huge_html=lambda: b"<html><body>" + b"<p>" * (70 * MEGABYTE // 3),
    tags_without_end_html=lambda: b"<html><body>" + b"<p>a" * 10_000_000,
    attributes_without_end_html=lambda: b"<html><body><p " + b" ".join(b"a%d" % n for n in range(2_000_000)) + b">",
    text_of_the_largest_size_html=lambda: b"<html><body>" + "支持企业。<br>".encode() * (60 * MEGABYTE // 19),
)
add(
    READ,
    deep_words_html=lambda: b"<html><body>" + b"<div>a" * 100_000 + "一、支持。".encode(),
    deep_html=lambda: b"<html><body>" + b"<div>" * 200_000 + "一、支持。".encode(),
    deep_tables_html=lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + "一、支持。".encode(),
    styles_unclosed_html=lambda: b"<html><body>" + b"<b><i><font color=red>" * 30_000 + "一、支持。".encode(),
    table_of_a_billion_columns_html=lambda: "<table><tr><td colspan=1000000000 rowspan=1000000000>支持<td>奖励</table>".encode(),
    attribute_huge_html=lambda: b"<html><body><p title='" + b"a" * 8 * MEGABYTE + "'>一、支持。".encode(),
    entities_html=lambda: b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body>&a;" + b"&lt;&#0;&#x110000;&nope;" * 30_000,
    script_unclosed_html=lambda: "<html><body>一、支持。<script>".encode() + b"<!--<p>" * 100_000,
    table_huge_html=lambda: b"<html><body><table>" + ("<tr>" + "<td>支持</td>" * 50 + "</tr>").encode() * 1_000,
    message_without_end_mht=lambda: (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + "--x\r\nContent-Type: text/html\r\n\r\n<p>支持\r\n" * 50_000).encode(),
    boundary_empty_mht=lambda: b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=""\r\n\r\n' + b"--\r\n" * 300_000,
)

# MARK: Texts and wrong names

add(
    REFUSED,
    picture_docx=lambda: PNG + bytes(2_000),
    program_pdf=lambda: b"\x7fELF\2\1\1" + bytes(5_000),
    noise_txt=lambda: random.Random(7).randbytes(300_000),
    too_large_txt=lambda: b"a" * 65 * MEGABYTE,
    text_of_the_largest_size_zip=lambda: archive(("a.txt", "一、支持企业。\n".encode() * (64 * MEGABYTE // 22))),
    table_of_the_largest_size_csv=lambda: "支持,企业\n".encode() * (60 * MEGABYTE // 14),
)
add(
    READ,
    text_of_12_megabytes_txt=lambda: "一、支持企业。\n".encode() * (12 * MEGABYTE // 22),
    empty_txt=lambda: b"",
    empty_docx=lambda: b"",
    empty_pdf=lambda: b"",
    word_under_the_name_txt=lambda: GOOD,
    page_under_the_name_doc=lambda: "<html><body><p>一、支持。</p></body></html>".encode(),
    labels_without_end_txt=lambda: "".join(f"第{n}条 支持。（一）支持。1.支持。\n" for n in range(40_000)).encode(),
    brackets_without_end_txt=lambda: "（《“".encode() * 200_000,
    line_without_end_txt=lambda: "给予20万元".encode() * 100_000,
    columns_without_end_csv=lambda: ("支持," * 200_000 + "\n" + "1," * 200_000).encode(),
    surrogates_txt=lambda: b"\xff\xfe" + b"\x00\xd8" * 50_000 + "支持".encode("utf-16-le"),
)
