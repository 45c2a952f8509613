"""The composition root: the one place that names adapters and joins them to services.

Nothing here decides anything. `services` opens what lies in a home and gives one service per noun; pages and commands
take what they need from the value that it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.adapters.accounts.secret import secret_key
from kb.adapters.files.probe import probe
from kb.adapters.files.seed import copy_seed
from kb.adapters.markup.adapter import SafeMarkup
from kb.adapters.system import SystemRandomness
from kb.bootstrap.across import across
from kb.bootstrap.adapters import Adapters, open_adapters
from kb.bootstrap.doors import doors, followed
from kb.bootstrap.gatherings import gatherings
from kb.bootstrap.outside import Outside
from kb.bootstrap.register import register
from kb.bootstrap.telling import Known, told
from kb.bootstrap.upkeep import upkeep
from kb.config import Settings
from kb.domain.ports import Clock, Markup, Randomness
from kb.paths import SEED_ENTRIES
from kb.services.accounts import Accounts
from kb.services.answers import Answers
from kb.services.applications import Applications
from kb.services.audit import Audit
from kb.services.case_acts import CaseActs
from kb.services.cases import Cases
from kb.services.channel_experience import ChannelExperience
from kb.services.checking import Checking
from kb.services.co_authors import CoAuthors
from kb.services.concept_acts import ConceptActs
from kb.services.concepts import Concepts
from kb.services.corridors import Corridors
from kb.services.demo import Demo
from kb.services.difficulties import Difficulties
from kb.services.digests import Digests
from kb.services.discussions import Discussions
from kb.services.documents import Documents
from kb.services.event_acts import EventActs
from kb.services.event_papers import EventPapers
from kb.services.events import Events
from kb.services.exporting import Exporting
from kb.services.feeds import Feeds
from kb.services.follows import Follows
from kb.services.home import Home
from kb.services.hygiene import Hygiene
from kb.services.importing import Importing
from kb.services.in_common import InCommon
from kb.services.inbox import Inbox
from kb.services.indexing import Indexing
from kb.services.insights import Insights
from kb.services.kept_bodies import KeptBodies
from kb.services.known_names import KnownNames
from kb.services.partners import Partners
from kb.services.passwords import Passwords
from kb.services.persons import Persons
from kb.services.practice_acts import PracticeActs
from kb.services.practices import Practices
from kb.services.purging import Purging
from kb.services.records import Records
from kb.services.reference import References
from kb.services.reference_acts import ReferenceActs
from kb.services.related import Related
from kb.services.remarking import Remarking
from kb.services.resolving import ResolvingSearcher
from kb.services.retagging import Retagging
from kb.services.review_comments import ReviewComments
from kb.services.review_queue import ReviewQueue
from kb.services.reviews import Reviews
from kb.services.same_difficulties import SameDifficulties
from kb.services.saved_searches import SavedSearches
from kb.services.saving import Saving
from kb.services.searching import Searching
from kb.services.second_factor import SecondFactor
from kb.services.sessions import Sessions
from kb.services.splitting import Splitting
from kb.services.still_true import StillTrue
from kb.services.submission_chain import SubmissionChain
from kb.services.submissions import Submissions
from kb.services.tag_operations import TagOperations
from kb.services.tag_suggestions import TagSuggestions
from kb.services.text_checks import TextChecks
from kb.services.text_files import TextFiles
from kb.services.thesaurus_transfer import ThesaurusTransfer
from kb.services.vain_searches import VainSearches
from kb.services.vocabulary import Vocabularies

__all__ = ["Outside", "Services", "make_home", "probe_home", "seed_home", "services", "text_files"]

LOST_KEY = "Or remove it and start again: everybody will have to sign in anew."


@dataclass(frozen=True)
class Services:
    """Everything that a page or a command can ask for, one attribute per service."""

    clock: Clock
    randomness: Randomness
    secret_key: bytes = field(repr=False)
    markup: Markup
    # Reading and writing the knowledge base
    home: Home
    search: Searching
    answers: Answers
    saved_searches: SavedSearches
    follows: Follows
    vain_searches: VainSearches
    feeds: Feeds
    records: Records
    cases: Cases
    case_acts: CaseActs
    same_difficulties: SameDifficulties
    discussions: Discussions
    workshops: Discussions
    events: Events
    event_acts: EventActs
    event_papers: EventPapers
    in_common: InCommon
    concepts: Concepts
    insights: Insights
    difficulties: Difficulties
    corridors: Corridors
    partners: Partners
    practices: Practices
    practice_acts: PracticeActs
    applications: Applications
    concept_acts: ConceptActs
    reference: References
    reference_acts: ReferenceActs
    channel_experience: ChannelExperience
    splitting: Splitting
    retagging: Retagging
    tag_operations: TagOperations
    thesaurus_transfer: ThesaurusTransfer
    hygiene: Hygiene
    submissions: Submissions
    documents: Documents
    related: Related
    tag_suggestions: TagSuggestions
    co_authors: CoAuthors
    reviews: Reviews
    review_queue: ReviewQueue
    review_comments: ReviewComments
    text_checks: TextChecks
    # Telling people
    inbox: Inbox
    still_true: StillTrue
    digests: Digests
    # In bulk, and looking after it
    importing: Importing
    exporting: Exporting
    purging: Purging
    indexing: Indexing
    checking: Checking
    # Who may come in
    accounts: Accounts
    sessions: Sessions
    second_factor: SecondFactor
    passwords: Passwords
    persons: Persons
    demo: Demo
    audit: Audit


def make_home(settings: Settings) -> None:
    """Make an empty home, or complete one: the folders that hold entries and what is derived from them."""
    settings.entries.mkdir(parents=True, exist_ok=True)
    settings.search_index.mkdir(mode=0o700, parents=True, exist_ok=True)


def seed_home(settings: Settings) -> int:
    """Copy the seed knowledge base into an empty home; gives the number of records."""
    return copy_seed(SEED_ENTRIES, settings.entries, SystemRandomness())


def probe_home(settings: Settings) -> tuple[str, ...]:
    """Try whether the home's file system can be trusted with saves; gives a sentence per thing that cannot be done."""
    return probe(settings.entries, SystemRandomness().salt())


def text_files() -> TextFiles:
    """Give what looks files through without a home."""
    return TextFiles(lambda: Outside().documents)


def services(settings: Settings, outside: Outside | None = None) -> Services:
    """Open the home that `settings` name; raises BadSetting where there is none."""
    settings.require_home()
    outside = outside or Outside()
    key = secret_key(settings.secret_key, outside.randomness.token(), LOST_KEY)
    return _joined(open_adapters(settings, outside), outside, key, address=str(settings.url))


def _joined(adapters: Adapters, outside: Outside, key: bytes, *, address: str) -> Services:
    store, catalogue = adapters.store, adapters.catalogue
    accounts, audit = adapters.accounts, adapters.audit
    clock, randomness, markup = outside.clock, outside.randomness, SafeMarkup()
    vocabularies = Vocabularies(store, catalogue)
    following, entrance = upkeep(adapters, outside, vocabularies), doors(adapters, outside, key)
    records = Records(store, catalogue, accounts, vocabularies)
    saving = Saving(store, following.drain, clock)
    searcher = ResolvingSearcher(following.searcher, vocabularies)
    searching = Searching(searcher, vocabularies)
    saved_searches, feeds = followed(adapters, outside, searching, vocabularies)
    chain = SubmissionChain(records, saving, accounts, randomness, clock)
    text_checks = TextChecks(KnownNames(vocabularies, catalogue))
    queue = ReviewQueue(chain, catalogue, text_checks)
    cases = Cases(records, catalogue, accounts)
    remarking = Remarking(records, saving, catalogue)
    vain_searches = VainSearches(adapters.vain_searches, searching, audit, clock, key)
    known = Known(records, saving, following.telling, saved_searches, vain_searches)
    telling = told(adapters, outside, known, address)
    kept = KeptBodies(store, catalogue)
    concepts = Concepts(records, vocabularies, searcher)
    concept_acts = ConceptActs(records, saving, vocabularies, randomness)
    operations = TagOperations(
        store,
        records,
        catalogue,
        accounts,
        saving=saving,
        drain=following.drain,
        kept=kept,
        randomness=randomness,
    )
    practised = register(records, saving, catalogue, accounts, kept=kept, clock=clock, randomness=randomness)
    borders = across(
        References(records, catalogue, kept, vocabularies, clock),
        records,
        saving,
        store=store,
        searcher=searcher,
        vocabularies=vocabularies,
        kept=kept,
        clock=clock,
        randomness=randomness,
    )
    gathered = gatherings(
        records,
        saving,
        store,
        catalogue=catalogue,
        accounts=accounts,
        kept=kept,
        searcher=searcher,
        clock=clock,
        randomness=randomness,
    )
    return Services(
        clock=clock,
        randomness=randomness,
        secret_key=key,
        markup=markup,
        home=Home(catalogue, searcher, queue),
        search=searching,
        saved_searches=saved_searches,
        follows=Follows(
            adapters.follows,
            records,
            vocabularies,
            accounts=accounts,
            audit=audit,
            clock=clock,
            randomness=randomness,
        ),
        vain_searches=vain_searches,
        feeds=feeds,
        answers=Answers(cases, catalogue),
        same_difficulties=SameDifficulties(cases, catalogue),
        discussions=Discussions(records, saving, store, accounts=accounts, clock=clock),
        workshops=gathered.workshops,
        events=gathered.events,
        event_acts=gathered.event_acts,
        event_papers=gathered.event_papers,
        in_common=gathered.in_common,
        records=records,
        cases=cases,
        case_acts=CaseActs(cases, records, saving, remarking=remarking, accounts=accounts, clock=clock),
        practices=practised.practices,
        practice_acts=practised.practice_acts,
        applications=practised.applications,
        concepts=concepts,
        insights=borders.insights,
        difficulties=Difficulties(
            borders.insights,
            concepts,
            practised.weighing,
            practices=practised.practices,
            reference=borders.reference,
        ),
        reference=borders.reference,
        reference_acts=borders.reference_acts,
        channel_experience=borders.channel_experience,
        corridors=borders.corridors,
        partners=borders.partners,
        concept_acts=concept_acts,
        splitting=Splitting(
            catalogue, searcher, vocabularies, concept_acts=concept_acts, kept=kept, operations=operations
        ),
        retagging=Retagging(searching, records, catalogue, vocabularies, operations),
        tag_operations=operations,
        thesaurus_transfer=ThesaurusTransfer(vocabularies, saving, outside.thesauri),
        hygiene=Hygiene(vocabularies, searcher, catalogue, vain_searches, telling.still_true),
        submissions=Submissions(chain, records, catalogue, randomness),
        documents=Documents(outside.documents),
        related=Related(searcher, catalogue, vocabularies),
        tag_suggestions=TagSuggestions(searcher, catalogue, vocabularies),
        co_authors=CoAuthors(chain, accounts),
        reviews=Reviews(chain, accounts, following.publisher, following.drain, text_checks),
        review_queue=queue,
        review_comments=ReviewComments(chain),
        inbox=telling.inbox,
        still_true=telling.still_true,
        digests=telling.digests,
        text_checks=text_checks,
        importing=Importing(
            store=store,
            catalogue=catalogue,
            vocabularies=vocabularies,
            audit=audit,
            drain=following.drain,
            clock=clock,
            randomness=randomness,
            from_html=markup.from_html,
            text_checks=text_checks,
        ),
        exporting=Exporting(store, catalogue, audit, clock),
        purging=Purging(store, following.drain, clock, randomness),
        indexing=following.indexing,
        checking=Checking(store, following.derivation, following.indexing),
        accounts=entrance.accounts,
        sessions=entrance.sessions,
        second_factor=entrance.second_factor,
        passwords=entrance.passwords,
        persons=Persons(accounts),
        demo=entrance.demo,
        audit=Audit(audit, accounts, adapters.chain, clock),
    )
