"""What makes a scanner in every process."""

import pickle
from pathlib import Path

import pytest
from scan_samples import CLAIMS, OTHERS, REPETITIONS, block

from valla.errors import InputError
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index.build import build
from valla.scan.index.folder import write_index
from valla.scan.index.model import Index
from valla.scan.library.model import Library
from valla.scan.matching import Matching
from valla.scan.model import Settings
from valla.scan.scanner import Scanner


@pytest.fixture
def folder(small_index: Index, tmp_path: Path) -> Path:
    """Hand out the folder of a written index."""
    write_index(small_index, tmp_path / "index")
    return tmp_path / "index"


def test_it_travels_to_other_processes(folder: Path) -> None:
    """It holds paths and numbers alone."""
    matching = Matching(folder, "static", None, Settings(0.9, 0.6))

    assert pickle.loads(pickle.dumps(matching)) == matching
    assert len(pickle.dumps(matching)) < 1_000


def test_a_scanner_made_of_a_folder_gives_what_one_in_memory_gives(small_index: Index, folder: Path) -> None:
    """Sighting for sighting."""
    blocks = [block(text) for text in (*REPETITIONS, *OTHERS)]
    made = pickle.loads(pickle.dumps(Matching(folder)))()

    assert made.scan_blocks(blocks) == Scanner(small_index).scan_blocks(blocks) != []


def test_the_thresholds_go_with_it(folder: Path) -> None:
    """Whoever wants certainty gets it in every process."""
    assert Matching(folder, settings=Settings(0.99, 0.98))().settings == Settings(0.99, 0.98)


def test_an_unknown_encoder_is_refused(folder: Path) -> None:
    """Before anything is scanned."""
    with pytest.raises(InputError, match="no such encoder; found 'magic'"):
        Matching(folder, "magic")()


def test_a_model_needs_the_encoder_that_takes_one(folder: Path) -> None:
    """The static encoder has no model to choose."""
    with pytest.raises(InputError, match="--model goes with --encoder neural"):
        Matching(folder, "static", folder)()


def test_a_folder_that_is_no_index_is_refused(tmp_path: Path) -> None:
    """In one line, whichever process opens it."""
    with pytest.raises(InputError, match="this is no index"):
        Matching(tmp_path)()


def test_an_index_that_was_replaced_since_the_scan_began_is_refused(
    static: StaticEncoder, small_index: Index, folder: Path
) -> None:
    """Else a worker that starts later would look for other claims, and the result be a mixture."""
    matching = Matching(folder, fingerprint=small_index.fingerprint)
    blocks = [block(text) for text in REPETITIONS]
    begun = matching()
    write_index(build(Library(CLAIMS[:2]), [static]), folder)

    with pytest.raises(InputError, match=r"index: the index changed since the scan began; run it again$"):
        matching()
    assert begun.scan_blocks(blocks) == Scanner(small_index).scan_blocks(blocks)


def test_an_index_that_is_gone_since_the_scan_began_is_refused(small_index: Index, folder: Path) -> None:
    """In the same words: it was there."""
    folder.rename(folder.with_name("elsewhere"))

    with pytest.raises(InputError, match=r"index: the index changed since the scan began; run it again$"):
        Matching(folder, fingerprint=small_index.fingerprint)()
