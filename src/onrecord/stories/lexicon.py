"""Words of page furniture in the languages of the news, by what they give away.

A hint for the block classifier and nothing more: a page in a language that is not here is read by its shape. Single
words only, in lower case, so that looking them up costs one set intersection a block.
"""

from __future__ import annotations

_CLASSES = {
    "consent": """
        cookie cookies cookiebot gdpr consent privacy datenschutz datenschutzerklärung einwilligung zustimmung
        zustimmen confidentialité consentement privacidad consentimiento privacidade consentimento riservatezza
        consenso toestemming samtykke samtycke integritetspolicy personvern suostumus evästeet evästeiden küpsised
        prywatności zgoda soukromí souhlas gizlilik çerez çerezler конфиденциальности cookiet privasi faragha""",
    "sign-up": """
        subscribe subscriber subscribers subscription newsletter newsletters signup login log-in register registered
        membership inbox unsubscribe premium epaper trial paywall abonnieren abonnement abo abonnent abonnenten
        anmelden registrieren probemonat abonner abonnez abonné abonnés inscrire inscrivez connexion suscríbete
        suscribirse suscripción suscriptores boletín regístrate assine assinar assinatura assinante assinantes
        abbonati abbonamento iscriviti registrati abonneer abonneren nieuwsbrief inloggen prenumerera prenumerant
        nyhetsbrev nyhedsbrev abonner abonnenter tilaa tilaaja uutiskirje tellija tellimus uudiskiri subskrypcja
        prenumerata newslettera zaloguj předplatné přihlásit předplaťte előfizetés hírlevél abone abonelik bülten üye
        подписаться подписка подпишитесь рассылка войти підписатися berlangganan langganan daftar masuk jiandikishe
        áskrift""",
    "share": """
        share shares tweet retweet facebook twitter whatsapp instagram linkedin telegram pinterest reddit email e-mail
        youtube tiktok bluesky threads xing print bookmark copy link follow teilen drucken merken folgen kopieren
        partager imprimer suivez suivre compartir comparte imprimir síguenos compartilhar compartilhe siga condividi
        stampa seguici delen afdrukken volg dela skriv följ del udskriv følg jaa jaga paylaş yazdır takip поделиться
        udostępnij drukuj sdílet tisk megosztás bagikan kongsi shiriki deila""",
    "comment": """
        comment comments commenting commenter commenters reply replies replied upvote moderated moderators kommentar
        kommentare kommentieren antworten leserbriefe foristen netiquette commentaire commentaires commenter répondre
        comentario comentarios comentar responder comentário comentários commenti commento rispondi reacties reageer
        reageren kommentarer kommentera svara svar kommentit vastaa kommentaarid kommenteeri komentarz komentarze
        odpowiedz komentáře diskuse hozzászólások yorum yorumlar yanıtla комментарий комментарии комментировать
        ответить коментарі komentar balas maoni athugasemdir""",
    "more": """
        related more read also recommended recommendation recommendations trending popular latest topics tags stories
        headlines spotlight must-read next previous mehr lesen auch weitere weiterlesen meistgelesen themen empfohlen
        artikel verwandte lire aussi plus articles sujets populaires lus leer también más relacionadas relacionados
        noticias temas leia também mais lidas notícias tópicos leggi anche altro correlati notizie lees ook meer
        gerelateerd läs mer också relaterat les også mer læs også mere lue myös lisää loe veel czytaj też więcej
        polecane čtěte také související olvasd további oku ilgili diğer haberler haber читайте также новости теги темы
        читати baca juga terkait lainnya berita soma zaidi habari lesa meira""",
    "advert": """
        advertisement advertisements advertising advert sponsored ad ads promoted partner deals shop anzeige anzeigen
        werbung gesponsert publicité sponsorisé publicidad patrocinado publicidade pubblicità sponsorizzato
        advertentie annons annonse annonce mainos reklaam reklama reklam реклама iklan tangazo auglýsing""",
    "rights": """
        copyright rights reserved rechte vorbehalten droits réservés derechos reservados direitos diritti riservati
        rechten voorbehouden rättigheter rettigheter rettigheder oikeudet prawa zastrzeżone práva vyhrazena haklar
        saklıdır права защищены hak cipta terms imprint impressum agb mentions légales aviso legal réttur""",
    "author": """
        by author authors editor editors reporter correspondent staff writer contributor contributed columnist von
        autor autorin autoren redaktion redakteur redakteurin korrespondent par auteur rédaction journaliste por
        autora redacción redacción periodista redação di autore redazione door redactie av journalist reporter af
        skrevet toimittaja toimetaja autorka autorzy redakcja redaktor autoři redakce szerző yazar muhabir editör
        автор редакция oleh penulis mwandishi blaðamaður""",
    "picture": """
        photo photos photograph photographs photographer photography image images picture pictures pictured video
        videos gallery slideshow caption credit courtesy getty reuters afp dpa epa ap pa imago picture-alliance
        shutterstock istock alamy unsplash pexels file foto fotos bild bilder bildquelle archivbild fotograf
        symbolbild photographe illustration crédit imagen imágenes fotografía imagem fotografia immagine fotogalerie
        beeld afbeelding bild fotogalleri billede valokuva kuva pilt zdjęcie zdjęcia fot snímek fénykép fotoğraf
        görsel фото фотография снимок gambar picha mynd ritzau ntb scanpix ansa efe belga xinhua kyodo yonhap tass
        anadolu""",
    "stamp": """
        published updated posted modified created updates ago min read minutes hours veröffentlicht aktualisiert stand
        uhr erstellt lesezeit publié mis jour publicado actualizado publicada actualizada atualizado pubblicato
        aggiornato gepubliceerd bijgewerkt publicerad uppdaterad publisert oppdatert publiceret opdateret udgivet
        julkaistu päivitetty avaldatud uuendatud opublikowano aktualizacja publikováno aktualizováno közzétéve
        yayınlanma güncelleme giriş опубликовано обновлено diterbitkan diperbarui dipublikasikan imechapishwa birt
        uppfært gmt utc cet cest est edt pst pdt ist wib wita bst msk""",
    "calendar": """
        january february march april may june july august september october november december jan feb mar apr jun jul
        aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
        januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
        sonnabend janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi
        mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre octubre
        noviembre diciembre lunes martes miércoles jueves viernes sábado domingo janeiro fevereiro março maio junho
        julho setembro outubro novembro dezembro gennaio febbraio aprile maggio giugno luglio settembre ottobre
        dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica januari februari maart mei augustus maandag
        dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag mandag
        tirsdag lørdag søndag tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
        syyskuuta lokakuuta marraskuuta joulukuuta ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım
        aralık pazartesi salı çarşamba perşembe cuma cumartesi pazar января февраля марта апреля мая июня июля августа
        сентября октября ноября декабря stycznia lutego marca kwietnia maja czerwca lipca sierpnia września
        października listopada grudnia senin selasa rabu kamis jumat sabtu minggu januar agustus desember jaanuar
        veebruar märts aprill juuni juuli""",
    "first person": """
        i i'm i've my me mine myself we our us ours ich mir mich mein meine meiner wir uns unser unsere je j moi mon
        ma mes nous notre nos yo mi mis nosotros nuestro nuestra eu meu minha nós nosso io mio mia noi nostro ik mij
        mijn wij ons jag mig min vi oss vår jeg meg mit os minä minun me meie mina ja mnie mój my nasz já můj náš én
        ben benim biz bizim я мне меня мой мы нас наш saya aku kami kita mimi sisi ég mér við""",
    "second person": """
        you your yours yourself sie ihnen ihr ihre ihren du dich dir dein deine euch vous votre vos tu te ton ta usted
        ustedes tus você vocês seu sua tuo voi vostro u uw jij je jouw du dig din ni er deg deres sinä sinun te sina
        teie ty twój pan pani vy váš te ön siz sizin sen вы вам вас ваш ты anda kamu wewe ninyi þú þér""",
    "contact": """
        contact contacts careers jobs faq help about terms conditions policy sitemap rss app apps android iphone
        mobile download kontakt karriere hilfe über nutzungsbedingungen aide contacto ayuda contato ajuda contatti
        aiuto vacatures hulp kontakta hjälp hjelp hjælp yhteystiedot iletişim hakkımızda künye контакты помощь hubungi
        kami tentang""",
    "place": """
        home homepage menu search navigation skip main content section sections world news politics business sport
        sports opinion culture entertainment lifestyle science technology health weather startseite suche politik
        wirtschaft kultur sport panorama wissen gesellschaft wetter accueil rechercher politique économie monde
        culture inicio buscar política economía mundo deportes cultura opinión início economia esportes cerca cronaca
        esteri zoeken nieuws politiek economie hem sök nyheter ekonomi hjem søk søg nyheder politikk politik økonomi
        etusivu haku uutiset talous avaleht otsi uudised anasayfa ara gündem spor ekonomi dünya главная поиск политика
        экономика спорт beranda cari ekonomi olahraga nasional""",
}

NAMES = tuple(_CLASSES)
CLASSES: tuple[frozenset[str], ...] = tuple(frozenset(words.split()) for words in _CLASSES.values())
WORDS: frozenset[str] = frozenset().union(*CLASSES)
MEMBERS: dict[str, tuple[int, ...]] = {
    word: tuple(i for i, words in enumerate(CLASSES) if word in words) for word in sorted(WORDS)
}
