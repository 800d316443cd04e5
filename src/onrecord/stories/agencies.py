"""News agencies: their names as they stand in datelines, bylines and credits."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = """
AP=associated press|a.p.|asociated press
Reuters=thomson reuters|reuter|рейтер|рейтерс|ロイター|路透社|路透|로이터
AFP=agence france-presse|agence france presse|афп|法新社
dpa=dpa-afx|dpa/tmn|deutsche presse-agentur
UPI=united press international
PA=pa media|press association|pa news agency
Bloomberg=bloomberg news
Canadian Press=the canadian press|la presse canadienne|cp
AAP=australian associated press
PTI=press trust of india
ANI=asian news international
IANS=indo-asian news service
UNI=united news of india
Xinhua=xinhua news agency|新华社|新華社
TASS=itar-tass|тасс
RIA Novosti=ria|риа новости|риа
Interfax=интерфакс
Kyodo=kyodo news|共同|共同通信|共同社
Jiji=jiji press|時事|時事通信
Yonhap=yonhap news|yonhap news agency|연합뉴스|韓聯社
CNA=central news agency|中央社
Bernama=
Antara=
EFE=agencia efe
Europa Press=
ANSA=
Adnkronos=
askanews=
LaPresse=
Lusa=agência lusa
ANP=
Belga=
APA=austria presse agentur|apa-ots
SDA=keystone-sda|keystone sda|keystone-ats|ats|sda-ats
epd=
KNA=
AFX=
SID=
TT=tt nyhetsbyrån
NTB=
Ritzau=
STT=
BNS=
ELTA=
LETA=
PAP=
ČTK=čtk|ctk
TASR=
SITA=
MTI=
Agerpres=
Mediafax=
BTA=
Tanjug=
HINA=
STA=
MIA=
Anadolu=anadolu agency|anadolu ajansı|aa
DHA=
İHA=iha
IRNA=
ISNA=
Tasnim=
Fars=
SPA=saudi press agency
WAM=
MENA=
KUNA=
SANA=
NNA=
APS=
MAP=
TAP=
NAN=news agency of nigeria
GNA=ghana news agency
SAnews=
APP=associated press of pakistan
BSS=
UNB=
VNA=
PNA=
Ukrinform=укринформ|укрінформ
УНН=
УНІАН=уніан|унian|unian
BelTA=белта
Kazinform=
Trend=
APA-Azerbaijan=
Armenpress=
CNN=
NBC News=
CBS News=
ABC News=
Fox News=
CNBC=
VOA=voice of america
RFE/RL=radio free europe
RFI=
DW=
BBC=bbc news
EUobserver=
Notimex=
Télam=télam|telam
Agência Brasil=
Estadão Conteúdo=
Folhapress=
Prensa Latina=
PA Wire=
SWNS=
"""

_CANONICAL: dict[str, str] = {}
for _line in _NAMES.strip().splitlines():
    _name, _, _others = _line.partition("=")
    for _form in (_name, *filter(None, _others.split("|"))):
        _CANONICAL[_form.casefold()] = _name

_EDGES = re.compile(
    r"^(?:the|die|der|la|l['’]|l'agence|nach|avec|con|mit|via|from|source:?|quelle:?)\s+|[\s.,:;/-]+$", re.IGNORECASE
)
_SUFFIX = re.compile(r"\s+(?:staff|news agency|news|agency|files?|reports?|writers?|editors?)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_agency(text: str) -> str | None:
    """Return the usual short name of the agency that is all of `text` (`The Associated Press` gives `AP`), or None."""
    if not 1 < len(text) < 60:
        return None
    words = _EDGES.sub("", text.strip(" ()[]/"))
    for form in (words, _SUFFIX.sub("", words)):
        form = form.strip()
        name = _CANONICAL.get(form.casefold())
        if name and (len(form) > 5 or form == name or form.isupper() or not form.isascii()):
            return name  # short ones as written or in capitals only: `Map`, `Sid` and `Petra` are words and names
    return None
