"""The template language of prompt files: Jinja cut down to `for`, `if` and a handful of filters.

No includes, macros, assignments or calls: what a prompt says must be readable in one file. An
undefined variable is an error, and so is printing None, which would otherwise reach the model as the
word "None".
"""

from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from interviewer.prompting.fence import fence, neutralise

FILTERS = frozenset({"fence", "neutralise", "indent", "items", "join", "length"})
"""Filters a prompt may use; `{{ answer|fence("answer") }}` is how untrusted text is shown."""

_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Tuple,
    nodes.List,
    nodes.Keyword,
)


def _printable(value: Any) -> Any:
    if value is None:
        raise jinja2.UndefinedError("a variable is None; give it a text or guard it with `if`")
    return value


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters = {
        name: filter_ for name, filter_ in environment.filters.items() if name in FILTERS
    } | {"fence": fence, "neutralise": neutralise}
    environment.globals.clear()
    return environment


ENVIRONMENT = _environment()


def mistakes(source: str) -> list[tuple[int, str]]:
    """What makes `source` unusable as a template, as (line from 1, message)."""
    try:
        tree = ENVIRONMENT.parse(source)
        ENVIRONMENT.from_string(source)
    except jinja2.TemplateSyntaxError as exc:
        return [(exc.lineno, f"{exc.message}")]
    return [
        (node.lineno, f"{type(node).__name__.lower()} is not allowed: only `for`, `if` and filters")
        for node in tree.find_all(nodes.Node)
        if isinstance(node, nodes.Stmt | nodes.Expr) and not isinstance(node, _NODES)
    ]


def variables_in(source: str) -> dict[str, int]:
    """Every variable the caller must give, with the line (from 1) of its first use."""
    tree = ENVIRONMENT.parse(source)
    wanted = meta.find_undeclared_variables(tree)
    lines: dict[str, int] = {}
    for name in tree.find_all(nodes.Name):
        if name.name in wanted:
            lines.setdefault(name.name, name.lineno)
    return lines


def render(source: str, variables: dict[str, Any]) -> str:
    """The filled-in text, without blank lines at either end.

    Raises:
        jinja2.TemplateError: A variable or an attribute of one does not exist, or is None.
        TypeError: A filter got a value it cannot work on.
        ValueError: A fence has a tag that is no name.
    """
    return _compiled(source).render(variables).strip()


@lru_cache(maxsize=256)
def _compiled(source: str) -> jinja2.Template:
    return ENVIRONMENT.from_string(source)
