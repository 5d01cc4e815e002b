import re

from interviewer.paths import shipped
from interviewer.prompting import library
from interviewer.settings import variables
from interviewer.store.schema_files import outdated
from tests.architecture.tree import ROOT, texts
from tools import everyday_vectors, said_directions
from tools.settings_page import PAGE, settings_page


def test_the_page_of_settings_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run `make generate`"


def test_the_vectors_of_the_everyday_questions_are_those_of_their_lines() -> None:
    assert everyday_vectors.is_current(), "run `make generate`"


def test_the_directions_of_what_candidates_say_are_those_of_the_lines() -> None:
    assert said_directions.is_current(), "run `make generate`, then `make fit`"


def test_the_example_environment_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", text, re.M)) == set(variables().values())
    assert re.findall(r"^[A-Z]", text, re.M) == [], "a copy must change nothing"


def test_the_seed_schemas_are_what_the_models_say() -> None:
    assert outdated(shipped("seeds") / "schemas") == (), "run `make generate`"


def test_every_seed_file_names_a_schema_that_exists() -> None:
    for name, text in texts(".yaml"):
        if not name.startswith("seeds/"):
            continue
        first = text.partition("\n")[0]
        prefix, _, schema = first.partition("$schema=")
        assert prefix == "# yaml-language-server: ", name
        assert ((ROOT / name).parent / schema).is_file(), f"{name}: {schema}"


def test_every_prompt_version_is_locked_and_unchanged() -> None:
    assert [str(problem) for problem in library.problems(shipped("prompts"))] == []
