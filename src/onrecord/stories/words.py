"""Word lists behind the recognisers of a story's furniture and metadata, in the languages of the press.

Each is data alone: words or phrases in lower case between spaces or line ends.
"""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """Return the words of `words`."""
    return frozenset(words.split())


def alternatives(phrases: str) -> str:
    """Return a pattern for any of `phrases` (a line or a bar between two), longest first; a space is any space."""
    forms = {form.strip() for form in re.split(r"[|\n]", phrases)} - {""}
    return "|".join(
        re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=lambda form: (-len(form), form))
    )


def lowered(text: str) -> str:
    """Return `text` in small letters, one for each letter, those alike that a pattern without regard to case takes so.

    To search it with a pattern in small letters takes a fraction of the time that `re.IGNORECASE` takes.
    """
    return (text if text.isascii() else text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")).lower()


PARTICLES = word_set(
    """de del della di da do dos das la le les van der den dem von zu zur ten ter af av bin ibn al el bint y e st ben
    abu ul ur"""
)
"""Small words inside persons' names."""

PLACE_PARTICLES = PARTICLES | word_set("los the of and am an im und et sur sous upon on")
"""Small words inside places' names."""

ROLES = word_set(
    """reporter reporterin editor correspondent writer staff producer columnist contributor journalist anchor
    photographer blogger redakteur redakteurin korrespondent korrespondentin volontär volontärin journalistin
    rédacteur rédactrice journaliste correspondant redactor redactora periodista corresponsal giornalista jornalista
    repórter verslaggever redaktör journalisten toimittaja dziennikarz redaktor muhabir editör корреспондент intern
    fellow freelancer analyst professor critic"""
)
"""What a person who writes stories is called."""

NOT_NAMES = word_set(
    """news world home politics sport sports business opinion video live more latest top stories share read menu search
    subscribe advertisement markets economy technology science health culture entertainment travel weather local
    national international europe asia africa america united states kingdom south north east west middle new main
    content related topics tags comments comment close sign log in up your our the this all rights reserved about
    contact privacy policy terms newsletter newsletters breaking most popular trending editor's picks photos gallery
    podcast podcasts watch listen print email facebook twitter whatsapp linkedin instagram telegram copy link button
    skip navigation follow us click desk web newsroom team assistant senior chief deputy special political
    diplomatic economics managing full text abstract here press release staff key points summary update updated
    published posted article articles company group inc ltd party minister president government police university
    today yesterday january february march july september october november december monday tuesday wednesday
    thursday friday saturday sunday nachrichten startseite politik wirtschaft panorama kultur wissen anzeige mehr
    zum artikel teilen"""
)
"""Words with a capital in menus, labels and headings that persons' names do without."""

LABELS = word_set(
    """update updated breaking watch opinion new file analysis exclusive more read related live also see video photo
    photos photograph image picture foto fotos bild vidéo vídeo q a note editor editorial comment explainer factbox
    correction advertisement anzeige publicité publicidad interview review podcast listen gallery story stories news
    home latest topics tags source sources by published posted share follow subscribe newsletter sign lesen lees
    leia lire leer leggi más mehr mer meer plus oku czytaj читайте baca key what why how who when where the this
    that it he she they we you i in on at for and but or not no yes if as is are was were our your his her their its
    from to with of an after before while since der die das ein eine er sie es wir ich le la les un une il elle el
    los las una lo gli o os um uma"""
)
"""Words before a dash or a colon that name no place."""

PLACE_OPENERS = word_set("la el le los las the new")
"""Labels that places' names open with too."""

BYLINE_OPENERS = alternatives(
    """written by|words by|story by|article by|text by|posted by|published by|reported by|reporting by|report by
    analysis by|opinion by|by|from|author|authors|von|text von|eine analyse von|ein kommentar von|ein gastbeitrag von
    autor|autorin|autoren|par|propos recueillis par|por|texto|autora|di|a cura di|autore|door|auteur|av|af|skrevet av
    skrevet af|text|tekst|teksti|od|autorka|autorzy|napsal|szerző|yazar|yazan|автор|автори|текст|oleh|penulis|reporter
    bởi|tác giả|na|imeandikwa na"""
)

UPDATED = alternatives(
    """updat|modifi|edited|revised|stand:|aktualis|aktualiz|geändert|mis à jour|mise à jour|actualis|actualiz|editado
    atualiz|aggiorn|bijgewerkt|gewijzigd|opdater|ppdater|ändra|redigert|päivitet|muokat|uuendat|atnaujin|atjaunin|ažurir
    posodob|zaktualiz|frissít|módosít|обновл|оновл|изменен|актуализ|ажурир|ενημέρωσ|ενημερώ|güncelle|diperbarui
    dikemas kini|cập nhật|تحديث|به‌روز|بروزرسان|עודכן|עדכון|अपडेट|अद्यतन|আপডেট|হালনাগাদ|புதுப்பி|อัปเดต|อัพเดต|更新|수정
    업데이트"""
)
"""Stems of what a time stamp calls an update."""

FURNITURE = alternatives(
    """read more|read also|read next|read less|also read|see also|more from|more on|more about|more stories|more like
    most popular|most read|most viewed|more popular|more read|recommended|related|trending|share this|share on|share via
    share article|follow us|sign in|sign up|log in|login|subscribe|newsletter|advert|sponsored|presented by|skip to
    scroll to|back to top|back to video|click here|click to|copy link|e-mail this|email this|printable|print this
    print article|you are here|leave a comment|leave a reply|join the conversation|join the discussion
    all rights reserved|copyright|©|(c)|cookie|privacy|terms of|get the latest|story continues|article content|listen to
    listen now|watch:|video:|audio:|you may also|filed under|topics:|topic:|tags:|tag:|show more|show comments|view all
    view comments|load more|loading|download the app|our standards|editor's picks|support our|support us|donate
    mehr zum|mehr zu|mehr von|mehr aus|lesen sie|weiterlesen|auch interessant|anzeige|werbung|teilen|artikel anhören
    artikel teilen|artikel merken|artikel drucken|anmelden|abonnieren|zur startseite|startseite|das könnte|kommentar
    lire aussi|à lire|lire la suite|partager|s'abonner|publicité|leer más|lea también|te puede interesar|compartir
    suscrib|publicidad|leia também|leia mais|compartilh|assine|publicidade|leggi anche|condividi|iscriviti|abbonati
    pubblicità|lees ook|lees meer|deel dit|abonneer|advertentie|läs också|läs mer|läs även|dela|prenumerera|annons
    les også|læs også|annonse|lue myös|mainos|czytaj też|czytaj także|czytaj więcej|udostępnij|reklama|čtěte|sdílet
    přečtěte|olvasd|hirdetés|megosztás|ayrıca|ilgili haber|paylaş|linki kopyala|abone|reklam|читайте|поделиться|подпис
    реклама|читати|поділитися|baca juga|bagikan|iklan
    もっと見る|関連記事|この記事|会員|ログイン|シェア|広告|관련기사|기사|구독|공유
    광고|로그인|댓글|相关|相關|分享|广告|廣告|阅读|اقرأ|شارك|إعلان|اشترك"""
)
"""What furniture opens with."""

LIST_HEADINGS = alternatives(
    """most popular|most read|most viewed|most recent|popular|trending|related|recommended|latest|top stories|headlines
    more news|more stories|read next|you may also like|meistgelesen|beliebt|verwandte|weitere|empfohlen|les plus lus
    à lire aussi|articles liés|lo más leído|más leídas|relacionadas|mais lidas|relacionados|più letti|correlati
    meest gelezen|gerelateerd|mest läst|mest lest|mest læste|luetuimmat|najczęściej czytane|nejčtenější|legolvasottabb
    çok okunanlar|популярное|читайте также|terpopuler|アクセスランキング|関連記事|많이 본|관련기사|热门|相关"""
)
"""What stands over a list of other stories."""

COUNTED = alternatives(
    """min|mins|minute|minutes|minuten|minutos|minuti|minuter|minut|мин|분|분 읽기|dk|dakika|comments|comment|kommentare
    kommentar|commentaires|comentarios|comentários|commenti|reacties|yorum|shares|views|likes|lesezeit|lesedauer"""
)
"""What furniture counts: minutes of reading, comments, shares."""

PICTURED = alternatives(
    """photo|photos|foto|fotos|fotó|image|images|bild|bilder|picture|pictures|imagen|imagem|immagine|afbeelding|beeld
    fotografie|fotografía|fotografia|photograph|photographs|video|grafik|graphic|illustration|kuva|фото|fotoğraf|görsel
    写真|사진|图片|圖|照片|credit|credits|crédit|crédits|crédit photo|crédito|credito|bildquelle|fotocredit|bildnachweis
    bildrechte|mynd|ljósmynd|fotograf|fotografin|photographe|fotógrafo"""
)
"""Labels before a picture's credit."""

HOUSES = alternatives(
    """getty|reuters|afp|ap|dpa|epa|efe|ansa|apa|keystone|ritzau|scanpix|imago|picture alliance|picture-alliance
    shutterstock|istock|alamy|bloomberg|tt|ntb|pa|xinhua|tass|anp|belga|lehtikuva|associated press|press association
    swns|zuma|sipa|nurphoto|anadolu|handout|unsplash|pixabay|adobe stock|ddp|afptv|cp|aap|kyodo|pti|ani|yonhap|newspix
    pool photo|photo|images"""
)
"""Agencies and libraries whose names stand in credits."""

CREDIT_SMALL = word_set(
    """of the via courtesy from for and by von van de der du della la le et y und mit durch para a per file files
    handout pool"""
)
"""Words in small letters inside credits."""
