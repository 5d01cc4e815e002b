"""All findings on an artefact of any kind."""

from collections.abc import Callable, Iterator
from typing import Any

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.four_p import FourP
from interviewer.domain.artefacts.go_to_market import GoToMarket
from interviewer.domain.artefacts.matrix import Matrix
from interviewer.domain.artefacts.plan_checks import plan_findings
from interviewer.domain.artefacts.rav import Rav
from interviewer.domain.artefacts.rav_checks import rav_findings
from interviewer.domain.artefacts.register import Register
from interviewer.domain.artefacts.risk_checks import matrix_findings, register_findings
from interviewer.domain.artefacts.sheet_checks import four_p_findings, star_findings
from interviewer.domain.artefacts.star_story import StarStory
from interviewer.domain.artefacts.three_c import ThreeC
from interviewer.domain.artefacts.three_c_checks import three_c_findings

_CHECKS: dict[type[Artefact], Callable[[Any], Iterator[Finding]]] = {
    Matrix: matrix_findings,
    Register: register_findings,
    ThreeC: three_c_findings,
    FourP: four_p_findings,
    Rav: rav_findings,
    GoToMarket: plan_findings,
    StarStory: star_findings,
}


def findings(artefact: Artefact) -> tuple[Finding, ...]:
    """What a risk officer would stop at: first what concerns the whole, then row by row."""
    return tuple(sorted(_CHECKS[type(artefact)](artefact), key=lambda finding: finding.row or 0))
