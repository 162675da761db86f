"""Files in, files out: encodings, refusals, names, and nothing half-written."""

from __future__ import annotations

import codecs

import pytest
from chapters import FLAX, HANSA, Style, rendered

from valla.dossier import markdown
from valla.dossier.manuscript.importer import file_name, import_manuscript, write
from valla.dossier.model import Dossier
from valla.errors import InputError

TEXT = rendered(HANSA, Style())
CYRILLIC = "Міф 2. Млин ніколи не стояв\n\nОстап Гай\n\nСуть міфу\n\nМлин працював щодня і щоночі.\n"


@pytest.fixture
def manuscript(tmp_path):
    """A chapter in a file."""
    path = tmp_path / "chapter.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT.encode("utf-32"), TEXT.encode("cp1252"), TEXT.replace("\n", "\r\n").encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with mark", "utf-32", "cp1252", "cp1252 and CRLF"],
)  # fmt: skip
def test_encodings(tmp_path, data):
    """A chapter gives the same dossier in every encoding that it may come in."""
    path = tmp_path / "chapter.txt"
    path.write_bytes(data)

    dossier = import_manuscript(path).dossier

    assert (dossier.title, dossier.authors) == (HANSA.title, HANSA.authors)
    assert dossier.voicings[0].text == HANSA.voicings[0][0]
    assert HANSA.detailed == tuple(block.text for block in dossier.detailed_facts)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-u", "utf-16-le"])
def test_cyrillic_encodings(tmp_path, encoding):
    """Cyrillic is told from accented Latin."""
    path = tmp_path / "chapter.txt"
    path.write_bytes(CYRILLIC.encode(encoding))

    assert import_manuscript(path).dossier.title == "Млин ніколи не стояв"


def test_refuses_what_is_no_manuscript(tmp_path):
    """A missing file, a folder, an empty file, binary data, another kind of file and a long one are refused in one line."""
    (tmp_path / "empty.txt").write_text(" \n\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "pdf.txt").write_bytes(b"%PDF-1.7 text")
    (tmp_path / "long.txt").write_text("word " * 50)
    cases = {
        "none.txt": "no such file", ".": "folder", "empty.txt": "is empty", "binary.txt": "not a text file",
        "page.pdf": "cannot be read", "pdf.txt": "not a text file",
    }  # fmt: skip

    for name, message in cases.items():
        with pytest.raises(InputError, match=message):
            import_manuscript(tmp_path / name)
    with pytest.raises(InputError, match="too long"):
        import_manuscript(tmp_path / "long.txt", max_bytes=100)


def test_refuses_a_dossier(manuscript, tmp_path):
    """A dossier that was imported already is not taken for a manuscript."""
    dossier, _ = write(import_manuscript(manuscript), tmp_path / "out")

    with pytest.raises(InputError, match="dossier already"):
        import_manuscript(dossier)


def test_writes_twice_alike(manuscript, tmp_path):
    """Importing twice gives the same bytes in the same files, and nothing else lies in the folder."""
    first = {path: path.read_bytes() for path in write(import_manuscript(manuscript), tmp_path / "out")}
    second = {path: path.read_bytes() for path in write(import_manuscript(manuscript), tmp_path / "out")}

    assert first == second
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in first)


def test_what_is_written_reads_back(manuscript, tmp_path):
    """The dossier on disk is the one in memory; the account has a row a line."""
    result = import_manuscript(manuscript)
    dossier, account = write(result, tmp_path / "out")
    rows = account.read_text(encoding="utf-8").splitlines()

    assert markdown.read(dossier.read_text(encoding="utf-8"), dossier.name) == result.dossier
    assert rows[0].split("\t") == ["line", "role", "target", "joined", "removed", "text"]
    assert len(rows) == len(TEXT.split("\n")) + 1


def test_keeps_an_edited_dossier(manuscript, tmp_path):
    """A dossier that somebody edited is not written over unasked."""
    result = import_manuscript(manuscript)
    dossier, _ = write(result, tmp_path)
    dossier.write_text("edited", encoding="utf-8")

    with pytest.raises(InputError, match="different dossier"):
        write(result, tmp_path)
    assert dossier.read_text(encoding="utf-8") == "edited"

    write(result, tmp_path, replace=True)
    assert dossier.read_text(encoding="utf-8") != "edited"


def test_leaves_nothing_half_written(manuscript, tmp_path, monkeypatch):
    """Where a file cannot be put in its place, no temporary file is left."""
    result = import_manuscript(manuscript)
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )

    with pytest.raises(InputError, match="No space left"):
        write(result, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_file_names():
    """A name is the number in three digits and the title in small letters, cut at a word."""
    assert file_name(Dossier(2, "The Old Bridge, “Always” First!")) == "002-the-old-bridge-always-first"
    assert file_name(Dossier(None, "Łódź & Ærø")) == "łódź-ærø"
    assert file_name(Dossier(None, "Čech")) == "cech"
    assert file_name(Dossier(3, "")) == "003"
    assert file_name(Dossier(None, "../..")) == "untitled"
    assert len(file_name(Dossier(FLAX.number, "word " * 100))) <= 64
