import pytest
from program import CORPUS, Program


@pytest.fixture(scope="session")
def huice(tmp_path_factory) -> Program:
    return Program(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="session")
def corpus_database(huice, tmp_path_factory):
    """The sample corpus, indexed once; tests only read it."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.sqlite"
    assert huice.index(CORPUS, database=path) == {"added": 40, "changed": 0, "unchanged": 0, "failed": 0}
    return path


@pytest.fixture
def database(tmp_path):
    """A place for an index of this test."""
    return tmp_path / "index.sqlite"
