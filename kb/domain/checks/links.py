"""Links: which lead to a public source of law or guidance, and which may lead a reader to a case."""

from __future__ import annotations

import re

PUBLIC_SOURCES = frozenset(
    """
    europa.eu coe.int un.org undocs.org unodc.org unicef.org ohchr.org ilo.org who.int itu.int osce.org oecd.org hcch.net
    interpol.int wipo.int icc-cpi.int cis-legislation.com first.org rfc-editor.org ietf.org iso.org doi.org w3.org nist.gov
    icmec.org missingkids.org inhope.org iwf.org.uk ecpat.org weprotect.org virtualglobaltaskforce.com

    bj.admovere.ad matsne.gov.ge arlis.am e-qanun.az sluzbenilist.ba ejustice.just.fgov.be ejustice.fgov.be
    pravo.by justice.gc.ca laws-lois.justice.gc.ca fedlex.admin.ch cylaw.org e-sbirka.cz zakonyprolidi.cz
    gesetze-im-internet.de bgbl.de bundesgesetzblatt.de bundestag.de retsinformation.dk riigiteataja.ee boe.es
    finlex.fi legifrance.gouv.fr legislation.gov.uk gov.uk et.gr narodne-novine.nn.hr njt.hu irishstatutebook.ie
    althingi.is gazzettaufficiale.it normattiva.it adilet.zan.kz gov.kg gesetze.li e-tar.lt legilux.public.lu likumi.lv
    legimonaco.mc legis.md gov.me slvesnik.com.mk legalinfo.mn legislation.mt wetten.overheid.nl overheid.nl lovdata.no
    isap.sejm.gov.pl sejm.gov.pl diariodarepublica.pt dre.pt legislatie.just.ro pravno-informacioni-sistem.rs
    pravo.gov.ru kremlin.ru riksdagen.se lagen.nu pisrs.si uradni-list.si slov-lex.sk adlia.tj mevzuat.gov.tr
    rada.gov.ua congress.gov govinfo.gov uscode.house.gov justice.gov fbi.gov law.cornell.edu lex.uz vatican.va
    ris.bka.gv.at parlament.gv.at bka.gv.at qbz.gov.al dv.parliament.bg
    """.split()  # noqa: SIM905 - a hundred quoted hosts would be unreadable
)
"""Hosts that publish law, treaties, judgments and standards, and those of organisations that fight this crime, each with all
that lies under it. Everything else, newspapers and firms too, is for a second person to look at.
"""

_DEFANGED_DOT = re.compile(r"\s?[\[({<]\s?(?:\.|dot)\s?[\])}>]\s?", re.IGNORECASE)
_CLOSING = re.compile(r"[)\]}>.,;:!?'\"*_’”]+$")


def is_no_public_source(match: re.Match[str]) -> int:
    """Prove a link by its host; what closes the sentence around it is not part of it."""
    host = _DEFANGED_DOT.sub(".", match["host"]).lower().strip(".")
    labels = host.split(".")
    if any(".".join(labels[start:]) in PUBLIC_SOURCES for start in range(len(labels))):
        return 0
    return _end(match["it"])


def _end(link: str) -> int:
    """Give how long a link is without what closes the sentence or the parenthesis around it."""
    end = len(_CLOSING.sub("", link))
    return (
        end + 1 if link[end : end + 1] == ")" and link.count("(", 0, end) > link.count(")", 0, end) else end
    )
