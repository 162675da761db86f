"""A title as a plain sentence."""

from __future__ import annotations

import pytest

from valla.dossier.manuscript.claim import claim

CLAIMS = {
    "Tito and Stalin Were Always Allies": "Tito and Stalin were always allies.",
    "FINLAND WAS NEVER A STATE BEFORE STALIN": "Finland was never a state before Stalin.",
    "Hungary Alone Helped Hitler to Win the Winter War": "Hungary alone helped Hitler to win the Winter War.",
    "The Red Army Came Without Any Interest of Its Own": "The Red Army came without any interest of its own.",
    "France Was Never Beaten in the Field in May 1940": "France was never beaten in the field in May 1940.",
    "Anti-Soviet Poles May Have Been Nazis": "Anti-Soviet Poles may have been Nazis.",
    "All Finns Fought in the Ranks of the Red Army": "All Finns fought in the ranks of the Red Army.",
    "The Allies Never Opened a Second Front": "The Allies never opened a Second Front.",
    "“The Harvest”: a Song Was Sung by All": "“The harvest”: a song was sung by all.",
    "“Poland Was Always Free”": "Poland was always free.",
}


@pytest.mark.parametrize(("title", "wanted"), CLAIMS.items())
def test_capitals(title, wanted):
    """Names of actors, places and events keep their capitals; all other words are small."""
    assert wanted == claim(title, "They were no friends of anybody.", "en")


def test_body_shows_names():
    """What the text writes with a capital amid sentences, or only begins sentences with, is a name."""
    body = "Velmar stood on the hill. The walls of Ostrin fell, and the alliance fell."

    assert claim("Ostrin Was the Strongest Wall of Velmar", body, "en") == "Ostrin was the strongest wall of Velmar."
