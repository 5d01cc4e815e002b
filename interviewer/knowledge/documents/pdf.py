"""PDF: the text of its pages. Scripts, actions, attachments and forms are never looked at."""

import io
import logging

from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents.limits import MOST_CHARACTERS, MOST_PAGES

ENCRYPTED = "encrypted: save a copy without a password or restrictions"


def read_pdf(data: bytes) -> tuple[str, int]:
    """The text, pages apart by a blank line, and the number of pages.

    A damaged file may raise anything the parser raises; the caller runs in a process of its own.

    Raises:
        DocumentRefused: It is encrypted, too long, or no PDF the parser knows.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        # Those that open with an empty password too: their author forbade copying the text.
        if reader.is_encrypted:
            raise DocumentRefused(ENCRYPTED)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise DocumentRefused(
                f"{count:,} pages; the limit is {MOST_PAGES}: add the part needed"
            )
        texts: list[str] = []
        length = 0
        for page in reader.pages:
            texts.append(page.extract_text())
            length += len(texts[-1])
            if length > MOST_CHARACTERS:
                break  # the caller refuses what is over the limit
    except (DependencyError, FileNotDecryptedError):
        # AES needs a library that is not installed, and is not missed.
        raise DocumentRefused(ENCRYPTED) from None
    except (PyPdfError, RecursionError) as error:
        raise DocumentRefused(f"damaged ({error}): export it anew") from None
    return "\n\n".join(texts), count
