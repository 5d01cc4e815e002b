"""How much of a document is read. Everything a stranger could make expensive has a figure here."""

MOST_BYTES = 10_000_000
"""Of one file. A résumé is under 1 MB, a handbook with pictures a few."""
MOST_FILES = 50
"""In one call: a folder of job descriptions, not a disk."""
TOO_MANY = f"more than {MOST_FILES} files: add it in another call"
SAME_NAME = "a second file of this name: rename one of them"
MOST_FOLDER_ENTRIES = 5_000
"""Looked at below a folder that is added, so that the home folder named by mistake is refused."""
MOST_DOCUMENTS = 100
"""Of one owner. With the longest documents 25,000 passages: 40 MB of vectors, and compared exactly
in some ten milliseconds."""
MOST_PAGES = 200
MOST_CHARACTERS = 300_000
"""Of text taken from one file: 50,000 words, about 250 passages, ten seconds of embedding."""
MOST_PASSAGES = 1_500
"""Of one file: six times what the longest text of usual paragraphs gives."""
MOST_NAME_CHARACTERS = 200

MOST_ENTRIES = 2_000
"""Files inside a DOCX; one with many pictures has a few hundred."""
MOST_UNPACKED_BYTES = 50_000_000
"""Of all files inside a DOCX together, as its directory declares; `zipfile` reads no more."""
MOST_RATIO = 200
"""Unpacked to packed size of a DOCX. Text in XML reaches 20 to 50; DEFLATE's most is 1,032."""
RATIO_FROM_BYTES = 1_000_000
"""Smaller ones are harmless whatever their ratio."""

TIME_LIMIT_S = 10.0
"""For one file, import of the parser included (half a second)."""
ADDRESS_SPACE_BYTES = 512_000_000
"""Of the process that reads a file; parser and interpreter take 70 MB."""
READ_AT_ONCE = 2
"""Files read at the same time by one process, whoever sent them."""
