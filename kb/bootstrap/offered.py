"""What an open home offers: one service per noun."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.domain.ports import Clock, Markup, Randomness
from kb.services.accounts import Accounts
from kb.services.answers import Answers
from kb.services.applications import Applications
from kb.services.audit import Audit
from kb.services.case_acts import CaseActs
from kb.services.cases import Cases
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
from kb.services.retagging import Retagging
from kb.services.review_comments import ReviewComments
from kb.services.review_queue import ReviewQueue
from kb.services.reviews import Reviews
from kb.services.same_difficulties import SameDifficulties
from kb.services.saved_searches import SavedSearches
from kb.services.searching import Searching
from kb.services.second_factor import SecondFactor
from kb.services.sessions import Sessions
from kb.services.splitting import Splitting
from kb.services.still_true import StillTrue
from kb.services.submissions import Submissions
from kb.services.tag_operations import TagOperations
from kb.services.tag_suggestions import TagSuggestions
from kb.services.text_checks import TextChecks
from kb.services.thesaurus_transfer import ThesaurusTransfer
from kb.services.vain_searches import VainSearches


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
