"""Our reports are Markdown; a page reads their headings, lists and tables, and runs nothing."""

from interviewer.web.report_text import Block, blocks

REPORT = """\
# How well

**Falls short:** see `make evals`
and [the log](javascript:alert).

- one <script>alert(1)</script>
- two

| measure | value |
|---|---|
| kappa | **0.99** |

![Found](confusion.svg)

![Outside](../secret.svg)
"""


def test_blocks_come_in_order_without_their_marks() -> None:
    assert list(blocks(REPORT)) == [
        Block("heading", "How well", level=1),
        Block("paragraph", "Falls short: see make evals and the log."),
        Block("list", rows=(("one <script>alert(1)</script>",), ("two",))),
        Block("table", rows=(("measure", "value"), ("kappa", "0.99"))),
        Block("picture", "Found", file="confusion.svg"),
        Block("paragraph", "!Outside"),
    ]
