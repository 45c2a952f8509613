"""Reference: reading the resources, the instruments and the legislation of countries, as they stand and as they stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.account import Account
from kb.domain.concept import Concept, Scheme
from kb.domain.country import CODES
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import NotFound
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import QUESTIONS, Jurisdiction, jurisdiction_id
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Catalogue, Clock
from kb.domain.record import Kind
from kb.domain.reference import REFERENCE_STEPS, Reference, ReferenceStatus
from kb.domain.resource import Cost, Resource
from kb.domain.revision import Revision
from kb.services.difference import RevisionDifference, difference
from kb.services.kept_bodies import KeptBodies
from kb.services.records import HistoryLine, Records, named
from kb.services.reference_view import (
    KINDS,
    TYPE_OF,
    R,
    ReferenceView,
    ResourceFilter,
    reference_in,
)
from kb.services.vocabulary import Vocabularies, Vocabulary


class References:
    """Reads reference records; the catalogue says which exist for the reader, and texts are kept as long as it names the same."""

    def __init__(
        self,
        records: Records,
        catalogue: Catalogue,
        kept: KeptBodies,
        vocabularies: Vocabularies,
        clock: Clock,
    ) -> None:
        self._records = records
        self._catalogue = catalogue
        self._kept = kept
        self._vocabularies = vocabularies
        self._clock = clock

    def resources(
        self, actor: Account | None, wanted: ResourceFilter | None = None
    ) -> tuple[ReferenceView[Resource], ...]:
        """List the resources that exist for the actor and fit, by title."""
        account, wanted = demand(actor, Permission.READ), wanted or ResourceFilter()
        vocabulary = self._vocabularies.of(account)
        return tuple(
            view
            for view in self._listed(account, Resource, wanted.status)
            if _fits(view.record, wanted, vocabulary)
        )

    def untold(self, actor: Account | None, wanted: ResourceFilter) -> tuple[ReferenceView[Resource], ...]:
        """List the resources that may fit: no source says what is asked for of their cost or languages."""
        loose = wanted.model_copy(update={"cost": None, "language": ""})
        return tuple(each for each in self.resources(actor, loose) if _may_fit(each.record, wanted))

    def resources_for(self, actor: Account | None, difficulty: str) -> tuple[ReferenceView[Resource], ...]:
        """List the resources that help with a difficulty, or with one that stands under it."""
        return self.resources(actor, ResourceFilter(difficulty=difficulty))

    def resource(self, actor: Account | None, identifier: str) -> ReferenceView[Resource]:
        """Give a resource; raises NotFound."""
        return self._view(demand(actor, Permission.READ), Resource, identifier)

    def instruments(
        self, actor: Account | None, status: ReferenceStatus = ReferenceStatus.CURRENT
    ) -> tuple[ReferenceView[Instrument], ...]:
        """List the instruments by name; of channels that were merged the one that stands."""
        account = demand(actor, Permission.READ)
        vocabulary = self._vocabularies.of(account)
        views = self._listed(account, Instrument, status)
        own = {each.id for each in views}
        return tuple(
            each
            for each in views
            if (stands := vocabulary.standing(Scheme.CHANNEL, each.id)) == each.id or stands not in own
        )

    def instruments_for(
        self, actor: Account | None, difficulty: str
    ) -> tuple[ReferenceView[Instrument], ...]:
        """List the instruments that help with a difficulty, or with one that stands under it."""
        account = demand(actor, Permission.READ)
        vocabulary = self._vocabularies.of(account)
        return tuple(
            each
            for each in self.instruments(account)
            if _helps(each.record.difficulties, difficulty, vocabulary)
        )

    def instrument(self, actor: Account | None, key: str) -> ReferenceView[Instrument]:
        """Give the instrument of a channel; one that was merged is read as what stands for it. Raises NotFound."""
        account = demand(actor, Permission.READ)
        written = {each.id: each for each in self._entries(account, Kind.INSTRUMENT)}
        for each in self._names(account, key):
            if each in written:
                return self._view(account, Instrument, each)
        raise NotFound

    def unwritten(self, actor: Account | None) -> tuple[Concept, ...]:
        """List the channels about which nobody has written yet, by label."""
        account = demand(actor, Permission.READ)
        written = {each.id for each in self._entries(account, Kind.INSTRUMENT)}
        return tuple(
            each
            for each in self._vocabularies.of(account).choices(Scheme.CHANNEL, account.language)
            if written.isdisjoint(self._names(account, each.key))
        )

    def blank_instrument(self, actor: Account | None, key: str) -> ReferenceView[Instrument]:
        """Give what a form begins with for a channel about which nobody has written; raises NotFound."""
        account = demand(actor, Permission.READ)
        channel = next((each for each in self.unwritten(account) if each.key == key), None)
        if channel is None:
            raise NotFound
        return self.of(account, Instrument(title=channel.label()), key)

    def to_write(self, actor: Account | None, kind: Kind, identifier: str) -> ReferenceView[Reference]:
        """Give what a form begins with: the record, or where nobody has written about the channel or country nothing yet."""
        account = demand(actor, Permission.KEEP_REFERENCE)
        if kind is Kind.JURISDICTION:
            return self.jurisdiction(account, identifier)
        if kind is Kind.INSTRUMENT and any(each.key == identifier for each in self.unwritten(account)):
            return self.blank_instrument(account, identifier)
        return self.get(account, kind, identifier)

    def jurisdictions(self, actor: Account | None) -> tuple[ReferenceView[Jurisdiction], ...]:
        """List the countries about which somebody has written; the page orders them by their names."""
        return self._listed(demand(actor, Permission.READ), Jurisdiction, ReferenceStatus.CURRENT)

    def jurisdiction(self, actor: Account | None, country: str) -> ReferenceView[Jurisdiction]:
        """Give what is known of a country's law; of one about which nobody has written everything is unknown.

        Raises NotFound for what is no country.
        """
        account = demand(actor, Permission.READ)
        code = country.upper()
        if code not in CODES:
            raise NotFound
        identifier = jurisdiction_id(code)
        if any(each.id == identifier for each in self._entries(account, Kind.JURISDICTION)):
            return self._view(account, Jurisdiction, identifier)
        return self.of(account, Jurisdiction(country=code, title=code), identifier)

    def questions(self, actor: Account | None) -> tuple[str, ...]:
        """Give the questions of the checklist in the order in which every country is read."""
        chosen = [each.key for each in self._vocabularies.of(actor).choices(Scheme.LEGISLATION)]
        known = [each for each in QUESTIONS if each in chosen]
        return (*known, *(each for each in chosen if each not in known))

    def get(self, actor: Account | None, kind: Kind, identifier: str) -> ReferenceView[Reference]:
        """Give a reference record of any kind by its own id; raises NotFound."""
        return self._view(demand(actor, Permission.READ), TYPE_OF[kind], identifier)

    def history(self, actor: Account | None, kind: Kind, identifier: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of a record, newest first."""
        return self._records.history(actor, named(kind, identifier))

    def revision(
        self, actor: Account | None, kind: Kind, identifier: str, number: int
    ) -> ReferenceView[Reference]:
        """Give an old revision; raises NotFound."""
        account, ref, wanted = demand(actor, Permission.READ), named(kind, identifier), TYPE_OF[kind]
        today = reference_in(wanted, self._records.current(account, ref))
        then = self._records.revision(account, ref, number)
        return self._made(account, wanted, then, today)

    def difference(
        self, actor: Account | None, kind: Kind, identifier: str, before: int, after: int
    ) -> RevisionDifference[ReferenceView[Reference]]:
        """Give what differs between two revisions; raises NotFound."""
        first, second = (self.revision(actor, kind, identifier, number) for number in (before, after))
        return difference(first, second, lambda view: view.record)

    def of(
        self, account: Account, record: R, identifier: str, revision: Revision | None = None
    ) -> ReferenceView[R]:
        """Give the view of a record in the form shown to the account."""
        keeps = permits(account, Permission.KEEP_REFERENCE)
        steps = {action for action, step in REFERENCE_STEPS.items() if record.status in step.sources}
        return ReferenceView(
            kind=KINDS[type(record)],
            id=identifier,
            record=record.resolved(self._vocabularies.of(account).thesaurus.replacements),
            revision=revision.number if revision else 0,
            saved_at=revision.header.saved_at if revision else None,
            overdue=record.is_overdue(self._clock.now().date()),
            can=frozenset(steps if keeps else ()),
        )

    def _view(self, account: Account, wanted: type[R], identifier: str) -> ReferenceView[R]:
        ref = named(KINDS[wanted], identifier)
        return self._made(account, wanted, self._records.current(account, ref))

    def _made(
        self, account: Account, wanted: type[R], revision: Revision, today: R | None = None
    ) -> ReferenceView[R]:
        record = reference_in(wanted, revision)
        shown = record.shown_to(account.viewer, today)
        return self.of(account, shown, revision.ref.id, revision)

    def _listed(
        self, account: Account, wanted: type[R], status: ReferenceStatus
    ) -> tuple[ReferenceView[R], ...]:
        return tuple(
            self._entered(account, entry, body)
            for entry in self._entries(account, KINDS[wanted], status)
            if isinstance(body := self._kept.of(entry), wanted)
        )

    def _entered(self, account: Account, entry: Entry, body: R) -> ReferenceView[R]:
        view = self.of(account, body.shown_to(account.viewer), entry.id)
        return view.model_copy(update={"revision": entry.revision, "saved_at": entry.saved_at})

    def _entries(
        self, account: Account, kind: Kind, status: ReferenceStatus | None = None
    ) -> tuple[Entry, ...]:
        statuses = frozenset({status.value} if status else ())
        return self._catalogue.list(
            Listing(viewer=account.viewer, kinds=frozenset({kind}), statuses=statuses, order=Order.TITLE)
        )

    def _names(self, account: Account, key: str) -> Iterator[str]:
        """Give the keys under which the instrument of a channel may stand: that of what stands for it comes first."""
        vocabulary = self._vocabularies.of(account)
        stands = vocabulary.standing(Scheme.CHANNEL, key)
        yield stands
        yield from (each.key for each in vocabulary.thesaurus.merged_into(Scheme.CHANNEL, stands))


def _fits(resource: Resource, wanted: ResourceFilter, vocabulary: Vocabulary) -> bool:
    return (
        wanted.type in {None, resource.type}
        and wanted.cost in {None, resource.cost}
        and (not wanted.language or wanted.language in resource.languages)
        and (not wanted.difficulty or _helps(resource.difficulties, wanted.difficulty, vocabulary))
    )


def _may_fit(resource: Resource, wanted: ResourceFilter) -> bool:
    """Say whether it does not fit as far as it is told, and nothing that is told speaks against it."""
    priced, spoken = wanted.cost in {None, resource.cost}, wanted.language in {"", *resource.languages}
    may_cost, may_speak = resource.cost is Cost.UNKNOWN, not resource.languages
    return (priced or may_cost) and (spoken or may_speak) and not (priced and spoken)


def _helps(keys: Iterable[str], difficulty: str, vocabulary: Vocabulary) -> bool:
    """Say whether one of these is the difficulty, or stands under it."""
    wanted = vocabulary.standing(Scheme.DIFFICULTY, difficulty)
    return any(
        wanted == each or wanted in vocabulary.thesaurus.ancestors(Scheme.DIFFICULTY, each) for each in keys
    )
