"""Who may see what: markings of FIRST TLP 2.0 with originator control, and the Chatham House flag.

One predicate decides. A record has *reader tokens*, a viewer has tokens, and the record exists for the viewer when
the two sets meet. Tokens are plain strings so that a catalogue, an index and a page apply the same rule each in its own
engine. Source: FIRST, Traffic Light Protocol 2.0 (2022); AMBER reaches the owner's country here, which is a local policy.
"""

from __future__ import annotations

from enum import StrEnum

from kb.domain.country import Country
from kb.domain.identifier import Identifier
from kb.domain.text import Line, Value

PUBLIC = "public"
OFFICER = "officer"
COORDINATOR = "role:coordinator"


def of_account(identifier: str) -> str:
    """Give the token that one person has."""
    return f"account:{identifier}"


def of_organisation(identifier: str) -> str:
    """Give the token that every officer of one organisation has."""
    return f"organisation:{identifier}"


def of_country(code: str) -> str:
    """Give the token that every officer of one country has."""
    return f"country:{code}"


def of_named_coordinator(identifier: str) -> str:
    """Give the token that one person has only while being a coordinator: a RED submission is reviewed by nobody else."""
    return f"coordinator:{identifier}"


def of_member(organisation: str, identifier: str) -> str:
    """Give the token that one person has only while working for this organisation."""
    return f"member:{organisation}:{identifier}"


def of_coordinator_among(token: str) -> str:
    """Give the token that a coordinator has who also has this token of a country or organisation."""
    return f"coordinator+{token}"


def coordinators_among(readers: frozenset[str]) -> frozenset[str]:
    """Give the tokens of the coordinators among those who have any of `readers`, and of nobody else."""
    return frozenset(map(_of_coordinators, readers))


def _of_coordinators(token: str) -> str:
    if token in {PUBLIC, OFFICER}:
        return COORDINATOR
    account = token.removeprefix(of_account(""))
    return of_coordinator_among(token) if account == token else of_named_coordinator(account)


class Marking(StrEnum):
    """A label of TLP 2.0; the order is from the widest to the narrowest."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"

    @property
    def rank(self) -> int:
        """Say how narrow the label is: 0 is CLEAR, 4 is RED."""
        return _RANKS[self]


_RANKS = {marking: rank for rank, marking in enumerate(Marking)}


def highest(*markings: Marking) -> Marking:
    """Give the narrowest of `markings`: a page that holds several bears that one; of none it is CLEAR."""
    return max(markings, key=lambda marking: marking.rank, default=Marking.CLEAR)


class Organisation(Value):
    """A police unit, prosecutor's office or other body that owns records; `id` is what rules compare."""

    id: Identifier
    name: Line
    country: Country


NOBODY_NAMED = "RED is for named persons: name them, one of them a coordinator."


class Audience(Value):
    """What the originator decided: the marking, whom it names, and whether origin is withheld."""

    marking: Marking = Marking.GREEN
    countries: tuple[Country, ...] = ()
    persons: tuple[Identifier, ...] = ()
    chatham_house: bool = False

    @property
    def names_nobody(self) -> bool:
        """Say whether it is a RED that nobody could read."""
        return self.marking is Marking.RED and not self.persons

    def readers(self, owner: Organisation | None) -> frozenset[str]:
        """Give the tokens of those who may read a published record of `owner` under this audience."""
        match self.marking:
            case Marking.CLEAR:
                return frozenset({PUBLIC, OFFICER})
            case Marking.GREEN:
                return frozenset({OFFICER})
            case Marking.AMBER:
                own = {owner.country} if owner else set()
                return frozenset(of_country(code) for code in own | set(self.countries))
            case Marking.AMBER_STRICT:
                return frozenset({of_organisation(owner.id)} if owner else ())
        return frozenset(of_account(person) for person in self.persons)

    def own_readers(self, owner: Organisation | None) -> frozenset[str]:
        """Give the tokens of those of `owner` whom this audience lets in, and of nobody else."""
        if owner is None:
            return frozenset()
        if self.marking is Marking.RED:
            return frozenset(of_member(owner.id, person) for person in self.persons)
        return frozenset({of_organisation(owner.id)})

    def widens(self, before: Audience) -> bool:
        """Say whether somebody might see a record under this audience who could not under `before`.

        Compared by what is named, not by who exists today: a later account counts as somebody.
        """
        if before.chatham_house and not self.chatham_house:
            return True
        if self.marking.rank != before.marking.rank:
            names_strangers = self.marking is Marking.RED and before.marking not in _EVERYBODY
            return self.marking.rank < before.marking.rank or names_strangers
        named = set(self.countries) | set(self.persons)
        return bool(named - set(before.countries) - set(before.persons)) and self.marking in _NAMING


_EVERYBODY = frozenset({Marking.CLEAR, Marking.GREEN})
"""The markings under which every officer sees a record already, whoever is named afterwards."""
_NAMING = frozenset({Marking.AMBER, Marking.RED})
"""The markings under which naming one more country or person lets somebody in."""


class Viewer(Value):
    """What decides which records exist for somebody: tokens, and the organisation whose withheld origins they may see."""

    tokens: frozenset[str] = frozenset()
    organisation: Identifier | None = None
    unrestricted: bool = False
    """An operator at the command line, who holds the files anyway. Never true for an account."""

    def sees(self, readers: frozenset[str]) -> bool:
        """Say whether a record with these reader tokens exists for this viewer."""
        return self.unrestricted or not self.tokens.isdisjoint(readers)

    def owns(self, owner: Organisation | None) -> bool:
        """Say whether the viewer acts for the organisation that owns a record."""
        return owner is not None and self.organisation == owner.id

    def knows_origin(self, audience: Audience, owner: Organisation | None) -> bool:
        """Say whether organisation, country, corridor ends, contact, event, presenter and author are shown."""
        return self.unrestricted or not audience.chatham_house or self.owns(owner)


PUBLIC_VIEWER = Viewer(tokens=frozenset({PUBLIC}))
"""Nobody in particular: what may leave the community (CLEAR alone)."""
OFFICERS_VIEWER = Viewer(tokens=frozenset({PUBLIC, OFFICER}))
"""An officer without country or organisation: CLEAR and GREEN."""
OPERATOR_VIEWER = Viewer(unrestricted=True)
"""Who runs the machine and holds the files; every use is audited."""
