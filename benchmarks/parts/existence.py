"""Whether time tells what a page does not: that a case exists which the asker may not see.

Pairs of a hidden case and an id that nothing has are asked for in turns, through the whole application; beside each pair a second id that
nothing has, so that two samples of the same thing say how far apart chance alone brings them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from math import sqrt
from random import Random

import numpy as np
from flask.testing import FlaskClient

from benchmarks.base import Base
from benchmarks.figures import Clock, milliseconds
from benchmarks.made_home import made_home, opened
from benchmarks.pagework import ASKER
from benchmarks.section import Section, Table, cells, figures_of, shown
from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.system import SystemRandomness
from kb.config import Settings
from kb.domain.account import Account
from kb.domain.ports import NewAccount
from kb.web.app import create_app

PAIRS = 300
WARMING_UP = 50
HIDDEN, MISSING, AGAIN = "hidden", "missing", "missing too"
NOT_FOUND = 404


def measure(base: Base, clock: Clock, pairs: int = PAIRS) -> Section:
    """Ask for hidden and missing cases in turns; tell both distributions, and how many standard errors they are apart."""
    client, chance = client_of(base), Random(1)
    turns = list(_turns(base, pairs))
    for _ in range(WARMING_UP):
        _ask(client, SystemRandomness().identifier())
    times: dict[str, list[float]] = {name: [] for name in (HIDDEN, MISSING, AGAIN)}
    for turn in turns:
        for name in chance.sample(sorted(turn), len(turn)):
            times[name].append(milliseconds(partial(_ask, client, turn[name]), clock))
    figures = {
        "existence/apart": apart(times[HIDDEN], times[MISSING]),
        "existence/noise": apart(times[AGAIN], times[MISSING]),
    }
    for name, measured in times.items():
        figures |= figures_of(f"existence/{name}", measured)
    rows = [(name, cells(figures, f"existence/{name}", "p50", "p95", "max")) for name in times]
    ranks = [
        (f"{name} against missing", shown(figures[f"existence/{figure}"]))
        for name, figure in ((HIDDEN, "apart"), (AGAIN, "noise"))
    ]
    title = f"GET of a case that is not there, about {base.size} units, {len(turns)} pairs"
    return Section(
        [
            Table(f"{title}; p50 / p95 / max in ms", ("", "ms"), rows),
            Table("How far apart (Mann-Whitney), in standard errors", ("", "apart"), ranks),
        ],
        figures,
    )


def apart(some: Sequence[float], others: Sequence[float]) -> float:
    """Give by how many standard errors the ranks of `some` among all lie off the middle (Mann and Whitney 1947; ties share a rank)."""
    both = np.concatenate([some, others])
    _, place, count = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    one, other, together = len(some), len(others), len(both)
    wins = float(ranks[:one].sum()) - one * (one + 1) / 2
    ties = float((count**3 - count).sum()) / (together * (together - 1))
    error = sqrt(one * other / 12 * (together + 1 - ties))
    return round(abs(wins - one * other / 2) / error, 3) if error else 0.0


def _turns(base: Base, count: int) -> Iterator[Mapping[str, str]]:
    """Give for each turn a hidden case and two that never were; each hidden one once, as whoever tries ids would."""
    draw = SystemRandomness().identifier
    hidden = (each.id for each in base.cases() if not ASKER.viewer.sees(each.case.readers))
    return ({HIDDEN: each, MISSING: draw(), AGAIN: draw()} for each in islice(hidden, count))


def _ask(client: FlaskClient, identifier: str) -> None:
    if client.get(f"/cases/{identifier}/").status_code != NOT_FOUND:
        raise AssertionError("A case is answered that the asker may not see, or that is none.")


def client_of(base: Base) -> FlaskClient:
    """Give a browser in which the asker is signed in."""
    home = made_home(base)
    services, settings = opened(home), Settings(home=home)
    client = create_app(settings, services).test_client()
    gc.collect()
    gc.freeze()  # as what gunicorn loads does
    with client.session_transaction() as session:
        session["_user_id"] = services.sessions.open(_asker(settings)).token
    return client


def _asker(settings: Settings) -> Account:
    accounts = SqlAccounts(open_database(settings.accounts))
    known = accounts.get(ASKER.id)
    if known:
        return known
    fields = ASKER.model_dump(include={"id", "email", "name", "organisation", "roles"})
    return accounts.add(NewAccount.model_validate(fields))
