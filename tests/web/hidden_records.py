"""The records of every marking, each with words that stand nowhere else: who may read those says `hidden`."""

from __future__ import annotations

from kb.domain.application import Application, ApplicationStatus
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.discussion import Discussion, Post
from kb.domain.event import Event, Question, Workshop
from kb.domain.lesson import CrossBorderIssue, Difficulty, Solution
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.resource import Resource
from kb.domain.submission import Comment, Purpose, Submission
from kb.domain.workflow import SubmissionStatus
from tests.fakes.clock import NOON
from tests.web.hidden import SECRET, VIENNA
from tests.web.shelf import Shelf

QUIET = Audience(chatham_house=True)
AUDIENCES = {
    "clear": Audience(marking=Marking.CLEAR),
    "green": Audience(marking=Marking.GREEN),
    "amber": Audience(marking=Marking.AMBER),
    "naming": Audience(marking=Marking.AMBER, countries=("FR",)),
    "strict": Audience(marking=Marking.AMBER_STRICT),
    "red": Audience(marking=Marking.RED, persons=("vera", "rosa")),
}


def fill(shelf: Shelf) -> None:
    """Put the records."""
    shelf.concepts()
    for name, audience in AUDIENCES.items():
        shelf.put(name, naming_all(case(f"zz{name}", audience)), by="vera")
    shelf.put("retired", retired(), by="vera")
    shelf.put("opened", case("zzbefore", Audience(marking=Marking.AMBER_STRICT)), by="vera")
    shelf.put("opened", case("zzafterwards", Audience()), by="vera")
    shelf.put("narrowed", case("zzopenonce", Audience()), by="vera")
    shelf.put("narrowed", case("zznarrowed", AUDIENCES["red"]), by="vera")
    for name, audience in (("away", Audience()), ("closed", AUDIENCES["red"])):
        before = case(f"zz{name}", audience)
        reason = "zzwhytaken" if name == "away" else "zzclosed"
        taken = {"status": CaseStatus.UNPUBLISHED, "status_reason": reason}
        shelf.put(name, before, by="vera")
        shelf.put(name, before.model_copy(update=taken), by="vera")
    shelf.put("quiet", quiet(), by="isla")
    for name, posts in discussions().items():
        shelf.put(name, Discussion(case=name, posts=posts), by="isla")
    for name, submission in submissions().items():
        shelf.put(name, submission, by="vera")
    shelf.put("tag.proposed", proposed(), by="vera")
    hidden = {
        "owner": VIENNA,
        "title": "zzevent",
        "audience": Audience(marking=Marking.AMBER),
        "summary": "zzevent",
    }
    asked = Question(key="q1", text="Which?")
    held = {"questions": (asked,), "workshop": Workshop(opens=NOON.date(), closes=NOON.date())}
    shelf.put("event", Event.model_validate(hidden | held), by="vera")
    post = Post(key="p1", lesson="q1", at=NOON, by="viktor", organisation=VIENNA, text="zzworkshop")
    shelf.put("event.event", Discussion(event="event", posts=(post,)), by="viktor")
    hidden |= {
        "title": "zzresource",
        "audience": Audience(marking=Marking.AMBER_STRICT),
        "summary": "zzresource",
    }
    shelf.put("resource", Resource.model_validate(hidden), by="vera")
    for name, practice in practices().items():
        shelf.put(name, practice, by="vera")
    for name, application in applications().items():
        shelf.put(name, application, by="vera")
    shelf.follow()


def case(word: str, audience: Audience, **fields: object) -> CaseStudy:
    """Give a case that says `word` wherever a text can stand."""
    lessons = (
        Difficulty(
            key="d1", title=f"{word} difficulty", text=f"{word} text", categories=("retention-expired",)
        ),
        Solution(
            key="s1",
            title=f"{word} solution",
            text=word,
            answers=("d1",),
            applies_when=word,
            tags=("templates",),
        ),
    )
    sound: dict[str, object] = {
        "title": f"Case {word}",
        "summary": f"{word} summary",
        "owner": VIENNA,
        "author": "vera",
        "contact": word,
        "audience": audience,
        "lessons": lessons,
        "tags": ("templates",),
    }
    return CaseStudy.model_validate(sound | fields)


def naming_all(case: CaseStudy) -> CaseStudy:
    """Let the first difficulty of a case be the same as that of every other, whoever may read these."""
    first, *others = case.lessons
    same = tuple(f"{name}/d1" for name in AUDIENCES)
    return case.model_copy(update={"lessons": (first.model_copy(update={"same_as": same}), *others)})


def retired() -> CaseStudy:
    """Give a case that search no longer finds."""
    amber = Audience(marking=Marking.AMBER)
    return case("zzretired", amber, status=CaseStatus.RETIRED, status_reason="zzretired reason")


def quiet() -> CaseStudy:
    """Give a case of the secret unit under Chatham House: its text is open, its origin is not."""
    corridor = CrossBorderIssue(
        key="b1",
        title="zzquiet border",
        text="zzquiet",
        from_country="MT",
        to_countries=("BT",),
        channels=("budapest-29",),
    )
    plain = case("zzquiet", Audience(chatham_house=True))
    return plain.model_copy(
        update={
            "owner": SECRET,
            "author": "isla",
            "contact": "zzcontact desk",
            "presenter_role": "zzpresenter",
            "event": "event",
            "lead_country": "IS",
            "other_countries": ("MT", "BT"),
            "lessons": (*plain.lessons, corridor),
        }
    )


def discussions() -> dict[str, tuple[Post, ...]]:
    """Give what is asked about a case of one unit, and about the quiet one, where its own unit answers."""
    asker = Organisation(id="zzasker", name="zzasker unit", country="MT")
    asked = Post(key="p1", lesson="d1", at=NOON, by="frida", organisation=asker, text="zzaskedquiet?")
    said = {
        "key": "p2",
        "by": "isla",
        "organisation": SECRET,
        "from_desk": True,
        "answers": "p1",
        "text": "Yes.",
    }
    answer = asked.model_copy(update=said)
    here = asked.model_copy(update={"by": "vera", "organisation": VIENNA, "text": "zzaskedstrict?"})
    return {"quiet": (asked, answer), "strict": (here,)}


def submissions() -> dict[str, Submission]:
    """Give a draft with a co-author, one that every coordinator may read, and one for the named coordinator alone."""

    def submission(word: str, audience: Audience, **fields: object) -> Submission:
        body = case(word, audience)
        return Submission.model_validate(
            {"target": f"target-{word}", "author": "vera", "body": body, **fields}
        )

    def said(text: str) -> tuple[Comment, ...]:
        question = {"purpose": Purpose.QUESTION, "to": "rosa", "text": text}
        remark = Comment(at=NOON, by="carla", round=1, text=text, about="lessons.d1.text")
        return (remark, Comment.model_validate({"at": NOON, "by": "carla", "round": 1, **question}))

    sent = {"status": SubmissionStatus.IN_REVIEW, "round": 1, "receipt": "R"}
    return {
        "draft": submission("zzdraft", Audience(), co_authors=("bruno",)),
        "submitted": submission(
            "zzsubmitted", Audience(marking=Marking.AMBER_STRICT), comments=said("zzsaid"), **sent
        ),
        "fornamed": submission("zzfornamed", AUDIENCES["red"], comments=said("zzaskedred"), **sent),
    }


def practices() -> dict[str, Practice]:
    """Give one for some, one that waits to be endorsed, and an open one that a hidden lesson bears out too."""
    amber = Audience(marking=Marking.AMBER)
    released = {"released": True, "status": PracticeStatus.ENDORSED}
    return {
        "practice": practice("zzpractice", "amber/s1", audience=amber, **released),
        "proposal": practice("zzproposal", "green/s1", writers=("vera",)),
        "register": practice("zzregister", "quiet/s1", "red/s1", **released, owner=SECRET, audience=QUIET),
    }


def practice(word: str, *lessons: str, **fields: object) -> Practice:
    """Give a practice that says `word` wherever a text can stand."""
    words = dict.fromkeys(("title", "how_to", "effect", "mechanism", "context", "economics"), word)
    return Practice.model_validate({**words, "owner": VIENNA, "rests_on": lessons, **fields})


def applications() -> dict[str, Application]:
    """Give one for some, one of which the origin is withheld, and one that was taken back."""

    def application(word: str, **fields: object) -> Application:
        sound = {"month": "2026-08", "owner": VIENNA, "author": "vera", "outcome": "worked", "note": word}
        return Application.model_validate(sound | fields)

    strict, withdrawn = Audience(marking=Marking.AMBER_STRICT), ApplicationStatus.WITHDRAWN
    return {
        "applied": application("zzapplied", solution="green/s1", audience=strict),
        "reused": application("zzreused", practice="register", owner=SECRET, author="isla", audience=QUIET),
        "withdrawn": application("zzwithdrawn", solution="green/s1", status=withdrawn),
    }


def proposed() -> Concept:
    """Give a tag that its proposer and the coordinators alone may know."""
    return Concept(
        scheme=Scheme.TAG,
        key="proposed",
        labels=(Labels(language="en", preferred="zzproposed label", alternative=("zzproposed synonym",)),),
        definition="zzproposed definition",
        status=ConceptStatus.PROPOSED,
        proposer="vera",
    )
