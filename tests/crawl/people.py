"""Who visits: accounts of every role, organisation and country, also an administrator alone and one that was disabled."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from kb.domain.account import OFFICER_ROLES, Role
from kb.domain.marking import Organisation

VIENNA = Organisation(id="canaryvienna", name="canaryviennaunit", country="AT")
GRAZ = Organisation(id="canarygraz", name="canarygrazunit", country="AT")
BRUSSELS = Organisation(id="canarybrussels", name="canarybrusselsunit", country="BE")
PARIS = Organisation(id="canaryparis", name="canaryparisunit", country="FR")
ORGANISATIONS = (VIENNA, GRAZ, BRUSSELS, PARIS)


class Person(NamedTuple):
    """Somebody with an account; whatever names them is a canary."""

    key: str
    organisation: Organisation | None
    roles: frozenset[Role]
    active: bool = True

    @property
    def id(self) -> str:
        return f"canaryaccount{self.key}"

    @property
    def name(self) -> str:
        return f"canaryname{self.key}"

    @property
    def email(self) -> str:
        return f"canarymail{self.key}@example.org"

    @property
    def is_officer(self) -> bool:
        return self.active and bool(self.roles & OFFICER_ROLES)

    def has(self, role: Role) -> bool:
        return self.active and role in self.roles


OFFICER = frozenset({Role.INVESTIGATOR})
AUTHOR = Person("anna", VIENNA, frozenset({Role.PRESENTER}))
COLLEAGUE = Person("vera", VIENNA, OFFICER)
NEIGHBOUR = Person("gert", GRAZ, OFFICER)
REVIEWER = Person("carla", BRUSSELS, frozenset({Role.COORDINATOR}))
STRANGER = Person("bruno", BRUSSELS, OFFICER)
LONER = Person("nora", None, OFFICER)
KEEPER = Person("otto", VIENNA, frozenset({Role.ADMINISTRATOR}))
BOTH = Person("olga", PARIS, frozenset({Role.ADMINISTRATOR, Role.INVESTIGATOR}))
GONE = Person("gina", VIENNA, OFFICER, active=False)
STAFF = (AUTHOR, COLLEAGUE, NEIGHBOUR, REVIEWER, STRANGER, LONER, KEEPER, BOTH, GONE)

ROLES = st.sampled_from(
    (
        OFFICER,
        frozenset({Role.PRESENTER}),
        frozenset({Role.COORDINATOR}),
        frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    )
)


@st.composite
def casts(draw: st.DrawFn, size: int = 3) -> tuple[Person, ...]:
    """Draw who else has an account, beside one who writes, one who reviews, one who only keeps accounts and one disabled."""
    homes = draw(st.tuples(*[st.sampled_from((*ORGANISATIONS, None))] * size))
    roles = draw(st.tuples(*[ROLES] * size))
    others = (Person(f"drawn{'abcdefgh'[at]}", homes[at], roles[at]) for at in range(size))
    return (AUTHOR, REVIEWER, KEEPER, BOTH, GONE, *others)
