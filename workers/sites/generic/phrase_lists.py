"""The phrases themselves, by language where that is known, in lower case and parted by bars."""

from __future__ import annotations

# Headings of boxes of other articles: the article before them is over, or they stand in its middle.
RELATED = {
    "en": "related|related to this story|related articles|related stories|related posts|related news|related content|related topics"
    "|related reading|related coverage|related links"
    "|read also|also read|read more|read next|read this next|see also|more about|more from|more on this"
    "|more on this story|more on this topic|more stories|more posts|more articles|more news|more like this|more to read|more reading"
    "|latest|latest news|latest stories|latest articles|latest posts|latest from|hot news|top stories|top news"
    "|trending|trending now|most read|most popular|most viewed|popular posts|popular articles|recent posts"
    "|recent articles|recent stories|recent news"
    "|recommended|recommended for you|recommended stories|recommended reading|recommended articles"
    "|you may also like|you might also like|you may like|you might like|you may also be interested in"
    "|you might be interested in|similar articles|similar posts|similar stories"
    "|up next|next article|next post|next story|next up|previous article|previous post|previous story"
    "|continue reading|keep reading|further reading|what to read next|editor's picks|editors' picks"
    "|in case you missed it|don't miss|explore more|explore more on these topics|other articles|other news"
    "|suggested articles|suggested reading|discover more|dive deeper|around the web|from around the web"
    "|sponsored content|promoted content|paid content|from our partners|join the conversation|trending stories"
    "|featured articles|featured posts|featured stories|related resources|related products|related blogs"
    "|related blog posts|latest blog posts|latest blogs|recent blog posts|blog categories|article tags"
    "|post navigation|more in this category|more resources|most popular stories",
    "de": "auch interessant|schon gelesen|schon gelesen?|das könnte sie auch interessieren|das könnte dich auch interessieren"
    "|das könnte ihnen auch gefallen|mehr zum thema|mehr zu|mehr aus|mehr von|mehr lesen|lesen sie auch"
    "|lesen sie mehr|lesen sie weiter|lies auch|weitere themen|weitere artikel|weitere nachrichten"
    "|weitere beiträge|weitere meldungen|weiterlesen|zum thema|ähnliche artikel|ähnliche beiträge"
    "|verwandte artikel|verwandte beiträge|verwandte themen|passend zum thema|meistgelesen|meist gelesen"
    "|meistgelesene artikel|aus dem ressort|neueste artikel|neueste beiträge|neueste nachrichten"
    "|aktuelle beiträge|top-themen|empfehlungen|unsere empfehlungen|das interessiert andere leser"
    "|vorheriger artikel|nächster artikel|vorheriger beitrag|nächster beitrag|newsletter|beitrags-navigation"
    "|beitragsnavigation|zur startseite|mehr anzeigen|weitere informationen zum thema|kategorien|themen"
    "|schlagwörter|schlagworte",
    "fr": "à lire aussi|lire aussi|a lire aussi|à lire également|à voir aussi|voir aussi|sur le même sujet"
    "|dans la même rubrique|articles similaires|articles liés|articles associés|articles connexes"
    "|articles recommandés|les plus lus|le plus lu|à la une|plus d'articles|dernières actualités"
    "|derniers articles|à découvrir|pour aller plus loin|vous aimerez aussi"
    "|ces articles pourraient vous intéresser|cela peut vous intéresser|en lire plus|contenus sponsorisés"
    "|nos recommandations|article précédent|article suivant|les plus populaires|recommandé pour vous|mots-clés",
    "es": "en la misma sección|en esta misma sección|lee también|lea también|leer también|te puede interesar|te podría interesar|puede interesarte"
    "|también te puede interesar|noticias relacionadas|artículos relacionados|contenido relacionado"
    "|relacionados|más información|más noticias|más sobre|más leídas|lo más leído|lo más visto|lo último"
    "|últimas noticias|le puede interesar|para saber más|te recomendamos|entradas relacionadas"
    "|siguiente artículo|archivado en|leer más|relacionado",
    "it": "leggi anche|ultima ora|leggi di più|potrebbe interessarti|potrebbe interessarti anche|ti potrebbe interessare"
    "|articoli correlati|articoli simili|notizie correlate|i più letti|più letti|ultime notizie"
    "|sullo stesso argomento|contenuti correlati|consigliati per te|articolo precedente|articolo successivo",
    "pt": "leia também|leia mais|veja também|veja mais|relacionado|saiba mais|notícias relacionadas|artigos relacionados"
    "|conteúdo relacionado|mais lidas|mais lidos|últimas notícias|relacionadas|recomendado para você"
    "|você também pode gostar|posts relacionados",
    "nl": "lees ook|lees meer|lees verder|meer over|meer nieuws|gerelateerd|gerelateerde artikelen"
    "|meest gelezen|bekijk ook|ook interessant|aanbevolen|laatste nieuws|vorig bericht|volgend bericht",
    "pl": "czytaj także|czytaj też|czytaj również|czytaj więcej|zobacz także|zobacz też|zobacz również"
    "|przeczytaj także|przeczytaj też|polecane|polecamy|podobne artykuły|najnowsze|najpopularniejsze"
    "|powiązane artykuły|najczęściej czytane|popularne|warto przeczytać|może cię zainteresować|więcej na ten temat",
    "cs": "čtěte také|čtěte i|přečtěte si|související články|související|nejčtenější|mohlo by vás zajímat"
    "|další články|doporučujeme",
    "sv": "läs mer|läs också|läs även|relaterat|relaterade artiklar|mest läst|senaste nytt|fler artiklar"
    "|mer om ämnet|rekommenderat",
    "da": "læs også|læs mere|relaterede artikler|mest læste|seneste nyt|relateret|andre læser|læs videre",
    "no": "les også|les mer|relaterte artikler|mest lest|siste nytt|flere saker",
    "fi": "lue myös|lue lisää|luetuimmat|aiheesta lisää|uusimmat",
    "uk": "читайте також|ще за темою|читати також|дивіться також|останнє|останні новини|популярне"
    "|популярні новини|новини по темі|новини за темою|схожі новини|схожі матеріали|матеріали по темі"
    "|матеріали за темою|вас може зацікавити|вам може бути цікаво|головне|топ новини|рекомендуємо|більше новин"
    "|інші новини|теги|підписуйтесь",
    "ru": "читайте также|читать также|смотрите также|ещё по теме|еще по теме|последнее|последние новости"
    "|популярное|новости по теме|похожие новости|материалы по теме|вам может быть интересно"
    "|вас может заинтересовать|главное|рекомендуем|другие новости|по теме|самое читаемое|лента новостей|теги",
    "tr": "ilgili haberler|ayrıca okuyun|son dakika|öne çıkanlar|çok okunanlar|benzer haberler"
    "|bunlar da ilginizi çekebilir|ilginizi çekebilir|diğer haberler",
    "hu": "ajánlott|kapcsolódó|kapcsolódó cikkek|olvasta már|legolvasottabb|ez is érdekelheti",
    "ro": "citește și|citeşte şi|citește și:|articole similare|știri similare|cele mai citite",
    "id": "baca juga|berita terkait|artikel terkait|post terkait|berita lainnya|artikel lainnya|terpopuler|rekomendasi|lihat juga",
    "vi": "tin liên quan|bài viết liên quan|xem thêm|đọc thêm|tin cùng chuyên mục",
    "ja": "最新ニュース|最新記事|関連記事|あわせて読みたい|おすすめ記事|人気記事|関連ニュース|関連リンク",
    "zh": "相关报道|延伸阅读|最新新闻|最新消息|相關報導|相关阅读|相关新闻|相關新聞|延伸閱讀|推薦閱讀|热门文章|推荐阅读|相關文章",
    "ko": "관련기사|관련 기사|많이 본 뉴스|추천 기사|인기 기사",
    "ar": "المزيد|ذات صلة|مقالات ذات صلة|آخر الأخبار|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضاً|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة",
    "el": "διαβάστε επίσης|διαβάστε ακόμα|σχετικά άρθρα|δείτε επίσης",
    "hi": "ये खबर भी पढ़ें|संबंधित खबरें|ये भी पढ़ें|यह भी पढ़ें|ताज़ा खबर|ताज़ा खबरें",
    "he": "חדשות אחרונות|הנקראות ביותר|כתבות נוספות|עוד בנושא",
    # Boxes of the newest and of the most read, and what was missing above.
    "more": "related article|nejnovější|nejčtenější|friss hírek|legfrissebb|legolvasottabb|dernières minutes|le fil info"
    "|net binnen|powiązane|lisää aiheesta|ultimele știri|cele mai citite|τελευταία νέα|δημοφιλή|популярне за добу"
    "|also from this source|more from author|posts recentes|populära recept|senaste recepten|xem nhiều|đọc nhiều"
    "|lisää jaksoja|najnowsze aktualności|más fotogalerías|otras fotogalerías|најновије вести|најчитаније"
    "|notícies relacionades|el més llegit|més notícies|още от рубриката|най-четени|последни новини|свързани новини"
    "|热门排行|热点新闻|更多新闻|ट्रेंडिंग|קראו גם|עוד כתבות|כתבות נוספות|اقرأ المزيد"
    "|liên quan|terpopuler|アクセスランキング|最新ニュース|가장 많이 본 뉴스|관련 뉴스|热门|最新消息|آخر الأخبار",
}

# Headings of what follows an article: comments, its author, sharing, newsletters, tags.
AFTER = (
    "comments|comment|leave a comment|leave a reply|leave a response|add a comment|post a comment"
    "|write a comment|join the discussion|discussion|responses|reader comments"
    "|about the author|about the authors|about author|author bio|meet the author|written by|about us"
    "|about the writer|author|authors|contributors|about"
    "|share this|share this article|share this story|share this post|share|share on|share via|follow us"
    "|follow us on|connect with us|stay connected|stay in touch|contact us|contact|get in touch|let's talk"
    "|forum|reply|vos commentaires|wollen sie uns unterstützen?|unterstützen sie uns|puisque vous êtes ici|puisque vous êtes ici..."
    "|newsletter|newsletters|subscribe|subscribe to our newsletter|sign up for our newsletter"
    "|subscribe to newsletter|get the newsletter|stay informed|stay up to date|never miss|join our newsletter"
    "|sign up|subscribe now|get updates|join our mailing list|get our newsletter|subscribe to our blog"
    "|subscribe for updates"
    "|tags|topics|topics in this article|filed under|categories|category|tagged|posted in|keywords|subjects"
    "|footnotes|references|reference list|works cited|citations|bibliography|endnotes|notes and references"
    "|disclosure|disclosures|disclaimer|copyright|advertisement|advertise|sponsored|ratings|rate this"
    "|was this helpful|was this article helpful|did you find this helpful"
    "|kommentare|kommentar schreiben|schreibe einen kommentar|kommentar verfassen|kommentare lesen"
    "|diskutieren sie mit|über den autor|über die autorin|über die autoren|zur person|zum autor|autor|teilen"
    "|artikel teilen|folgen sie uns|bildnachweis|quellen und weiterführende links|newsletter abonnieren|kontakt"
    "|impressum"
    "|commentaires|laisser un commentaire|partager|partager cet article|à propos de l'auteur|suivez-nous"
    "|l'auteur|s'inscrire à la newsletter|inscrivez-vous à notre newsletter"
    "|comentarios|deja un comentario|deja una respuesta|compartir|sobre el autor|sobre la firma|síguenos|etiquetas|commenti"
    "|lascia un commento|condividi|comentários|deixe um comentário|compartilhe|compartilhar|sobre o autor"
    "|reacties|geef een reactie|delen|deel dit artikel|over de auteur|komentarze|dodaj komentarz|udostępnij"
    "|komentáře|diskuse|kommentarer|kommentera|dela|коментарі|комментарии|поділитися|поделиться|yorumlar"
    "|yorum yap|hozzászólások|コメント|评论|댓글|про автора|об авторе|o autorze|o autorovi|om författaren|yazar hakkında"
)

# Lines that are furniture when the line is short.
LINES = (
    "read more|read also|also read|read next|read:|read our|must read|see also|related:|related article|more:"
    "|watch:|watch now|watch live|listen:|listen to|click here|sign up|subscribe|join our|join us|follow us"
    "|follow @|share this|share on|download our|download the"
    "|advertisement|continue reading|story continues|article continues|scroll to continue|skip to"
    "|skip advertisement|jump to|back to top|loading|copyright|copyright ©|copyright (c)|copyright 1|copyright 2|©|(c)|all rights reserved|our standards"
    "|this article was originally|this article originally|this article appears in|this article appeared in|this article first appeared in|this article first appeared on|this article first appeared at|this story appears in|this story appeared in"
    "|this story first appeared in|this story first appeared on|this story first appeared at|this story was originally|this post first appeared in|this post first appeared on|this post first appeared at|this piece first appeared in|this piece first appeared on|this piece first appeared at|photographs by|dieser artikel erschien|dieser artikel ist zuerst|dieser artikel stammt aus|dieser text erschien zuerst|dieser text erschien in|dieser text erschien im|dieser text erschien am|dieser text ist zuerst|dieser beitrag erschien"
    "|dieser beitrag ist zuerst|cet article est paru|cet article a été publié|cet article a été initialement|este artículo se publicó|este artículo fue publicado|este artículo apareció|questo articolo è stato pubblicato|questo articolo è apparso|este artigo foi publicado"
    "|dit artikel verscheen|dit artikel is eerder|tento článek poprvé|tento článek vyšel|tento článok vyšiel|artykuł ukazał się|tekst ukazał się|tekst pochodzi z numeru|tekst pochodzi z magazynu|tekst pochodzi z tygodnika|tekst pochodzi z miesięcznika|tekst pochodzi ze strony|artikeln publicerades|artikkelen ble først|artiklen blev først|denne artikel blev|denne artikel er først"
    "|статья впервые опубликована|впервые опубликовано|стаття вперше опублікована|вперше опубліковано|bu yazı ilk olarak|bu yazı ilk kez|本文首发|本文原载|this article was published|this article is published|this story was first published|this article was first published|tell us what you think|back to the list|photo:|photos:|photo by|photograph:|image:"
    "|images:|image credit|photo credit|picture:|credit:|source:|file photo|getty images|published:|updated:"
    "|last updated|posted on|posted by|published on|first published|by:|written by|interview by|reporting by|edited by"
    "|editing by|author:|tags:|topics:|filed under|categories:|category:|posted in|comments|comment on|leave a"
    "|log in|sign in|register|create an account|already a subscriber|this content is|to view this"
    "|enable javascript|your browser|your browser does not support|your browser doesn't support|your browser doesn’t support|your browser is out of date|your browser is outdated|your browser is no longer|get the latest|get our|want more|have a story|got a tip"
    "|do you have a story|do you have a tip|do you have a news|do you have a question|do you have any questions"
    "|do you have information"
    "|contact us|email us|for more information|print this|print article|save article|copy link|copied"
    "|view comments|show comments|hide caption|toggle caption|enlarge|open image|view gallery|minute read"
    "|min read|reading time|estimated reading|video by|video:|view image|view all|see all|see more|show more"
    "|load more|view this post|a post shared|we may earn|affiliate|disclosure:|disclaimer:|note:"
    "|was this article|was this helpful|was this page|was this story|was this content|was this newsletter"
    "|lesen sie|lesen sie auch|lesen sie mehr|lies auch|mehr zum thema|mehr dazu|mehr dazu lesen|mehr zu"
    "|hier geht es zu|hier geht es zum|hier geht es zur|hier geht es direkt|hier geht es weiter|hier geht's zu|hier geht's zum|hier geht's zur|hier geht's direkt|hier geht's weiter|hier geht’s zu|hier geht’s zum|hier geht’s zur|hier geht’s direkt|hier geht’s weiter"
    "|auch interessant|weiterlesen|anzeige|werbung|foto:|fotos:|bild:|bilder:|quelle:|quellen:|stand:"
    "|veröffentlicht|aktualisiert|von:|autor:|teilen|newsletter|jetzt abonnieren|abonnieren sie|folgen sie"
    "|zum newsletter|jetzt anmelden|copyright:|alle rechte|empfohlener externer|externer inhalt"
    "|an dieser stelle finden|an dieser stelle befindet|video:|grafik:|schlagworte|schlagwörter|kategorien|kategorie|zur startseite|drucken"
    "|merken|bildrechte|ende der weiteren|hier können sie|um eingebettete|exklusiv für"
    "|lire aussi|à lire aussi|à lire|à lire :|lire la suite|lire également|voir aussi|abonnez-vous|s'abonner"
    "|inscrivez-vous|publicité|crédit|crédits|source :|photo :|publié le|mis à jour|par :|partager"
    "|article réservé|il vous reste|lecture du monde|ajouter à vos|pour ajouter|ce contenu"
    "|lee también|lea también|leer también|lee más|más información|para saber más|te puede interesar|publicidad"
    "|foto:|fuente:|suscríbete|síguenos|compartir|leggi anche|leggi di più|pubblicità|fonte:|condividi"
    "|leia também|leia mais|publicidade|siga |inscreva"
    "|lees ook|lees meer|lees verder|advertentie|bron:|deel|beeld|czytaj także|czytaj też|czytaj również"
    "|zobacz także|zobacz też|reklama|źródło|fot.|čtěte|reklama|zdroj:|foto:|läs mer|läs också|annons"
    "|læs også|læs mere|annonce|les også|annonse|lue myös|lue lisää|mainos"
    "|читайте|читайте також|читайте также|ще за темою|дивіться також|смотрите также|фото:|джерело:|источник:"
    "|hirdetés|広告|광고|إعلان|reklam|διαφήμιση|publicitate|after newsletter promotion|haberin devamı|dalszy ciąg materiału"
    "|suggested topics|a version of this article appears in print|a version of this article appeared in print"
    "|विज्ञापन|الإعلانات|إعلانات|קראו גם|якщо ви помітили помилку|помітили помилку|знайшли помилку|заметили ошибку"
    "|нашли ошибку|если вы нашли ошибку|если вы заметили ошибку|kapcsolódó"
    "|реклама|підписуйтесь|подписывайтесь|підпишіться|подпишитесь|нагадаємо, що ви|baca juga|ilgili haber"
    "|besucher:|kaynak:|fotoğraf:|fotó:|forrás:|citește și|sursă:|延伸閱讀|延伸阅读|相關新聞|相关新闻|ये खबर भी पढ़ें|har du tips|if you liked this|関連記事|写真|cre:|图源|來源|출처|사진|اقرأ"
    "|if you notice a mistake|if you find a mistake|if you notice an error|if you find an error|found a mistake|อ่านเพิ่มเติม|อ่านต่อ|ข่าวที่เกี่ยวข้อง|сондай-ақ оқыңыз|тағы оқыңыз|чытайце таксама|прочетете още|прочитајте и"
    "|artikkelen fortsetter|artikeln fortsätter|artiklen fortsætter|artikkeli jatkuu|dalsza część artykułu"
    "|dalsza część materiału|a cikk a hirdetés|článek pokračuje|článok pokračuje|la suite après|l'article continue"
    "|continúa después de la publicidad|continua após a publicidade|continua depois da publicidade"
    "|continua a leggere dopo|artikel gaat verder|διαφημιση|請繼續往下閱讀|请继续往下阅读|スポンサーリンク"
    "|this breaking news story is being|this is a breaking news story|this is a developing story|this story is developing"
    "|please refresh the page|please refresh this page|please check back for|to participate|login or subscribe|become a member|become a subscriber"
    "|support our journalism|today's issue is brought|today’s issue is brought|this issue is brought"
    "|print recipe|jump to recipe|did you find this"
    "|haben sie fehler entdeckt|fehler gefunden|wollen sie uns unterstützen|ihr abo macht|puisque vous êtes ici"
    "|vi bryr oss om ditt|ακολουθήστε |simak breaking news|simak berita|ikuti berita|urmărește știrile|urmăriți-ne"
    "|kövess minket|kövesse |sledujte nás|obserwuj nas|dołącz do nas|ახალი ამბები|takip et|абонирайте се|пратите нас"
    "|责任编辑|責任編輯|編輯:|编辑:|editor :|editor:|redactor:|toimetaja:|toimittaja:|editör:|redakcja:|редактор:"
    "|голосов:|уважаемый посетитель|扫描二维码|扫描下方|扫描上方|扫描左侧|扫描右侧|扫一扫|欢迎扫描"
    "|tác giả:|nguồn tin:|nguồn:|từ khóa:|chúng tôi giữ bản quyền|pročitajte i|preberite tudi|prečítajte si aj|skaitykite taip pat|lasi arī|loe ka|lexo edhe|dowiedz się więcej|baca selengkapnya"
)

# Beginnings of notices to readers, long enough to be no news whatever follows: subscriptions, ad blockers, corrections.
NOTICES = (
    "follow topics and authors|при использовании материалов|при копировании материалов|при перепечатке|when we learn of a mistake, we acknowledge|a version of this article appear"
    "|it looks like you are using an ad|it looks like you're using an ad|we noticed you're using an ad"
    "|please disable your ad|please turn off your ad|you are using an ad blocker|sie verwenden einen adblocker"
    "|bitte deaktivieren sie ihren adblocker|tu suscripción se está usando en otro|¿quieres añadir otro usuario a tu"
    "|note from the author|while you're here|while you’re here|si continúas leyendo en este dispositivo|mitä ajatuksia juttu herätti"
)

# Those of them that sentences begin with too: they count where little follows, or what follows is no sentence.
WEAK_LINES = (
    "published on|posted on|written by|edited by|your browser|comment on|publié le|más información|źródło|διαφήμιση"
    "|來源|광고|広告|إعلان|إعلانات|الإعلانات|विज्ञापन|ახალი ამბები"
    "|à lire|to participate|support our journalism|become a member|become a subscriber|advertisement|loading|copyright|comments|register|enlarge|affiliate|note:|sign up|get our|see more|see all"
    "|listen to|related:|more:|copied|hier können sie|stand:|lesen sie|join us|must read|watch now"
    "|have a story|want more|anzeige|werbung|teilen|merken|drucken|veröffentlicht|aktualisiert|kategorie|kategorien"
    "|mehr dazu|mehr zu|newsletter|crédit|crédits|publicité|partager|compartir|publicidad|condividi|pubblicità"
    "|publicidade|advertentie|deel|beeld|reklama|reklam|hirdetés|publicitate|annons|annonce|annonse|mainos|реклама|читайте|写真|사진|출처|اقرأ"
)

# Labels of what is sold: such a line says nothing else, as sentences and headings begin with these words too.
ALONE = "iklan|quảng cáo|تبلیغات|تبلیغ|آگهی|โฆษณา|reklaam|reklāma|oglas|oglasi"

# Headings that go on with what their box is about.
OPEN = (
    "most viewed in|most read in|most popular in|more about|more on|more from|read more on|read more from|latest from|latest on|read more about|mehr zu|mehr zum thema|mehr aus|mehr über"
    "|neues aus|mehr von|meer|plus sur|plus de|más sobre|más de|mais sobre|altro su|meer over|mer om|więcej o|ще про|ещё о|еще о|больше о"
)
# Headings of links that lead to no articles.
NO_ARTICLES = (
    "archivado en|themen|mots-cles|schlagworter|schlagworte|kategorien|теги|article tags|blog categories|newsletter"
    "|підписуйтесь|post navigation|beitrags-navigation|beitragsnavigation|zur startseite"
)
# Headings of boxes of other articles that texts have as headings of their own: they end no text.
BOXES = (
    "more posts|most viewed|most viewed in|most read in|most shared|most commented|most watched|other posts|older posts"
    "|newer posts|the latest|just in|in other news|in this series|from the archive|people also read"
    "|readers also read|what others are reading|our pick|our picks|today's top stories|on this topic|on this subject"
    "|passend zum artikel|mehr dazu|dazu passend|das könnte sie interessieren|lesetipps|leseempfehlungen"
    "|am meisten gelesen|beliebte artikel|beliebte beiträge|letzte beiträge|weitere news|mehr nachrichten"
    "|das meistgelesene|beliebteste artikel|in diesem artikel erwähnt|schlagzeilen"
    "|articles récents|articles populaires|articles les plus lus|sur le même thème|à ne pas manquer|dans l'actualité"
    "|autres articles|autres actualités|plus d'actualités|lire plus|les plus partagés|le fil de l'actu|à lire ensuite"
    "|notas relacionadas|nota relacionada|noticia relacionada|artículo relacionado|vea también|ver también|mira también"
    "|entradas recientes|entradas populares|últimas entradas|otras noticias|te puede gustar|más en|las más leídas"
    "|no te pierdas|más vistas|lo más reciente|sigue leyendo|información relacionada|lecturas recomendadas"
    "|altre notizie|ti potrebbe interessare anche|ti potrebbero interessare|ti può interessare|articoli recenti"
    "|vedi anche|potrebbe interessarti anche|i più visti|notizie del giorno|da non perdere"
    "|mensagens populares|postagens mais visitadas|postagens populares|postagens recentes|artigos recentes|veja mais"
    "|outras notícias|mais notícias|as mais lidas|mais populares|não perca|matérias relacionadas"
    "|notícia relacionada|mais vistas"
    "|lees ook dit|ook lezen|meer artikelen|gerelateerd nieuws|verwante artikelen|recente berichten|net binnen"
    "|ook in het nieuws|meest bekeken"
    "|ostatnie wpisy|ostatnie artykuły|inne artykuły|inne wiadomości|powiązane artykuły|zobacz więcej"
    "|najczęściej komentowane|w tym temacie"
    "|přečtěte si také|přečtěte si i|čtěte dále|další zprávy|nejnovější články|mohlo by vás zaujmout"
    "|nejdiskutovanější|poslední články"
    "|prečítajte si aj|prečítajte si tiež|čítajte aj|čítajte tiež|súvisiace články|najčítanejšie|mohlo by vás zaujímať"
    "|ďalšie články|odporúčame"
    "|citiți și|citiţi şi|citește și|citește mai mult|vezi și|articole recente|articole similare|știri recente"
    "|alte știri|alte articole|recomandări|cele mai noi|te-ar putea interesa|pe aceeași temă"
    "|ilgili haber|ilgili içerikler|ilgili yazılar|benzer içerikler|bunları da beğenebilirsiniz|en çok okunanlar"
    "|popüler haberler|son yazılar|son haberler|önerilen haberler|günün öne çıkanları|bunlara da bakın"
    "|διαβάστε ακόμη|διαβάστε και|δείτε ακόμα|δείτε ακόμη|περισσότερα νέα|τελευταίες ειδήσεις|ροή ειδήσεων"
    "|δημοφιλέστερα|σχετικά θέματα"
    "|сюжет|главные новости|другие новости раздела|новости раздела|читайте по теме|ещё новости|еще новости"
    "|новости партнёров|новости партнеров|популярные новости|популярные статьи|последние записи|вам понравится"
    "|материалы сюжета|эта новость в сюжете|что ещё почитать|похожие статьи|похожие материалы|сейчас читают"
    "|головні новини|інші новини розділу|більше за темою|ще новини|новини партнерів|останні записи|зараз читають"
    "|читайте ще|вибір редакції|схожі статті|новини дня"
    "|чытайце таксама|апошнія навіны|прочетете още|вижте още|още новини|най-новите|свързани статии|вижте също"
    "|прочитајте још|прочитајте и|најновије|повезане вести|pročitajte još|pročitajte i|povezane vesti|najnovije vesti"
    "|najčitanije|najnovije|povezani članci|vezane vijesti|preberite tudi|najbolj brano|sorodne vsebine"
    "|сондай-ақ оқыңыз|тағы оқыңыз|тақырып бойынша|соңғы жаңалықтар|ұқсас жаңалықтар|көп оқылғандар"
    "|o'qing|shuningdek o'qing|so'nggi yangiliklar|mavzuga oid|həmçinin oxuyun|oxşar xəbərlər|son xəbərlər"
    "|skaitykite taip pat|taip pat skaitykite|skaitomiausi|susiję straipsniai|lasi arī|saistītie raksti|lasītākie"
    "|loe ka|loe lisaks|seotud lood|seotud artiklid|loetumad|viimased uudised"
    "|mest lästa|senaste|relaterat innehåll|läs vidare|fler nyheter|missa inte|mest leste|siste saker|anbefalt"
    "|flere nyheter"
    "|andre læser også|mest læst|seneste nyheder|seneste|flere nyheder|anbefalet|lue seuraavaksi|suosituimmat"
    "|luetuimmat jutut|uusimmat uutiset|aiheeseen liittyvää|mest lesið|fleiri fréttir|nýjustu fréttir|tengdar fréttir"
    "|olvassa el ezt is|további cikkek|további hírek|ezeket is olvassa el|ajánljuk|kapcsolódó anyagok|legnépszerűbb"
    "|ezt olvasta már"
    "|berita lainnya|berita populer|berita terbaru|artikel lainnya|artikel terbaru|baca selengkapnya|paling populer"
    "|berita berkaitan|berita lain|artikel berkaitan|basahin din|kaugnay na balita"
    "|tin mới|tin khác|có thể bạn quan tâm|bài viết khác|tin cùng chủ đề|tin nổi bật|bài viết mới"
    "|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวยอดนิยม|เรื่องที่เกี่ยวข้อง|อ่านต่อ|ข่าวอื่นๆ"
    "|আরও পড়ুন|আরো পড়ুন|সর্বশেষ|সর্বাধিক পঠিত|সম্পর্কিত খবর|এই বিভাগের আরও খবর"
    "|और पढ़ें|इसे भी पढ़ें|संबंधित समाचार|संबंधित लेख|ताजा खबरें|लोकप्रिय|हेही वाचा|हे ही वाचा|மேலும் படிக்க|తాజా వార్తలు"
    "|مواضيع متعلقة|مواضيع مرتبطة|أخبار متعلقة|اقرأ المزيد|أخبار أخرى|الأكثر مشاهدة|قد يعجبك أيضا|قد يهمك|المقالات ذات الصلة"
    "|مقالات متعلقة|اخبار مرتبط|مطالب مرتبط|بیشتر بخوانید|پربازدیدترین|مزید پڑھیں|یہ بھی پڑھیں"
    "|כתבות קשורות|אולי יעניין אותך|הכי נקראות|עוד חדשות|לקריאה נוספת"
    "|関連する記事|おすすめ|新着記事|こちらもおすすめ|もっと読む|あなたにおすすめ|ランキング"
    "|相关文章|热点推荐|猜你喜欢|大家都在看|最新文章|精彩推荐|相關文章|熱門新聞|更多報導|熱門文章"
    "|あわせて読む|あわせてどうぞ|関連するニュース|你可能還想看|你可能还想看|더 볼만한 뉴스|인기기사|주요기사|อ่านข่าวที่เกี่ยวข้อง"
    "|তাজা খবর|আরও খবর|এই সম্পর্কিত আরও|தொடர்புடைய செய்திகள்|సంబంధిత వార్తలు|ബന്ധപ്പെട്ട വാർത്തകൾ|ಸಂಬಂಧಿತ ಸುದ್ದಿ"
    "|संबंधित बातम्या|સંબંધિત સમાચાર|ਸੰਬੰਧਿਤ ਖ਼ਬਰਾਂ|متعلقہ خبریں|مرتبط با این خبر"
    "|მსგავსი სიახლეები|ბოლო სიახლეები|მსგავსი თემები|კითხვადი|სხვა სიახლეები|համանման նյութեր|վերջին նորություններ"
    "|լրահոս|նմանատիպ նյութեր|ամենաընթերցվածը|холбоотой мэдээ|свежие новости|последние материалы|дивіться ще"
    "|свіжі новини|bu haberler de ilginizi çekebilir|muita tiedotteita|fler recept|tin nên đọc|din aceeași categorie|passend dazu|موضوعات متعلقة"
    "|כתבות אחרונות|das könnte sie ebenfalls interessieren|mehr aus dem ressort"
    "|이 시각 주요뉴스|함께 볼만한 기사|관련글|최신 기사|인기 뉴스|추천 뉴스|주요 뉴스|다른 기사"
)
