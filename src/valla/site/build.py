"""A casebook and its verdicts to a site: plain HTML, feeds and data, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from valla.actors.naming import phrase_during
from valla.check.model import Verdict
from valla.dossier.model import Dossier
from valla.errors import CasebookError
from valla.exchange.claimreview_rules import problems
from valla.site.compose import about_page, index_page, missing_page, myth_page, review
from valla.site.downloads import acts_csv, json_text, verdict_json
from valla.site.feeds import entries, json_feed, latest
from valla.site.folder import replace_folder
from valla.site.material import CasebookLike, Material, myth_path, myth_url
from valla.site.pages import SiteInfo
from valla.site.pictures import Pictures
from valla.site.references import web_url
from valla.site.render import render, stylesheet, without_controls
from valla.version import VERSION

__all__ = ["CasebookLike", "Site", "build", "site_files"]


@dataclass(frozen=True, slots=True)
class Site:
    """What was built.

    Args:
        pages: the HTML files.
        warnings: what an editor should know: rules of ClaimReview that are not kept, pictures that are missing.
    """

    pages: tuple[Path, ...]
    warnings: tuple[str, ...]


def _info(casebook: CasebookLike) -> SiteInfo:
    base = web_url(casebook.base_url.strip())
    return SiteInfo(
        title=casebook.title,
        description=casebook.description,
        language=casebook.language,
        licence=casebook.licence,
        publisher=casebook.publisher_name,
        publisher_url=web_url(casebook.publisher_url),
        base_url=f"{base.rstrip('/')}/" if base else "",
        stylesheet=stylesheet()[0],
        version=VERSION,
    )


def _numbered(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """The dossiers by number; each needs one of its own, since its address is made of it."""
    taken: dict[int, str] = {}
    taken_in = list(dossiers)
    for dossier in taken_in:
        if dossier.number is None:
            raise CasebookError(
                f"the dossier {dossier.title!r} has no number", repair="give it one: its address is made of it"
            )
        if dossier.number in taken:
            raise CasebookError(
                f"two dossiers have the number {dossier.number}",
                found=f"{taken[dossier.number]!r} and {dossier.title!r}",
                repair="give one of them another number",
            )
        taken[dossier.number] = dossier.title
    return tuple(sorted(taken_in, key=lambda dossier: dossier.number or 0))


def _myth_files(dossier: Dossier, material: Material) -> dict[str, bytes]:
    path, verdict = myth_path(dossier.number or 0), material.verdict(dossier)
    found = {path: render("myth.html", page=myth_page(dossier, material))}
    if verdict is not None:
        folder = path.removesuffix("index.html")
        found[f"{folder}verdict.json"] = verdict_json(verdict).encode()
        found[f"{folder}acts.csv"] = acts_csv(verdict).encode()
    return found


def _reviews(dossiers: tuple[Dossier, ...], material: Material) -> tuple[bytes, tuple[str, ...]]:
    """Every ClaimReview as one feed, and the rules that some do not keep."""
    found = [(dossier, review(dossier, material)) for dossier in dossiers]
    items = [{"@type": "DataFeedItem", "item": item} for _, item in found if item]
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": material.info.title,
        "dataFeedElement": items,
    }
    warnings = (
        f"myth {dossier.number}: ClaimReview: {line}"
        for dossier, item in found
        if item
        for line in problems(item, myth_url(material.info, dossier.number or 0))
    )
    return json_text(feed).encode(), tuple(warnings)


def _shared_files(dossiers: tuple[Dossier, ...], material: Material) -> dict[str, bytes]:
    info, rows = material.info, entries(dossiers, material)
    urls = [info.base_url, f"{info.base_url}about.html"]
    urls += [myth_url(info, dossier.number or 0) for dossier in dossiers]
    root = urlsplit(info.base_url).path or "/"
    found = {
        "index.html": render("index.html", page=index_page(dossiers, material)),
        "about.html": render("about.html", page=about_page(dossiers, material)),
        "404.html": render("404.html", page=missing_page(material, root)),
        "feed.xml": render("feed.xml", site=info, rows=rows, updated=latest(rows)),
        "feed.json": without_controls(json_text(json_feed(rows, material))).encode(),
        "robots.txt": b"User-agent: *\nAllow: /\n"
        + (f"Sitemap: {info.base_url}sitemap.xml\n".encode() if info.base_url else b""),
    }
    # the format knows full addresses only
    return found | ({"sitemap.xml": render("sitemap.xml", urls=urls)} if info.base_url else {})


def site_files(
    casebook: CasebookLike, verdicts: Mapping[int, Verdict], *, pictures: Path | None = None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return every file of the site by its path, and what an editor should know.

    Args:
        casebook: the casebook.
        verdicts: what the record says of each dossier, by its number; a dossier without one is shown as not yet checked.
        pictures: the folder in which the paths of pictures begin.

    Raises:
        CasebookError: if a dossier has no number, or two have the same.
    """
    finished = tuple(dossier for dossier in casebook.dossiers if dossier.status != "draft")
    dossiers, shelf = _numbered(finished), Pictures(pictures)
    material = Material(casebook, verdicts, _info(casebook), phrase_during, shelf.address)
    path, css = stylesheet()
    files = {path: css, **_shared_files(dossiers, material)}
    for dossier in dossiers:
        files |= _myth_files(dossier, material)
    files["claimreview.json"], warnings = _reviews(dossiers, material)
    missing = tuple(f"picture {name!r} is missing: only its caption is shown" for name in dict.fromkeys(shelf.missing))
    drafts = len(casebook.dossiers) - len(finished)
    left_out = (f"{drafts} draft{'' if drafts == 1 else 's'} left out",) if drafts else ()
    return {**files, **shelf.files}, warnings + missing + left_out


def build(
    casebook: CasebookLike,
    verdicts: Mapping[int, Verdict],
    folder: Path,
    *,
    pictures: Path | None = None,
) -> Site:
    """Write the site of a casebook into a folder, whole or not at all.

    Args:
        casebook: the casebook.
        verdicts: what the record says of each dossier, by its number.
        folder: where to; replaced if an earlier build wrote it.
        pictures: the folder in which the paths of pictures begin.

    Raises:
        CasebookError: if a dossier has no number, or two have the same.
        InputError: if the folder holds files of others, or cannot be written.
    """
    files, warnings = site_files(casebook, verdicts, pictures=pictures)
    replace_folder(files, folder)
    return Site(tuple(folder / name for name in sorted(files) if name.endswith(".html")), warnings)
