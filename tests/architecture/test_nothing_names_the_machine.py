import re

from tests.architecture.tree import texts

# Put together here, so that this file does not find itself.
FOLDERS = ("home", "mnt", "opt", "root", "tmp", "Users", "work", "workspace")
MACHINE_PATH = re.compile(rf"(?<![\w.~}})\]/-])/(?:{'|'.join(FOLDERS)})/\w+")
INVENTED = {"/".join(("", "Users", "jane"))}
"""Paths that stand in tests as examples of what people type."""


def test_no_file_holds_a_path_of_somebody_s_machine() -> None:
    found = {(name, match[0]) for name, text in texts() for match in MACHINE_PATH.finditer(text)}
    assert {(name, path) for name, path in found if path not in INVENTED} == set()
