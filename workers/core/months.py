"""Names of months and weekdays as news pages write them.

In lower case; a name means the same month in every language that has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# An underscore stands for a space within a name.
_NAMES = {
    1: "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari januar styczeń"
    " stycznia sty leden ledna"
    " január januára января январь янв січня січень січ студзень студзеня ocak ianuarie ιανουαρίου ιανουαριου ιαν januára"
    " tammikuuta tammikuu"
    " siječnja siječanj јануар јануара януари gener يناير ינואר जनवरी januari"
    " sausio sausis كانون_الثاني มกราคม ม.ค"
    " janvāris janvāra janvārī jaanuar janúar იანვარი janar yanvar қаңтар জানুয়ারি جنوری ژانویه հունվարի בינואר",
    2: "february feb februar fév févr février febrero febbraio fevereiro fev februari luty lutego lut únor"
    " února febr február"
    " februára февраля февраль фев лютого лютий лют лютага şubat februarie φεβρουαρίου φεβρουαριου φεβ helmikuuta helmikuu"
    " veljače фебруар"
    " февруари febrer فبراير פברואר फरवरी"
    " vasario vasaris شباط กุมภาพันธ์ ก.พ"
    " februāris februāra februārī veebruar febrúar თებერვალი shkurt fevral ақпан ফেব্রুয়ারি فروری فوریه փետրվարի בפברואר",
    3: "march mar märz mär mrz mars marzo março maart mrt marzec marca březen března márc március марта март"
    " мар березня березень"
    " бер сакавік сакавіка mart martie μαρτίου μαρτιου μαρ maaliskuuta maaliskuu ožujka març مارس מרץ मार्च"
    " kovo kovas آذار اذار มีนาคม มี.ค"
    " берез maret mac marts martā märts მარტი marec marca наурыз মার্চ مارچ مارس մարտի במרץ",
    4: "april apr avril avr abril abr aprile kwiecień kwietnia kwi duben dubna ápr április apríla апреля апрель"
    " апр квітня квітень"
    " кві красавіка nisan aprilie απριλίου απριλιου απρ huhtikuuta huhtikuu travnja април abril أبريل ابريل אפריל अप्रैल"
    " balandžio balandis نيسان เมษายน เม.ย"
    " квіт aprīlis aprīļa aprīlī aprill apríl აპრილი prill aprel сәуір এপ্রিল اپریل آوریل ապրիլի באפריל",
    5: "may mai mayo maggio mag maio mei maj maja května květen máj május mája мая май травня травень тра"
    " траўня mayıs mai μαΐου μαιου μαϊ"
    " toukokuuta toukokuu svibnja мај maig مايو מאי मई"
    " gegužės gegužė أيار ايار พฤษภาคม พ.ค"
    " трав maijs maija maijā მაისი мамыр মে مئی مه մայիսի במאי",
    6: "june jun juni juin junio giugno giu junho czerwiec czerwca cze červen června jún június júna июня июнь"
    " июн червня червень"
    " чер чэрвеня haziran iunie ιουνίου ιουνιου ιουν kesäkuuta kesäkuu lipnja јун юни juny يونيو יוני जून"
    " birželio birželis حزيران มิถุนายน มิ.ย"
    " черв jūnijs jūnija jūnijā juuni júní ივნისი junij junija qershor iyun маусым জুন جون ژوئن հունիսի ביוני",
    7: "july jul juli juil juillet julio luglio lug julho lipiec lipca lip červenec července júl július júla"
    " июля июль июл липня"
    " липень ліпеня temmuz iulie ιουλίου ιουλιου ιουλ heinäkuuta heinäkuu srpnja јул юли juliol يوليو יולי जुलाई"
    " liepos liepa تموز กรกฎาคม ก.ค"
    " лип julai jūlijs jūlija jūlijā juuli júlí ივლისი julij julija korrik iyul шілде জুলাই جولائی ژوئیه հուլիսի ביולי",
    8: "august aug août aou agosto ago augustus sierpień sierpnia sie srpen srpna augusztus augusta августа"
    " август авг серпня"
    " серпень сер жніўня ağustos αυγούστου αυγουστου αυγ elokuuta elokuu kolovoza август agost أغسطس אוגוסט अगस्त augusti"
    " rugpjūčio rugpjūtis آب สิงหาคม ส.ค"
    " серп ogos agustus augusts augustā ágúst აგვისტო avgust avgusta gusht avqust тамыз আগস্ট اگست اوت օգոստոսի באוגוסט",
    9: "september sep sept septembre septiembre set settembre setembro wrzesień września wrz září szept"
    " szeptember septembra"
    " сентября сентябрь сен сент вересня вересень вер верасня eylül septembrie σεπτεμβρίου σεπτεμβριου σεπ syyskuuta"
    " syyskuu rujna"
    " септембар септември setembre سبتمبر ספטמבר सितंबर"
    " rugsėjo rugsėjis أيلول ايلول กันยายน ก.ย"
    " верес septembris septembrī სექტემბერი shtator sentyabr қыркүйек সেপ্টেম্বর ستمبر سپتامبر սեպտեմբերի בספטמבר",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź říjen"
    " října október októbra"
    " октября октябрь окт жовтня жовтень жов кастрычніка ekim octombrie οκτωβρίου οκτωβριου οκτ lokakuuta lokakuu октобар"
    " октомври أكتوبر اكتوبر אוקטובר अक्टूबर"
    " spalio spalis تشرين_الأول تشرين_الاول ตุลาคม ต.ค"
    " жовт oktobris oktobrī oktoober október ოქტომბერი oktobra tetor oktyabr қазан অক্টোবর اکتوبر اکتبر հոկտեմբերի באוקטובר",
    11: "november nov novembre noviembre novembro listopad lis listopada listopadu novembra ноября ноябрь ноя"
    " листопада листопад лис"
    " лістапада kasım noiembrie νοεμβρίου νοεμβριου νοε marraskuuta marraskuu studenoga studeni новембар ноември نوفمبر"
    " נובמבר नवंबर"
    " lapkričio lapkritis تشرين_الثاني พฤศจิกายน พ.ย"
    " лист novembris novembrī nóvember ნოემბერი nëntor noyabr қараша নভেম্বর نومبر نوامبر նոյեմբերի בנובמבר",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru prosinec"
    " prosince decembra"
    " декабря декабрь дек грудня грудень гру снежня aralık decembrie δεκεμβρίου δεκεμβριου δεκ joulukuuta joulukuu"
    " prosinca децембар"
    " декември desembre desember ديسمبر דצמבר दिसंबर"
    " gruodžio gruodis كانون_الأول كانون_الاول ธันวาคม ธ.ค"
    " груд desember disember decembris decembrī detsember დეკემბერი dhjetor dekabr желтоқсан ডিসেম্বর دسمبر دسامبر դեկտեմբերի בדצמבר",
}


# The digits of other scripts, each from its zero on, as those that all patterns know.
_DIGITS = {ord(zero) + digit: str(digit) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐០၀０" for digit in range(10)}
_OTHER_DIGIT = re.compile(f"[{''.join(map(chr, _DIGITS))}]")


def folded(text: str) -> str:
    """The text as names are compared: in lower case, every i of Turkish a plain one, and digits of scripts as ours."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    if _OTHER_DIGIT.search(lowered):
        lowered = lowered.translate(_DIGITS)
    # Some letters lose their accent to a sign of its own, so the form is set anew.
    return unicodedata.normalize("NFC", lowered.replace("i\u0307", "i").replace("ı", "i"))


MONTHS = {folded(name.replace("_", " ")): month for month, names in reversed(_NAMES.items()) for name in names.split()}


def _by_first_letter(names: Iterable[str]) -> str:
    """A pattern of all names, the longest first: with one branch for each letter that they begin with it is sooner."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        groups.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


# Any of them, as part of a pattern for folded text.
MONTH = _by_first_letter(MONTHS)

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo lun mié jue vie sáb dom"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa"
    " понеділок вівторок середа четвер п'ятниця п’ятниця субота неділя"
    " понедельник вторник среда четверг пятница суббота воскресенье"
    " pazartesi salı çarşamba perşembe cuma cumartesi pazar luni marți miercuri joi vineri sâmbătă duminică"
    " δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"
    " maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai"
    " hétfő kedd szerda csütörtök péntek szombat vasárnap"
    " måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag"
    " ponedjeljak utorak srijeda četvrtak petak subota nedjelja"
    " الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日"
    " 월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
WEEKDAYS = frozenset(map(folded, _WEEKDAYS.split()))
