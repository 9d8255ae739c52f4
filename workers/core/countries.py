"""What the country in a host's name tells of how its pages write: the time zone, and the order of day and month.

Only countries whose press writes one time; names that others use too (`.io`, `.tv`, `.me`, `.co` …) tell nothing.
Russia's press writes that of Moscow nearly everywhere, and each of its other times is nearer to that than to UTC, in
which its clocks would be read without it.
"""

from __future__ import annotations

_ZONES = (
    "ad:Europe/Andorra ae:Asia/Dubai al:Europe/Tirane am:Asia/Yerevan at:Europe/Vienna az:Asia/Baku"
    " ba:Europe/Sarajevo bd:Asia/Dhaka be:Europe/Brussels bg:Europe/Sofia bh:Asia/Bahrain bo:America/La_Paz"
    " by:Europe/Minsk ch:Europe/Zurich cl:America/Santiago cn:Asia/Shanghai cr:America/Costa_Rica cu:America/Havana"
    " cy:Asia/Nicosia cz:Europe/Prague de:Europe/Berlin dk:Europe/Copenhagen do:America/Santo_Domingo dz:Africa/Algiers"
    " ee:Europe/Tallinn eg:Africa/Cairo es:Europe/Madrid et:Africa/Addis_Ababa fi:Europe/Helsinki fr:Europe/Paris"
    " ge:Asia/Tbilisi gh:Africa/Accra gr:Europe/Athens gt:America/Guatemala hk:Asia/Hong_Kong hn:America/Tegucigalpa"
    " hr:Europe/Zagreb hu:Europe/Budapest ie:Europe/Dublin il:Asia/Jerusalem in:Asia/Kolkata iq:Asia/Baghdad"
    " ir:Asia/Tehran is:Atlantic/Reykjavik it:Europe/Rome jm:America/Jamaica jo:Asia/Amman jp:Asia/Tokyo"
    " ke:Africa/Nairobi kg:Asia/Bishkek kh:Asia/Phnom_Penh kr:Asia/Seoul kw:Asia/Kuwait kz:Asia/Almaty lb:Asia/Beirut"
    " lk:Asia/Colombo"
    " lt:Europe/Vilnius lu:Europe/Luxembourg lv:Europe/Riga ma:Africa/Casablanca md:Europe/Chisinau mk:Europe/Skopje"
    " mt:Europe/Malta my:Asia/Kuala_Lumpur na:Africa/Windhoek ng:Africa/Lagos ni:America/Managua nl:Europe/Amsterdam"
    " no:Europe/Oslo np:Asia/Kathmandu nz:Pacific/Auckland om:Asia/Muscat pa:America/Panama pe:America/Lima"
    " ph:Asia/Manila pk:Asia/Karachi pl:Europe/Warsaw pt:Europe/Lisbon py:America/Asuncion qa:Asia/Qatar"
    " ro:Europe/Bucharest rs:Europe/Belgrade ru:Europe/Moscow rw:Africa/Kigali sa:Asia/Riyadh se:Europe/Stockholm"
    " sg:Asia/Singapore"
    " si:Europe/Ljubljana sk:Europe/Bratislava sn:Africa/Dakar sv:America/El_Salvador th:Asia/Bangkok tn:Africa/Tunis"
    " tr:Europe/Istanbul tw:Asia/Taipei tz:Africa/Dar_es_Salaam ua:Europe/Kyiv ug:Africa/Kampala uk:Europe/London"
    " uy:America/Montevideo uz:Asia/Tashkent ve:America/Caracas vn:Asia/Ho_Chi_Minh za:Africa/Johannesburg"
    " zm:Africa/Lusaka zw:Africa/Harare"
)
_ZONE_OF = dict(pair.split(":") for pair in _ZONES.split())
# Where English has the day before the month. Nothing is said of Canada, which writes both.
_DAY_FIRST_IN = "ae au bd eu gh hk ie in jm ke lk mt my na ng nz pk qa rw sg tz ug uk za zm zw"
_DAY_FIRST = frozenset(_DAY_FIRST_IN.split())


def zone_of(host: str) -> str | None:
    """The IANA name of the time zone of the host's country, or None where its name tells no country with one."""
    return _ZONE_OF.get(_country(host))


def writes_day_first(host: str) -> bool:
    """True where the host's country writes `3/10/2023` for a day of October, in English too."""
    return _country(host) in _DAY_FIRST


def _country(host: str) -> str:
    return host.partition(":")[0].rpartition(".")[2].lower()
