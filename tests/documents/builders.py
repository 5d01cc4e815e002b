"""Real files, made in memory: PDF by pypdf, DOCX by python-docx, and what attackers make of them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

RESUME_ITEMS = (
    "Built a card-fraud model that cut losses by 12% within six months",
    "Moved forty models to one feature store",
    "Wrote the monitoring runbook that three teams of 9 people use",
)
RESUME = (
    "JANE DOE\njane@example.org\n\nProfessional Experience\n"
    "Senior engineer at Example Bank since 2019, mostly on payments.\n"
    + "".join(f"- {item}\n" for item in RESUME_ITEMS)
    + "\nEducation\nMaster of statistics, 2014\n"
)
JOB = (
    "# Fraud engineer\n\n## Responsibilities\n\n- You will own the models that stop card fraud.\n"
    "- You will explain declined payments to regulators.\n\n## Requirements\n\n"
    "Five years of experience with models in production.\n"
)


def pdf_writer(pages: Sequence[str]) -> PdfWriter:
    """Pages of text lines in Helvetica, ready to be changed further."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(612, 792)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(
            f"({line.replace('(', '').replace(')', '')}) Tj T*\n" for line in text.split("\n")
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 740 Td\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    return writer


def pdf_bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def a_pdf(*pages: str) -> bytes:
    return pdf_bytes(pdf_writer(pages))


def a_scanned_pdf() -> bytes:
    """One page that holds a picture and no text."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    image = DecodedStreamObject()
    image.set_data(b"\x80")
    for key, value in (("Type", "XObject"), ("Subtype", "Image"), ("ColorSpace", "DeviceGray")):
        image[NameObject(f"/{key}")] = NameObject(f"/{value}")
    for key, number in (("Width", 1), ("Height", 1), ("BitsPerComponent", 8)):
        image[NameObject(f"/{key}")] = NumberObject(number)
    objects = DictionaryObject({NameObject("/Im"): writer._add_object(image)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    stream = DecodedStreamObject()
    stream.set_data(b"q 100 0 0 100 50 50 cm /Im Do Q")
    page[NameObject("/Contents")] = writer._add_object(stream)
    return pdf_bytes(writer)


def an_active_pdf(text: str, script: str, program: str) -> bytes:
    """A page with text, a script, and an action that would start a program on opening."""
    writer = pdf_writer([text])
    then = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(script),
        }
    )
    launch = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject(program),
            NameObject("/Next"): then,
        }
    )
    writer.root_object[NameObject("/OpenAction")] = launch
    return pdf_bytes(writer)


def a_pdf_locked_with_rc4(text: str) -> bytes:
    writer = pdf_writer([text])
    writer.encrypt("secret", algorithm="RC4-128")
    return pdf_bytes(writer)


def a_pdf_locked_with_aes() -> bytes:
    """As AES-256 marks it; no key is needed to see that one would be."""
    writer = pdf_writer(["locked"])
    crypt = DictionaryObject({NameObject("/CFM"): NameObject("/AESV3")})
    entry = DictionaryObject(
        {
            NameObject("/Filter"): NameObject("/Standard"),
            NameObject("/V"): NumberObject(5),
            NameObject("/R"): NumberObject(6),
            NameObject("/Length"): NumberObject(256),
            NameObject("/P"): NumberObject(-4),
            NameObject("/O"): TextStringObject("o" * 48),
            NameObject("/U"): TextStringObject("u" * 48),
            NameObject("/OE"): TextStringObject("o" * 32),
            NameObject("/UE"): TextStringObject("u" * 32),
            NameObject("/Perms"): TextStringObject("p" * 16),
            NameObject("/CF"): DictionaryObject({NameObject("/StdCF"): crypt}),
            NameObject("/StmF"): NameObject("/StdCF"),
            NameObject("/StrF"): NameObject("/StdCF"),
        }
    )
    writer._add_object(entry)
    writer._encrypt_entry = entry
    writer._ID = ArrayObject([TextStringObject("i" * 16), TextStringObject("i" * 16)])
    return pdf_bytes(writer)


def a_long_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    return pdf_bytes(writer)


def docx_bytes(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_docx(*paragraphs: str) -> bytes:
    """Paragraphs; `# ` makes a heading of one, `- ` an item of a list."""
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], 1)
        elif text.startswith("- "):
            document.add_paragraph(text[2:], style="List Bullet")
        else:
            document.add_paragraph(text)
    return docx_bytes(document)


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def relations(kind: str, target: str) -> bytes:
    """A relations part with one external relation."""
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{schema}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def with_macro_type(data: bytes) -> bytes:
    """The package declared as a macro-enabled document, as Word saves a .docm."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert plain in types
    return repacked(data, {"[Content_Types].xml": types.replace(plain, macro)})
