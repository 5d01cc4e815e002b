from tests.cli.ready_home import ready_home, warmed, worded, words_home

__all__ = ["ready_home", "warmed", "worded", "words_home"]
