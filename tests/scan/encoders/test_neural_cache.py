"""The cache holds folders that are whole, each made once."""

import threading
from pathlib import Path

import pytest

from valla.errors import InputError
from valla.scan.encoders.cache import cache_folder, making


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the user's own environment says."""
    for name in ("VALLA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_own_variable_names_the_folder_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """VALLA_CACHE goes before XDG_CACHE_HOME."""
    monkeypatch.setenv("VALLA_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "common"))
    assert cache_folder() == tmp_path / "own"


def test_common_variable_names_the_folder_above(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Under XDG_CACHE_HOME Valla has a folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "valla"


@pytest.mark.parametrize("said", ["", "relative/folder"])
def test_folder_that_is_not_absolute_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str) -> None:
    """As the XDG specification asks."""
    monkeypatch.setenv("XDG_CACHE_HOME", said)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "valla"


def test_folder_appears_whole(tmp_path: Path) -> None:
    """Nothing is seen under its name before all is written."""
    folder = tmp_path / "deep" / "made"
    with making(folder) as beside:
        assert beside is not None
        (beside / "file").write_text("text", encoding="utf-8")
        assert not folder.exists()
    assert (folder / "file").read_text(encoding="utf-8") == "text"


def test_nothing_is_left_where_making_fails(tmp_path: Path) -> None:
    """Neither the folder nor what was written beside it."""
    folder = tmp_path / "made"

    def fail() -> None:
        with making(folder) as beside:
            assert beside is not None
            (beside / "file").touch()
            raise ZeroDivisionError("no")

    with pytest.raises(ZeroDivisionError, match="no"):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == [".made.lock"]


def test_folder_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    """The second to come is told so."""
    with making(tmp_path / "made"):
        pass
    with making(tmp_path / "made") as beside:
        assert beside is None


def test_one_of_several_makes_it(tmp_path: Path) -> None:
    """The others wait until it is there."""
    made = []

    def work() -> None:
        with making(tmp_path / "made") as beside:
            if beside:
                made.append(beside)
            else:
                assert (tmp_path / "made").is_dir()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_patience_ends(tmp_path: Path) -> None:
    """Who waits too long gets one line."""
    with (
        making(tmp_path / "made"),
        pytest.raises(InputError, match="another process is making it"),
        making(tmp_path / "made", patience_seconds=0),
    ):
        pass


def test_cache_under_a_file_is_refused(tmp_path: Path) -> None:
    """With the variable that names another."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="VALLA_CACHE"), making(tmp_path / "file" / "made"):
        pass
