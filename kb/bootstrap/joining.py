"""Adapters joined to services, each made once."""

from __future__ import annotations

from kb.adapters.markup.adapter import SafeMarkup
from kb.bootstrap.across import across
from kb.bootstrap.adapters import Adapters
from kb.bootstrap.doors import doors, followed
from kb.bootstrap.gatherings import gatherings
from kb.bootstrap.offered import Services
from kb.bootstrap.outside import Outside
from kb.bootstrap.register import register
from kb.bootstrap.telling import Known, told
from kb.bootstrap.upkeep import upkeep
from kb.services.answers import Answers
from kb.services.audit import Audit
from kb.services.case_acts import CaseActs
from kb.services.cases import Cases
from kb.services.checking import Checking
from kb.services.co_authors import CoAuthors
from kb.services.concept_acts import ConceptActs
from kb.services.concepts import Concepts
from kb.services.difficulties import Difficulties
from kb.services.discussions import Discussions
from kb.services.documents import Documents
from kb.services.exporting import Exporting
from kb.services.follows import Follows
from kb.services.home import Home
from kb.services.hygiene import Hygiene
from kb.services.importing import Importing
from kb.services.kept_bodies import KeptBodies
from kb.services.known_names import KnownNames
from kb.services.persons import Persons
from kb.services.purging import Purging
from kb.services.records import Records
from kb.services.reference import References
from kb.services.related import Related
from kb.services.remarking import Remarking
from kb.services.resolving import ResolvingSearcher
from kb.services.retagging import Retagging
from kb.services.review_comments import ReviewComments
from kb.services.review_queue import ReviewQueue
from kb.services.reviews import Reviews
from kb.services.same_difficulties import SameDifficulties
from kb.services.saving import Saving
from kb.services.searching import Searching
from kb.services.splitting import Splitting
from kb.services.submission_chain import SubmissionChain
from kb.services.submissions import Submissions
from kb.services.tag_operations import TagOperations
from kb.services.tag_suggestions import TagSuggestions
from kb.services.text_checks import TextChecks
from kb.services.thesaurus_transfer import ThesaurusTransfer
from kb.services.vain_searches import VainSearches
from kb.services.vocabulary import Vocabularies


def joined(adapters: Adapters, outside: Outside, key: bytes, *, address: str) -> Services:
    """Give all services over these adapters; `key` is the home's secret, `address` where it is served."""
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
