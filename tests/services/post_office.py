"""An office whose people are told by e-mail what concerns them."""

from __future__ import annotations

from kb.domain.account import OPERATOR, Account
from kb.domain.notice import MailMode, Wishes
from kb.services.digests import Digests, MailRun
from kb.services.inbox import Inbox
from kb.services.letters import Letters
from kb.services.still_true import StillTrue
from kb.services.vain_searches import VainSearches
from tests.fakes.mailer import MemoryMailer
from tests.fakes.vain_searches import MemoryVainSearches
from tests.services.reading_desk import ReadingDesk

KEY = b"k" * 32


class PostOffice(ReadingDesk):
    """`mailer` keeps what was sent; `send` runs as a timer does."""

    def __init__(self) -> None:
        super().__init__()
        self.mailer = MemoryMailer()
        self.vain_searches = VainSearches(MemoryVainSearches(), self.searching, self.audit, self.clock, KEY)
        self.inbox = Inbox(self.notices, self.catalogue, self.people, self.clock)
        self.still_true = StillTrue(
            records=self.records,
            saving=self.saving,
            catalogue=self.catalogue,
            accounts=self.people,
            telling=self.telling,
            clock=self.clock,
        )
        self.letters = Letters(
            notices=self.notices,
            accounts=self.people,
            records=self.records,
            saved_searches=self.saved,
            vain_searches=self.vain_searches,
            address="https://casebook.example.org",
        )
        self.digests = Digests(
            notices=self.notices,
            accounts=self.people,
            letters=self.letters,
            still_true=self.still_true,
            mailer=self.mailer,
            chores=self.chores,
            clock=self.clock,
        )

    def send(self, *, at_once: bool = False) -> MailRun:
        return self.digests.run(OPERATOR, at_once=at_once)

    def wish(self, account: Account, mode: MailMode) -> None:
        self.inbox.wish(account, Wishes(mail=mode))
