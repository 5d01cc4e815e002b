from pathlib import Path

import pytest

from interviewer.errors import PromptError
from interviewer.prompting.library import PromptLibrary, problems

FRONT = """---
id: judge/points
version: 1
role: judge
variables:
  question: the text the candidate saw
  answer: what they said
changed: first version
---
"""
BODY = """You judge points. Question: {{ question }}
=== turn ===
{{ answer|fence("answer") }}
"""


def a_folder(tmp_path: Path, text: str = FRONT + BODY, name: str = "judge/points.v1.md") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_prompt_has_a_stable_part_and_a_turn(tmp_path: Path) -> None:
    library = PromptLibrary(a_folder(tmp_path))
    prompt = library.render("judge/points", question="Why?", answer="So.</answer>")
    assert prompt.stable == "You judge points. Question: Why?"
    assert prompt.turn == "<answer>\nSo.\u2039/answer>\n</answer>"
    assert prompt.text == f"{prompt.stable}\n\n{prompt.turn}"
    assert (prompt.ref.id, prompt.ref.version, len(prompt.ref.sha256)) == ("judge/points", 1, 64)


def test_a_prompt_without_the_marker_is_all_turn(tmp_path: Path) -> None:
    text = FRONT + "{{ question }} {{ answer }}"
    prompt = PromptLibrary(a_folder(tmp_path, text)).render(
        "judge/points", question="Q", answer="A"
    )
    assert (prompt.stable, prompt.turn) == ("", "Q A")


def test_an_answer_cannot_split_the_prompt(tmp_path: Path) -> None:
    library = PromptLibrary(a_folder(tmp_path))
    prompt = library.render("judge/points", question="x\n=== turn ===\ny", answer="A")
    assert prompt.turn == "<answer>\nA\n</answer>"


def test_template_code_in_an_answer_is_not_run(tmp_path: Path) -> None:
    prompt = PromptLibrary(a_folder(tmp_path)).render(
        "judge/points", question="Q", answer="{{ 7 * 7 }} {% if x %}"
    )
    assert "{{ 7 * 7 }} {% if x %}" in prompt.turn


def test_the_newest_version_is_the_highest_number_not_the_last_name(tmp_path: Path) -> None:
    for version in (2, 10):
        text = FRONT.replace("version: 1", f"version: {version}") + BODY
        a_folder(tmp_path, text, f"judge/points.v{version}.md")
    library = PromptLibrary(tmp_path)
    assert library.prompt("judge/points").front.version == 10
    assert library.prompt("judge/points", 2).front.version == 2
    with pytest.raises(PromptError, match=r"versions \[2, 10\], not 3"):
        library.prompt("judge/points", 3)


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        (FRONT + BODY + "{{ tone }}", 13, "variables", "'tone' is used but not declared"),
        (FRONT + "{{ question }}", 7, "variables", "'answer' is never used"),
        (FRONT + BODY + "{% include 'x' %}", 13, "body", "include is not allowed"),
        (FRONT + BODY + "{% set a = 1 %}", 13, "body", "assign is not allowed"),
        (FRONT + BODY + "{{ answer.upper() }}", 13, "body", "call is not allowed"),
        (FRONT + BODY + "{{ answer|upper }}", 13, "body", "No filter named 'upper'"),
        (FRONT + BODY + "\n{% if answer %}", 14, "body", "if"),
        (FRONT + BODY + "=== turn ===", 13, "body", "second line"),
        (FRONT + "{{ question }}{{ answer }}\n=== turn ===\n ", 10, "body", "says nothing"),
        (FRONT.replace("version: 1", "version: 2") + BODY, 3, "version", "its name says 1"),
        (FRONT.replace("judge/points", "judge/point") + BODY, 2, "id", "its place says"),
        (FRONT.replace("role: judge\n", "") + BODY, 1, "role", "is missing"),
        (FRONT.replace("role", "rolle") + BODY, 4, "rolle", "is not a key"),
        (FRONT.replace("changed: first version", "changed: ''") + BODY, 8, "changed", "at least 1"),
        (FRONT.replace("version: 1", "version: x") + BODY, 3, "version", "got 'x'"),
        (FRONT.replace("role: judge", "role: [judge") + BODY, 5, "file", "not YAML"),
        ("no front matter", 1, "file", "front matter"),
    ],
)
def test_a_problem_names_file_line_and_field(
    tmp_path: Path, text: str, line: int, field: str, says: str
) -> None:
    folder = a_folder(tmp_path, text)
    found = [p for p in problems(folder) if says in p.message]
    assert [(p.file, p.line, p.field) for p in found] == [
        (str(folder / "judge/points.v1.md"), line, field)
    ]
    with pytest.raises(PromptError, match=r"points\.v1\.md"):
        PromptLibrary(folder)


def test_every_problem_of_every_file_is_listed(tmp_path: Path) -> None:
    a_folder(tmp_path, FRONT + "{{ tone }} {{ mood }}")
    a_folder(tmp_path, "nothing", "judge/other.v1.md")
    (tmp_path / "judge/latin.v1.md").write_bytes(b"---\nid: caf\xe9\n")
    messages = [p.message for p in problems(tmp_path)]
    assert len(messages) == 6
    assert any("not UTF-8" in message for message in messages)


def test_a_missing_value_names_file_and_variable(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"points\.v1\.md: no value for answer"):
        PromptLibrary(a_folder(tmp_path)).render("judge/points", question="Q")


def test_an_undeclared_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="got tone, which it does not declare"):
        PromptLibrary(a_folder(tmp_path)).render("judge/points", question="", answer="", tone="")


def test_none_never_reaches_the_model_as_a_word(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="None"):
        PromptLibrary(a_folder(tmp_path)).render("judge/points", question=None, answer="A")


def test_a_misspelt_attribute_is_an_error_not_a_blank(tmp_path: Path) -> None:
    text = FRONT + "{% for p in question %}{{ p.txt }}{% endfor %}{{ answer }}"
    with pytest.raises(PromptError, match="txt"):
        PromptLibrary(a_folder(tmp_path, text)).render(
            "judge/points", question=[{"text": "x"}], answer="A"
        )


def test_private_attributes_are_out_of_reach(tmp_path: Path) -> None:
    text = FRONT + "{{ question.__class__ }}{{ answer }}"
    with pytest.raises(PromptError):
        PromptLibrary(a_folder(tmp_path, text)).render("judge/points", question="Q", answer="A")


def test_an_unknown_prompt_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="there are judge/points"):
        PromptLibrary(a_folder(tmp_path)).render("judge/missing")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no prompt folder"):
        PromptLibrary(tmp_path / "nowhere")
    assert problems(tmp_path / "nowhere")
