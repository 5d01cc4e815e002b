"""Every kind of finding by kind of artefact: what a point of a rubric may name among its checks."""

_RATED = frozenset(
    {
        "all-in-one-band",
        "high-risk-without-control",
        "control-is-only-a-policy",
        "control-without-residual",
        "residual-above-inherent",
        "lowered-by-nothing",
        "control-changes-nothing",
    }
)

FINDING_KINDS: dict[str, frozenset[str]] = {
    "matrix": _RATED,
    "register": _RATED
    | {
        "high-risk-without-owner",
        "medium-risk-without-owner",
        "owner-checks-own-work",
        "no-trigger",
        "no-date",
        "one-owner-for-all",
    },
    "three-c": frozenset(
        {
            "nobody-bears-the-decision",
            "no-rule-named",
            "everything-negotiable",
            "gain-without-figure",
            "benefit-without-baseline",
            "gain-not-net",
            "no-stop",
        }
    ),
    "four-p": frozenset(
        {
            "data-without-owner",
            "no-rule-named",
            "problem-without-figure",
            "benefit-without-baseline",
            "performance-without-threshold",
            "threshold-laid-on-a-regulator",
        }
    ),
    "rav": frozenset(
        {
            "no-curve",
            "no-governance-change",
            "gain-without-more-risk",
            "gain-at-no-risk",
            "benefit-without-baseline",
            "change-not-named",
            "change-makes-nothing-better",
            "governance-costs-nothing",
        }
    ),
    "go-to-market": frozenset(
        {
            "everything-at-once",
            "phase-without-owner",
            "phase-without-measure",
            "benefit-without-baseline",
            "no-kill-switch",
            "no-fallback",
            "owner-checks-own-work",
            "no-gate",
            "phases-overlap",
        }
    ),
    "star": frozenset(
        {
            "own-part-unclear",
            "result-without-figure",
            "result-without-baseline",
            "long-setup",
            "too-long",
        }
    ),
    "sketch": frozenset({"no-flow", "unconnected-component"}),
    "page": frozenset(
        {
            "long-sentence",
            "long-sentences-on-average",
            "unexplained-abbreviation",
            "long-paragraph",
            "more-than-a-page",
        }
    ),
}
"""Of a sketch besides these: `no-` and the id of a part that is expected in it."""
