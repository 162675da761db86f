"""Stage 6 of a scan: what a passage does with a claim: repeats, rebuts or reports it.

Cues of English are counted (who says it, whether it is denied, whether it is turned round where it shares words with the claim) and
weighed by a small trained model. A passage without any cue repeats the claim; so does one in a language whose cues are not known.
"""

from __future__ import annotations

from valla.scan.model import Stance
from valla.scan.stance.features import features
from valla.scan.stance.passage import Passage
from valla.scan.stance.weights import weights

__all__ = ["Passage", "stance_of"]


def stance_of(passage: Passage, claim: str) -> Stance:
    """Tell what a passage does with a claim.

    Args:
        passage: the sentence sighted, with up to some 300 characters of what stands before and after it.
        claim: the claim in one plain sentence.

    Returns:
        Repeats, rebuts or reports; repeats where nothing tells otherwise.
    """
    return weights().stance(features(passage, claim).values())
