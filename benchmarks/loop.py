"""A whole loop from an answers file: one command, every round of a track, and the debrief."""

import time

from benchmarks.figures import Section, median_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import ran
from interviewer.bootstrap import catalog
from interviewer.domain.question import Quality

TRACKS = ("jpmorgan-ai-pm", "jpmorgan-ml-engineer")
AT_MOST_S = 60.0
SAMPLES = 2


def run() -> Section:
    """Measures `interviewer loop --answers` with the middling examples of each track."""
    home, work = warm_home(), scratch("work")
    figures, counted = [], []
    for track in TRACKS:
        file = work / f"{track}.txt"
        file.write_text(_answers(track), encoding="utf-8")
        taken = []
        for _ in range(SAMPLES):
            begun = time.perf_counter()
            ran(["loop", "--track", track, "--answers", str(file), "--json"], home, within=work)
            taken.append(time.perf_counter() - begun)
        figures.append(median_of(f"`loop --track {track}`, offline", taken, "s", AT_MOST_S))
        rounds = catalog().tracks[track].rounds
        counted.append(f"{track}: {len(rounds)} rounds, {sum(len(r.questions) for r in rounds)}")
    note = (
        f"A process of its own each time, from start to debrief. {'; '.join(counted)} questions; "
        "those about one's own documents are not asked. The answers are of about 150 words."
    )
    return Section("A whole loop, unattended", tuple(figures), (note,))


def _answers(track: str) -> str:
    """The middling example of every question, under the name of its round."""
    known = catalog()
    parts = []
    for round_ in known.tracks[track].rounds:
        examples = [
            next(e.answer for e in question.examples if e.quality is Quality.MIDDLING)
            for question in map(known.question, round_.questions)
            if question.fills is None
        ]
        parts.append(f"=== {round_.id}\n" + "\n---\n".join(examples))
    return "\n".join(parts)
