"""What pages of a site about itself are called, in their headlines and addresses, a language a line."""

from __future__ import annotations

from workers.core.text import fold

_LAW = """
privacy policy|privacy notice|privacy statement|cookie policy|cookies policy|terms of use
terms of service|terms and conditions|terms & conditions|terms and conditions of use|legal notice
accessibility statement|copyright notice|privacy policy and terms|terms and privacy
impressum|datenschutzerklärung|datenschutzhinweise|datenschutzhinweis|nutzungsbedingungen
allgemeine geschäftsbedingungen|impressum und datenschutz|impressum & datenschutz|haftungsausschluss
erklärung zur barrierefreiheit
mentions légales|politique de confidentialité|politique de cookies|conditions d'utilisation
conditions générales|conditions générales d'utilisation|conditions générales de vente|cgu|cgv
aviso legal|política de privacidad|política de cookies|términos y condiciones|condiciones de uso|términos de uso
note legali|informativa sulla privacy|privacy e cookie|informativa privacy|termini e condizioni|condizioni d'uso
política de privacidade|termos de uso|termos e condições|política de cookies|aviso de privacidade
privacybeleid|privacyverklaring|cookiebeleid|algemene voorwaarden|gebruiksvoorwaarden|colofon
polityka prywatności|polityka cookies|polityka plików cookies|nota prawna
політика конфіденційності|правила користування|умови використання|угода користувача|політика приватності
вихідні дані|публічна оферта|правила використання матеріалів|політика cookies
политика конфиденциальности|правила использования|пользовательское соглашение|условия использования
выходные данные|публичная оферта|согласие на обработку персональных данных
политика обработки персональных данных|политика в отношении обработки персональных данных
ochrana osobních údajů|obchodní podmínky|podmínky použití|podmínky užití|ochrana osobných údajov
zásady ochrany osobních údajů
integritetspolicy|användarvillkor|personuppgiftspolicy|cookiepolicy|privatlivspolitik|cookiepolitik|handelsbetingelser
personvernerklæring|brukervilkår|tietosuojaseloste|käyttöehdot|rekisteriseloste
gizlilik politikası|kullanım koşulları|künye|adatvédelmi tájékoztató|felhasználási feltételek|impresszum
adatkezelési tájékoztató
politica de confidențialitate|termeni și condiții|πολιτική απορρήτου|όροι χρήσης|impresum|politika privatnosti
プライバシーポリシー|利用規約|特定商取引法に基づく表記|隐私政策|隱私政策|使用条款|服务条款|免责声明|版权声明|개인정보처리방침|이용약관
سياسة الخصوصية|شروط الاستخدام|الشروط والأحكام|الأحكام والشروط|حریم خصوصی|מדיניות פרטיות|תנאי שימוש
privatumo politika|naudojimosi taisyklės|privātuma politika|lietošanas noteikumi|privaatsuspoliitika|kasutustingimused
politika zasebnosti|pogoji uporabe|uvjeti korištenja|uslovi korišćenja|podmienky používania|politika e privatësisë
политика за поверителност|общи условия|политика за приватност|политика приватности|құпиялылық саясаты
kebijakan privasi|pedoman media siber|syarat dan ketentuan|dasar privasi|chính sách bảo mật|điều khoản sử dụng
นโยบายความเป็นส่วนตัว|ข้อกำหนดและเงื่อนไข|गोपनीयता नीति|კონფიდენციალურობის პოლიტიკა|məxfilik siyasəti
"""
_ABOUT = """
about|about us|about the|who we are|contact|contact us|contacts|get in touch|advertise|advertise with us|advertising
privacy|datenschutz|personvern|terms|legal|imprint|disclaimer|copyright|gdpr|agb|regulamin|our team|meet the team
the team|editorial policy
editorial team|editorial standards|ethics policy|corrections policy
subscribe|subscriptions|subscribe now|choose your subscription|subscribe to|newsletters|newsletter sign-up|sitemap
site map|help|help centre|help center|faq|careers|work with us|media kit|mediakit|ad choices|write for us|donate
support us|about this site|masthead|staff|rss feeds|contact and about|my account|register|create an account
über|über uns|wer wir sind|kontakt|kontakt und anfahrt|mediadaten|werbung|werben|anzeigen|redaktion|unser team
das team|abo|abonnement|abonnements|abo-shop|jetzt abonnieren|newsletter abonnieren|karriere|stellenangebote|hilfe
werben sie bei uns|spenden|inhaltsverzeichnis|sitemap
à propos|à propos de nous|qui sommes-nous|qui sommes-nous ?|qui sommes nous|contactez-nous|nous contacter|la rédaction
publicité|annonceurs|s'abonner|abonnez-vous|plan du site|recrutement|nos offres d'abonnement|aide
acerca de|acerca de nosotros|quiénes somos|sobre nosotros|contacto|contáctenos|contáctanos|publicidad|suscripciones
suscríbete|mapa del sitio|anúnciate|chi siamo|contatti|contattaci|pubblicità|abbonamenti|abbonati|la redazione
redazione|lavora con noi|mappa del sito|quem somos|sobre|sobre nós|contato|fale conosco|contacto|contactos|anuncie
publicidade|assine|assinaturas|expediente|mapa do site|over|over ons|contacteer ons|adverteren|abonneren|abonnementen
klantenservice|o nas|kontakt|reklama|redakcja|prenumerata|mapa strony|mapa witryny|o serwisie
про нас|про проєкт|про проект|про сайт|про видання|контакти|зворотний зв'язок|реклама|реклама на сайті|редакція
передплата|команда|вакансії|карта сайту|підписка
о нас|о проекте|о сайте|об издании|контакты|обратная связь|реклама на сайте|редакция|подписка|вакансии|карта сайта
o nás|kontakty|inzerce|předplatné|redakce|reklama a inzerce|redakcia|predplatné|om|om oss|kontakta oss|annonsera
prenumerera|om os|kontakt os|annoncering|abonner|kontakt oss|annonsere|tietoa meistä|meistä|yhteystiedot|ota yhteyttä
mainostajille|tilaa|hakkımızda|iletişim|reklam|rólunk|kapcsolat|elérhetőség|médiaajánlat|előfizetés|despre noi
despre|contactează-ne|publicitate|redacția|abonamente|επικοινωνία|σχετικά με εμάς|ποιοι είμαστε|διαφήμιση|ταυτότητα
o nama|за нас|контакти|会社概要|お問い合わせ
運営会社|私たちについて|広告掲載|关于我们|關於我們|联系我们|聯絡我們|회사소개|문의하기
من نحن|اتصل بنا|اتصل|أعلن معنا|درباره ما|تماس با ما|אודות|צור קשר
apie mus|kontaktai|par mums|kontakti|meist|rreth nesh|kontaktet|за нас|контакти|біз туралы|haqqımızda|əlaqə
tentang kami|hubungi kami|redaksi|kontak|giới thiệu|liên hệ|liên hệ tòa soạn|เกี่ยวกับเรา|ติดต่อเรา|हमारे बारे में
"""
_SEARCHES = """
search|search results|search results for|results for|you searched for|suche|suchergebnisse|suchergebnisse für
suchergebnis|ergebnisse für|recherche|résultats de recherche|résultats de la recherche|résultats pour
résultats de recherche pour|buscar|búsqueda|resultados de búsqueda|resultados de la búsqueda|resultados para
resultados da busca|resultados da pesquisa|resultados da busca por|ricerca|risultati della ricerca|risultati per
zoeken|zoekresultaten|zoekresultaten voor|wyniki wyszukiwania|wyniki wyszukiwania dla|szukaj|wyszukiwarka|пошук
результати пошуку|результати пошуку за запитом|поиск|результаты поиска|результаты поиска по запросу
vyhledávání|výsledky vyhledávání|výsledky hledání|sök|sökresultat|sökresultat för|søg|søgeresultater|søk
søkeresultater
haku|hakutulokset|ara|arama|arama sonuçları|keresés|keresési eredmények|căutare|rezultatele căutării
αναζήτηση|αποτελέσματα αναζήτησης|検索結果|搜索结果|搜尋結果|검색 결과|نتائج البحث
"""
# Addresses whose last part is one of these, without its ending.
_LAW_PATHS = """
privacy privacy-policy privacypolicy privacy-notice privacy-statement cookie-policy cookies-policy cookiepolicy
terms terms-of-use terms-of-service terms-and-conditions terms-conditions tos legal legal-notice imprint disclaimer
accessibility-statement copyright gdpr impressum datenschutz datenschutzerklaerung datenschutzhinweise agb
nutzungsbedingungen haftungsausschluss mentions-legales politique-de-confidentialite confidentialite cgu cgv
conditions-generales conditions-d-utilisation politique-de-cookies aviso-legal politica-de-privacidad
politica-de-cookies terminos-y-condiciones condiciones-de-uso note-legali informativa-privacy termini-e-condizioni
politica-de-privacidade termos-de-uso privacybeleid privacyverklaring cookiebeleid algemene-voorwaarden colofon
polityka-prywatnosci regulamin polityka-cookies politika-konfidentsiinosti polityka-konfidentsiynosti
politika-konfidencialnosti polzovatelskoe-soglashenie ochrana-osobnich-udaju obchodni-podminky podminky
integritetspolicy anvandarvillkor privatlivspolitik personvern tietosuojaseloste tietosuoja kayttoehdot
gizlilik-politikasi kunye adatvedelem adatvedelmi-tajekoztato impresszum
politica-de-confidentialitate termeni-si-conditii oroi-xrisis impresum
privatumo-politika privatuma-politika politika-zasebnosti kebijakan-privasi pedoman-media-siber
chinh-sach-bao-mat dieu-khoan-su-dung
"""
_ABOUT_PATHS = """
about about-us aboutus about-me who-we-are contact contact-us contactus contacts advertise advertise-with-us advertising
advertisers our-team team staff masthead editorial-policy editorial-team editorial-standards ethics-policy
corrections-policy subscribe subscription subscriptions subscribe-now newsletters newsletter sitemap site-map help
help-center faq careers jobs media-kit mediakit write-for-us donate support-us login signin sign-in register signup
sign-up account my-account ueber-uns uber-uns ueberuns wir-ueber-uns kontakt kontaktformular mediadaten werbung werben
redaktion abo abonnement abonnements abonnieren karriere hilfe spenden a-propos apropos qui-sommes-nous
contactez-nous nous-contacter publicite annonceurs s-abonner abonnez-vous plan-du-site recrutement acerca-de
quienes-somos sobre-nosotros contacto contactenos publicidad suscripciones suscribete chi-siamo contatti pubblicita
abbonamenti abbonati redazione lavora-con-noi quem-somos sobre sobre-nos contato fale-conosco anuncie publicidade assine
assinaturas expediente over-ons adverteren abonneren klantenservice o-nas reklama redakcja prenumerata
pro-nas kontakty kontakti redakciya redaktsiya o-proekte o-kompanii inzerce predplatne redakce om-oss
kontakta-oss annonsera prenumerera om-os kontakt-os annoncering om kontakt-oss annonsere meista yhteystiedot
ota-yhteytta tilaa hakkimizda iletisim reklam rolunk kapcsolat elofizetes despre-noi publicitate abonamente
epikoinonia o-nama apie-mus kontaktai par-mums tentang-kami hubungi-kami lien-he gioi-thieu
"""
_SEARCH_PATHS = """
search find results suche finden recherche rechercher chercher buscar busca busqueda buscador pesquisa cerca ricerca
zoeken zoek szukaj wyszukiwarka wyszukiwanie poshuk poisk vyhledavani hledat hledani sok sog sok-resultat haku hae
arama ara kereses cautare anazitisi
calendar kalender calendrier calendario agenda kalendarz kalendar
"""

# What a search, a calendar or a list that can be narrowed is asked for.
_ASKED = """
q s query search keyword keywords word words term text what find suche recherche month year day date from sort order
filter topic region category tag type page
"""


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(fold(phrase) for line in lines.strip().split("\n") for phrase in line.split("|"))


LAW_TITLES, ABOUT_TITLES, SEARCH_TITLES = map(_phrases, (_LAW, _ABOUT, _SEARCHES))
LAW_PATHS, ABOUT_PATHS, SEARCH_PATHS = (frozenset(words.split()) for words in (_LAW_PATHS, _ABOUT_PATHS, _SEARCH_PATHS))
ASKED = frozenset(_ASKED.split())
