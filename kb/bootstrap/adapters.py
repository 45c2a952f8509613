"""The ports, each fulfilled over the files and databases of one home."""

from __future__ import annotations

from dataclasses import dataclass

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.follows import SqlFollows
from kb.adapters.accounts.notices import SqlNotices
from kb.adapters.accounts.saved_searches import SqlSavedSearches
from kb.adapters.accounts.second_factors import SqlSecondFactors
from kb.adapters.accounts.secret import secret_key
from kb.adapters.accounts.sessions import SqlSessions
from kb.adapters.accounts.throttle import SqlThrottle
from kb.adapters.accounts.turns import HasherInTurns
from kb.adapters.accounts.vain_searches import SqlVainSearches
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.adapters.files.lock import WriterLock
from kb.adapters.files.store import FileEntryStore
from kb.adapters.mail.outbox import Outbox
from kb.adapters.mail.smtp import Encryption, Server, SmtpMailer
from kb.adapters.search.engine import WhooshSearchEngine
from kb.bootstrap.outside import Outside
from kb.config import Settings
from kb.config.mail import smtp_password
from kb.domain import ports
from kb.domain.audit_chain import AuditChain

LOST_AUDIT_KEY = (
    "Without it no row of the audit log can be verified; remove it only if it is lost, then start again."
)


@dataclass(frozen=True)
class Adapters:
    """The ports, each fulfilled."""

    store: ports.EntryStore
    catalogue: ports.Catalogue
    engine: ports.SearchEngine
    lock: ports.WriterLock
    accounts: ports.AccountStore
    sessions: ports.SessionStore
    second_factors: ports.SecondFactorStore
    throttle: ports.ThrottleStore
    hasher: ports.PasswordHasher
    saved_searches: ports.SavedSearchStore
    follows: ports.FollowStore
    vain_searches: ports.VainSearchStore
    notices: ports.NoticeStore
    audit: ports.AuditLog
    chain: AuditChain
    """What seals the audit log."""
    chores: ports.Chores
    mailer: ports.Mailer


def open_adapters(settings: Settings, outside: Outside) -> Adapters:
    audit_key = secret_key(settings.audit_key, outside.randomness.token(), LOST_AUDIT_KEY)
    database, chain = open_database(settings.accounts, audit_key), AuditChain(audit_key)
    settings.search_index.mkdir(mode=0o700, exist_ok=True)
    return Adapters(
        store=FileEntryStore(settings.entries, outside.operations, outside.randomness),
        catalogue=SqliteCatalogue(settings.search_index / "catalogue.sqlite"),
        engine=WhooshSearchEngine(settings.search_index / "whoosh"),
        lock=WriterLock(settings.home / "drain.lock", outside.operations),
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        second_factors=SqlSecondFactors(database),
        throttle=SqlThrottle(database),
        hasher=HasherInTurns(outside.hasher, settings.home),
        saved_searches=SqlSavedSearches(database),
        follows=SqlFollows(database),
        vain_searches=SqlVainSearches(database),
        notices=SqlNotices(database),
        audit=SqlAudit(database, chain),
        chain=chain,
        chores=outside.chores(settings.home),
        mailer=_mailer(settings),
    )


def _mailer(settings: Settings) -> ports.Mailer:
    sender = settings.smtp_from or f"casebook@{settings.url.host}"
    if not settings.smtp_host:
        return Outbox(settings.outbox, sender)
    server = Server(
        host=settings.smtp_host,
        port=settings.smtp_port or settings.smtp_security.port,
        encryption=Encryption(settings.smtp_security.value),
        user=settings.smtp_user,
        password=smtp_password(settings),
        timeout=settings.smtp_timeout,
        greeting=settings.url.host,
    )
    return SmtpMailer(server, sender)
