"""How people ask for a passage who do not know its words: everyday questions, kept beside the code.

The sources are written in the words of rules and textbooks; a question such as "may we go live
before the check is done?" shares none of them with "validation before first use". Each passage
therefore carries questions in plain words that are embedded and indexed with it.

All were written from the passages, in November 2026:

- `everyday_unseen.txt`, about five questions a passage. Its author had seen no question of
  `evals/datasets/retrieval.jsonl` before it was complete, only the passages and the first sixty
  lines of `everyday.txt`.
- `everyday_voices_a.txt`, `_b` and `_c`, six a passage, each for a third of the sources: a
  candidate, a business head, an engineer, an interviewer with a scene, a customer or clerk, and an
  examiner ask. Their three authors were kept from everything below `evals/`; they read the
  passages and, so as not to repeat them, the other files here. What those had taken from
  questions of the set could reach them in that way alone.
- `everyday_voices_d.txt`, `_e`, `_f` and `_g`, six a passage again, each for a quarter of the
  sources: a colleague with a situation, a doubtful claim, a beginner's why, a candidate preparing
  an answer, a terse query, and a clumsy or hurried question about one detail. Their four authors
  read the passages and nothing else: nothing below `evals/`, and none of the other files here.
- `everyday_more.txt`, about three a passage, by the author of the first, who had by then read
  calibration questions of that set and one of its test questions (r001). Whatever came nearer than
  a cosine of .6 to a calibration question was left out again, so that those still measure something.
- `everyday.txt`, one or two a passage. Its author had read the calibration questions of that set
  and a dozen of its test questions. The four a passage of six later sources, which no question of
  the set asks for, are in it, too, by the author of those sources.

evals/RETRIEVAL.md gives the figures with the first two groups alone (`BLIND`) as well. Their
vectors ship, too: `everyday_vectors`. Source of the idea: Nogueira and colleagues 2019 (doc2query).
"""

from functools import cache
from pathlib import Path

_UNSEEN = (
    "everyday_unseen.txt",
    "everyday_voices_a.txt",
    "everyday_voices_b.txt",
    "everyday_voices_c.txt",
    "everyday_voices_d.txt",
    "everyday_voices_e.txt",
    "everyday_voices_f.txt",
    "everyday_voices_g.txt",
)
BLIND = tuple(Path(__file__).with_name(name) for name in _UNSEEN)
"""Of authors who had seen no question that the search is measured with."""
FILES = (*BLIND, *(Path(__file__).with_name(n) for n in ("everyday_more.txt", "everyday.txt")))
"""`@source`, then a line for each section: `anchor | question | question`."""


def asked_as(passage_id: str, files: tuple[Path, ...] = FILES) -> tuple[str, ...]:
    """The everyday questions that a shipped passage answers; none for any other passage."""
    return _questions(files).get(passage_id, ())


@cache
def _questions(files: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        source = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                source = line[1:]
            elif line.strip():
                anchor, *questions = line.split(" | ")
                passage = f"{source}#{anchor}"
                found[passage] = (*found.get(passage, ()), *questions)
    return found
