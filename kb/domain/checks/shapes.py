"""How what is looked for looks, before anything is proved.

In every pattern the group `it` is the candidate. Where a candidate might swallow what follows it, it stands in a
lookahead, so that the next place is looked at too. Patterns are compiled when the first text is checked. All their
repetitions are bounded: time grows with the length of the text.
"""

from __future__ import annotations

DOT = r"(?:\.|\s?[\[({<]\s?(?:\.|dot|punkt|punto|point)\s?[\])}>]\s?)"
"""A dot, or what stands for one where people keep an address from being clicked."""
_AT = r"(?:@|\s?[\[({<]\s?(?:@|at)\s?[\])}>]\s?)"
_COLON = r"(?:\[:\]|:)"
_ALONE = r"(?<![0-9A-Za-z])"
_ENDS = r"(?![0-9A-Za-z])"


def _shape(pattern: str) -> str:
    """Give the pattern for letters of either case."""
    return f"(?i:{pattern})"


EMAIL = _shape(
    rf"(?<![\w.%+'-])(?P<it>[\w.%+'-]{{1,64}}{_AT}(?:[\w-]{{1,63}}{DOT}){{1,8}}"
    r"(?!(?:png|jpe?g|gif|svg|webp|js|css)\b)[^\W\d_]{2,24})(?![\w@])"
)
EMAIL_SPACED = _shape(
    r"(?<![\w.%+'-])(?P<it>[a-z0-9][\w.%+'-]{0,63} @ (?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,24})(?![\w@])"
)
EMAIL_IN_WORDS = _shape(
    r"(?<![\w.%+'-])(?P<it>[a-z0-9][\w.%+'-]{0,63} at (?!(?:the|a|an|one|each|this|that) )(?:[a-z0-9][a-z0-9-]{0,62} dot ){1,4}"
    r"[a-z]{2,24})(?![\w@])"
)

ONION = _shape(
    rf"{_ALONE}(?P<it>(?:[a-z2-7]{{56}}|[a-z2-7]{{16}}){DOT}onion|(?=[a-z]{{0,55}}[2-7])[a-z2-7]{{55}}d){_ENDS}"
)
"""With its ending, or of version 3 (whose last letter is always d) without, when the checksum is right."""

MAGNET = _shape(
    r"\b(?P<it>magnet:\?\S{4,2000}"
    r"|urn:(?:btih|btmh|ed2k|tree:tiger|sha1):\w{20,80}"
    rf"|\bed2k://\|\S{{8,2000}}|\b(?:btih|btmh|info[ -]?hash)\W{{0,4}}(?:[0-9a-f]{{40}}|[a-z2-7]{{32}}){_ENDS})"
)

BASE58 = rf"{_ALONE}(?P<it>[1-9A-HJ-NP-Za-km-z]{{26,36}}){_ENDS}"
BECH32 = _shape(rf"{_ALONE}(?P<it>(?:bc|tb|ltc|addr)1[02-9ac-hj-np-z]{{11,100}}){_ENDS}")
ETHEREUM = _shape(rf"{_ALONE}(?P<it>0x[0-9a-f]{{40}}){_ENDS}")
MONERO = rf"{_ALONE}(?P<it>[48][0-9AB][1-9A-HJ-NP-Za-km-z]{{93}}){_ENDS}"

HASH = _shape(
    rf"{_ALONE}(?:0x)?(?P<it>[0-9a-f]{{128}}|[0-9a-f]{{96}}|[0-9a-f]{{64}}|[0-9a-f]{{40}}|[0-9a-f]{{32}}){_ENDS}"
)

IBAN = _shape(rf"{_ALONE}(?=(?P<it>[a-z]{{2}}\d{{2}}(?:[ -]?[a-z0-9]){{11,30}}))")
CARD = _shape(
    r"(?<![\w.,-])(?P<it>\d{4}([ -]?)\d{4}\2\d{4}\2\d{1,7}|\d{4}([ -])\d{6}\3\d{4,5}|\d{14,15})(?![\w-])"
)
IMEI = _shape(r"(?<![\w.,-])(?P<it>\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d)(?![\w-])")

NATIONAL_ID = _shape(
    r"(?<![\w.,/+-])(?=(?P<it>(?:\d ?|[a-z]{1,2}[ -]?\d|[a-z]{6}\d)[\da-z][\da-z ./+-]{6,24}))"
)
"""Whatever begins like one; the table of countries says how each looks."""

MAC = _shape(
    r"(?<![\w:-])(?P<it>[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})"
    r"|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w:-])"
)

IPV4 = _shape(
    rf"(?<![\w.])(?<![^\d\n]-)(?P<it>\d{{1,3}}{DOT}\d{{1,3}}{DOT}\d{{1,3}}{DOT}\d{{1,3}}(?:/\d{{1,2}})?)"
    r"(?!\.?\d|\w|-(?!\d{1,3}\.))"
)
"""A hyphen beside it makes it part of a name, but for one between two of them."""
IPV6 = _shape(
    rf"(?<![\w:.])(?P<it>[0-9a-f]{{3,4}}{_COLON}(?:[0-9a-f]{{0,4}}{_COLON}){{1,7}}[0-9a-f]{{0,4}}(?P<mask>/\d{{1,3}})?)(?![\w:])"
)
"""Addresses that are given to anybody begin with a group of three or four digits."""

DECIMAL_PLACE = _shape(
    r"(?<![\w.,])(?P<it>(?:lat(?:itude)?\W{0,3})?(?P<lat>[-+]?\d{1,2}\.\d{4,12})\s?°?\s?(?P<ns>[NS])?\s?[,;/ ]\s?"
    r"(?:lon(?:g|gitude)?\W{0,3})?(?P<lon>[-+]?\d{1,3}\.\d{4,12})\s?°?\s?(?P<ew>[EWO])?)(?![\w.])"
)
SEXAGESIMAL_PLACE = _shape(
    r"(?<![\w.])(?P<it>\d{1,2}\s?[°º]\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|''|′′)\s?)?[NS]\W{0,4}"
    r"\d{1,3}\s?[°º]\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|''|′′)\s?)?[EWO])(?!\w)"
)
PLUS_CODE = _shape(r"(?<![\w+])(?P<it>[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2,4})(?![\w+])")

PHONE_ABROAD = _shape(r"(?<![\w+.,/-])(?P<it>(?:\+|\(\+|00(?=[1-9 (]))[ (]?\d[\d ().\/-]{5,24}\d)(?!\d)")
PHONE_AMERICAN = _shape(r"(?<![\w.,/-])(?P<it>(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4})(?![\w-])")
PHONE_NATIONAL = _shape(r"(?<![\w.,/+-])(?P<it>\(?0\d{1,4}\)?(?:[ /-]{1,3}\d{2,8}){1,5})(?![\w/-]|[.,]\d)")
PHONE_RUSSIAN = _shape(
    r"(?<![\w.,/+-])(?P<it>8[ -]{0,2}\(?\d{3,4}\)?[ -]{1,2}\d{2,3}[ -]\d\d[ -]\d\d)(?![\w/-]|[.,]\d)"
)
"""After the 8 with which calls inside Russia and Kazakhstan begin."""
PHONE_NAMED = _shape(r"(?<![\w.,])(?P<it>\(?\d[\d ().\/-]{5,20}\d)(?!\d)")
"""After a word like "phone"; see `phones`."""

NUMBER = _shape(r"(?<![\w.,])(?P<it>\d{8,40})(?![\w]|[.,]\d)")
NAMED_NUMBER = _shape(r"(?<![\d.,])(?P<it>\d[\da-z/._-]{4,40})(?!\w)")
"""After a word like "report"; see `references`."""
STRUCTURED = _shape(r"(?<![\w.,/:+-])(?P<it>[a-z0-9]{1,12}(?:[-/_][a-z0-9]{1,20}){1,6})(?![\w/:-]|\.\w)")
KEY = _shape(r"(?<![\w/=.-])(?P<it>[a-z0-9]{16,128})(?![\w=])")
