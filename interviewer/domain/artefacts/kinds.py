"""The kinds of artefact there are."""

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.artefacts.four_p import FourP
from interviewer.domain.artefacts.go_to_market import GoToMarket
from interviewer.domain.artefacts.matrix import Matrix
from interviewer.domain.artefacts.rav import Rav
from interviewer.domain.artefacts.register import Register
from interviewer.domain.artefacts.star_story import StarStory
from interviewer.domain.artefacts.three_c import ThreeC
from interviewer.errors import UnknownId

KINDS: dict[str, type[Artefact]] = {
    kind.kind: kind for kind in (Matrix, Register, ThreeC, FourP, Rav, GoToMarket, StarStory)
}
"""By id."""


def kind_of(name: str) -> type[Artefact]:
    """The kind with that id.

    Raises:
        UnknownId: There is none.
    """
    if name not in KINDS:
        raise UnknownId(f"there is no board {name[:40]!r}; boards are {', '.join(KINDS)}")
    return KINDS[name]
