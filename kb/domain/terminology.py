"""Current and former terms for the same thing: laws and older papers use the former, so a search for one finds both.
So do spellings that are compared as different words.

Former terms that are everyday words with other meanings ("client",
"customer") are left out, and so is what has no single current term: they would widen what nobody asked for.
"""

from __future__ import annotations

from kb.domain.text import Value


class Terms(Value):
    """Terms for one thing, as people write them."""

    current: tuple[str, ...]
    former: tuple[str, ...]


TERMINOLOGY = (
    Terms(current=("email", "e-mail"), former=()),
    Terms(current=("cybercrime", "cyber crime"), former=()),
    Terms(
        current=("child sexual abuse material", "CSAM"),
        former=("child pornography", "child porn", "CP"),
    ),
    Terms(current=("exploitation of children in prostitution",), former=("child prostitution",)),
    Terms(
        current=("child victim of sexual exploitation",),
        former=("child prostitute", "child sex worker"),
    ),
    Terms(
        current=("sexual exploitation of children in travel and tourism",),
        former=("child sex tourism",),
    ),
    Terms(current=("travelling child sex offender",), former=("child sex tourist",)),
    Terms(current=("live-streamed child sexual abuse",), former=("webcam child sex tourism",)),
    Terms(current=("computer-generated CSAM",), former=("virtual child pornography",)),
    Terms(current=("AI-generated CSAM",), former=("AI child porn",)),
    Terms(current=("sexual extortion of a child",), former=("sextortion of a child",)),
    Terms(
        current=("sexual abuse of a child",),
        former=("sex with a child", "sex with a minor"),
    ),
    Terms(
        current=("girl under 18",),
        former=("underage woman", "underage girl"),
    ),
    Terms(current=("child sex offender",), former=("paedophile",)),
    Terms(
        current=("child who has displayed harmful sexual behaviour",),
        former=("juvenile sex offender",),
    ),
    Terms(
        current=("offender who accessed CSAM",),
        former=("user of child pornography", "consumer of child pornography"),
    ),
    Terms(
        current=("trafficking of children for sexual exploitation",),
        former=("minor sex trafficking",),
    ),
)
"""Each with its former terms, in English: concepts carry those of other languages as their labels."""
