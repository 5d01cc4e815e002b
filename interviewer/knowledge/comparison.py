"""What changed between two sources: sections that correspond, what was dropped, what is new."""

from collections.abc import Iterator

from interviewer.domain.value import Value
from interviewer.knowledge.embedding import Embedder
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.sources import SourceLibrary

SAME_SUBJECT_COSINE = 0.60
"""Two sections without a common anchor are about one subject from here on. Set by reading the
pairs of the 2011 and 2026 model-risk guidance: below, pairs share words rather than subjects."""


class Counterpart(Value):
    """Two sections about one subject."""

    old: Passage
    new: Passage


class Comparison(Value):
    """Two sources side by side."""

    old: str
    new: str
    relation: str
    pairs: tuple[Counterpart, ...]
    dropped: tuple[Passage, ...]
    added: tuple[Passage, ...]
    notes: tuple[Passage, ...]


def compare(
    library: SourceLibrary, old_id: str, new_id: str, embedder: Embedder | None
) -> Comparison:
    """Puts two sources side by side.

    Sections with the same anchor correspond; of the others, those nearest in meaning do.

    Raises:
        UnknownId: There is no such source.
    """
    old, new = library.source(old_id), library.source(new_id)
    by_anchor = {p.id.partition("#")[2]: p for p in new.passages}
    pairs: list[tuple[Passage, Passage]] = []
    loose: list[Passage] = []
    for passage in old.passages:
        twin = by_anchor.pop(passage.id.partition("#")[2], None)
        if twin is None:
            loose.append(passage)
        else:
            pairs.append((passage, twin))
    free = list(by_anchor.values())
    if embedder is not None and loose and free:
        for passage, twin in _nearest_pairs(loose, free, embedder):
            pairs.append((passage, twin))
            loose.remove(passage)
            free.remove(twin)
    order = {p.id: i for i, p in enumerate(new.passages)}
    pairs.sort(key=lambda pair: order[pair[1].id])
    relation = f"{old.title} and {new.title}"
    if old.superseded_by == new.id:
        relation = f"{new.title} replaced {old.title} on {old.superseded_on}"
    return Comparison(
        old=old.id,
        new=new.id,
        relation=relation,
        pairs=tuple(Counterpart(old=a, new=b) for a, b in pairs),
        dropped=tuple(loose),
        added=tuple(free),
        notes=tuple(_notes(library, old_id, new_id)),
    )


def _nearest_pairs(
    old: list[Passage], new: list[Passage], embedder: Embedder
) -> list[tuple[Passage, Passage]]:
    """Greedy matching: the nearest two of all first."""
    cosines = embedder.embed(_texts(old)) @ embedder.embed(_texts(new)).T
    ranked = sorted(
        ((float(cosines[i, j]), i, j) for i in range(len(old)) for j in range(len(new))),
        reverse=True,
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    found = []
    for cosine, i, j in ranked:
        if cosine < SAME_SUBJECT_COSINE:
            break
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            found.append((old[i], new[j]))
    return found


def _notes(library: SourceLibrary, old_id: str, new_id: str) -> Iterator[Passage]:
    """Sections of notes that compare the two, told by `compares` in their front matter."""
    for source in library.sources.values():
        if set(source.compares) == {old_id, new_id}:
            yield from source.passages


def _texts(passages: list[Passage]) -> list[str]:
    """Without the title of the source, which would make all sections alike."""
    return [f"{passage.section}. {passage.text}" for passage in passages]
