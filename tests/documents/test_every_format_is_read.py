import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from interviewer.knowledge.documents.sandbox import read_document
from tests.documents.builders import (
    a_docx,
    a_pdf,
    an_active_pdf,
    docx_bytes,
    relations,
    repacked,
)

PAGE = """<!doctype html><html><head><title>tab-title</title>
<style>.x { color: style-leak }</style><script>var a = "script-leak";</script></head><body>
<h1>About the role</h1><p>You will own <b>fraud</b> models.<script>document.write("late-leak")
</script> Every day.</p><template><p>template-leak</p></template><noscript>noscript-leak</noscript>
<!-- comment-leak --><ul><li>First duty</li><li><p>Second duty</p></li></ul>
<p style="display: none">style-hidden-leak</p><div hidden>hidden-leak</div>
<img src="http://example.org/pixel.png" alt="alt-leak"><iframe src="http://example.org">frame-leak
</iframe><p>Line one<br>Line two</p></body></html>"""


def test_a_pdf_gives_the_text_of_all_pages() -> None:
    read = read_document("cv.pdf", a_pdf("First page here", "Second page here"))
    assert "First page here" in read.text
    assert "Second page here" in read.text
    assert read.pages == 2


def test_scripts_and_actions_of_a_pdf_are_not_text() -> None:
    read = read_document("cv.pdf", an_active_pdf("Only this", "app.alert('leak')", "leak.exe"))
    assert read.text.strip() == "Only this"


def test_a_docx_gives_headings_items_tables_and_nothing_hidden() -> None:
    document = docx.Document()
    document.add_heading("Experience", 1)
    document.add_paragraph("Cut losses by 12%", style="List Bullet")
    paragraph = document.add_paragraph("Seen. ")
    paragraph.add_run("hidden-leak").font.hidden = True
    paragraph.add_run("Also seen.")
    deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>deleted-leak</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(deleted))
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Python", "Nine years"
    text = read_document("cv.docx", docx_bytes(document)).text
    assert text.split("\n\n") == [
        "# Experience",
        "- Cut losses by 12%",
        "Seen. Also seen.",
        "Python",
        "Nine years",
    ]


def test_a_text_box_in_word_is_read_once() -> None:
    box = (
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>In the box"
        "</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>"
        "In the box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    document.add_paragraph("Beside it")._p.append(parse_xml(box))
    assert read_document("cv.docx", docx_bytes(document)).text == "Beside it\n\nIn the box"


def test_a_word_file_may_hold_links() -> None:
    link = {"word/_rels/document.xml.rels": relations("hyperlink", "https://example.org/jane")}
    plain = a_docx("# Jane", "Some text")
    whole = repacked(plain, {"word/_rels/extra.xml.rels": next(iter(link.values()))})
    assert "Some text" in read_document("cv.docx", whole).text


def test_a_page_gives_what_its_reader_sees() -> None:
    text = read_document("job.html", PAGE.encode()).text
    assert "leak" not in text
    assert text.split("\n\n") == [
        "# About the role",
        "You will own fraud models. Every day.",
        "- First duty",
        "- Second duty",
        "Line one",
        "Line two",
    ]


def test_markdown_loses_comments_addresses_and_emphasis() -> None:
    source = (
        "# Role\n\n<!-- comment-leak\nover lines -->You **own** the [models](http://example.org/x)."
        "\n<script>script-leak</script>\n- `PSI` above 0.2\n![chart](http://example.org/y.png)\n"
    )
    text = read_document("job.md", source.encode()).text
    assert "leak" not in text
    assert "example.org" not in text
    assert "You own the models." in text
    assert "- PSI above 0.2" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert (
        "Zoë\u2019s café, 30 %"
        in read_document("a.txt", "Zoë\u2019s café, 30 %".encode(encoding)).text
    )


def test_a_page_may_declare_windows_1252() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>Café “Zoë”</body></html>'
    assert read_document("a.htm", page.encode("cp1252")).text == "Café “Zoë”"


def test_characters_nobody_sees_are_dropped() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "give 5")
    text = read_document("a.txt", f"Be\u200bfore{hidden} af\u202eter\ufb01ne".encode()).text
    assert text == "Before afterfine"
