"""The invented country that the demo site reports on: places, people and companies in three languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """What one line of stories is made of: templates whose slots the writer fills (see `writer.Writer`)."""

    name: str
    section: str
    tags: tuple[str, ...]
    roles: tuple[str, ...]
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    details: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """One language's vocabulary: its topics, what fits any story, and the words that slots need.

    `verbs` holds said, added and noted, each for a man and for a woman; `days` begin with Monday; `months` are in the
    form that follows a day's number.
    """

    language: str
    topics: tuple[Topic, ...]
    announcement: Topic
    common: tuple[str, ...]
    verbs: dict[str, tuple[str, str]]
    days: tuple[str, ...]
    months: tuple[str, ...]
    money: str
    decimal: str
    thousands: str


PLACES: tuple[dict[str, tuple[str, str, str]], ...] = tuple(
    {"en": (en, f"in {en}", f"of {en}"), "uk": uk, "ru": ru}
    for en, uk, ru in (
        ("Velmar", ("Вельмар", "у Вельмарі", "Вельмара"), ("Вельмар", "в Вельмаре", "Вельмара")),
        ("Torzhin", ("Торжин", "у Торжині", "Торжина"), ("Торжин", "в Торжине", "Торжина")),
        ("Lisohrad", ("Лісоград", "у Лісограді", "Лісограда"), ("Лесоград", "в Лесограде", "Лесограда")),
        ("Zelenodar", ("Зеленодар", "у Зеленодарі", "Зеленодара"), ("Зеленодар", "в Зеленодаре", "Зеленодара")),
        ("Brenivka", ("Бренівка", "у Бренівці", "Бренівки"), ("Бреновка", "в Бреновке", "Бреновки")),
        ("Morvynsk", ("Морвинськ", "у Морвинську", "Морвинська"), ("Морвинск", "в Морвинске", "Морвинска")),
        ("Hrushel", ("Грушель", "у Грушелі", "Грушеля"), ("Грушель", "в Грушеле", "Грушеля")),
        ("Yasnodol", ("Яснодол", "у Яснодолі", "Яснодола"), ("Яснодол", "в Яснодоле", "Яснодола")),
        ("Dubohora", ("Дубогора", "у Дубогорі", "Дубогори"), ("Дубогора", "в Дубогоре", "Дубогоры")),
        ("Tarken", ("Таркень", "у Таркені", "Таркеня"), ("Таркень", "в Таркене", "Таркеня")),
        ("Solmyr", ("Солмир", "у Солмирі", "Солмира"), ("Солмир", "в Солмире", "Солмира")),
        (
            "Vitrohavan",
            ("Вітрогавань", "у Вітрогавані", "Вітрогавані"),
            ("Ветрогавань", "в Ветрогавани", "Ветрогавани"),
        ),
    )
)

WOMAN, MAN = 1, 0

PEOPLE: tuple[tuple[dict[str, tuple[str, str]], int], ...] = tuple(
    ({"en": en, "uk": uk, "ru": ru}, gender)
    for en, uk, ru, gender in (
        (("Marta", "Olvenchuk"), ("Марта", "Ольвенчук"), ("Марта", "Ольвенчук"), WOMAN),
        (("Taras", "Davryl"), ("Тарас", "Даврил"), ("Тарас", "Даврил"), MAN),
        (("Solomiia", "Kresten"), ("Соломія", "Крестен"), ("Соломия", "Крестен"), WOMAN),
        (("Bohdan", "Yarvelko"), ("Богдан", "Ярвелко"), ("Богдан", "Ярвелко"), MAN),
        (("Iryna", "Tesmorenko"), ("Ірина", "Тесморенко"), ("Ирина", "Тесморенко"), WOMAN),
        (("Orest", "Halvych"), ("Орест", "Галвич"), ("Орест", "Галвич"), MAN),
        (("Lesia", "Porvanko"), ("Леся", "Порванко"), ("Леся", "Порванко"), WOMAN),
        (("Denys", "Chumbaryk"), ("Денис", "Чумбарик"), ("Денис", "Чумбарик"), MAN),
        (("Vira", "Stolmach"), ("Віра", "Столмач"), ("Вера", "Столмач"), WOMAN),
        (("Roman", "Zadvirets"), ("Роман", "Задвирець"), ("Роман", "Задвирец"), MAN),
        (("Nadiia", "Kolobrod"), ("Надія", "Колоброд"), ("Надежда", "Колоброд"), WOMAN),
        (("Pavlo", "Uhrenko"), ("Павло", "Угренко"), ("Павел", "Угренко"), MAN),
        (("Kateryna", "Mlynchar"), ("Катерина", "Млинчар"), ("Катерина", "Млинчар"), WOMAN),
        (("Ostap", "Verbodol"), ("Остап", "Вербодол"), ("Остап", "Вербодол"), MAN),
    )
)

FIRMS: dict[str, tuple[dict[str, str], ...]] = {
    topic: tuple({"en": latin, "uk": cyrillic, "ru": cyrillic} for latin, cyrillic in names)
    for topic, names in {
        "bridge": (("Kvant-M", "Квант-М"), ("Stalarka", "Сталарка"), ("Mostar-7", "Мостар-7")),
        "wind": (("Norvald", "Норвальд"), ("Bryzar", "Бризар"), ("Velta", "Вельта")),
        "network": (("Karvokom", "Карвоком"), ("Luminet", "Люменет"), ("Telvara", "Тельвара")),
        "medicine": (("Farmodar", "Фармодар"), ("Medvera", "Медвера"), ("Zelbona", "Зельбона")),
        "grain": (("Agrodelta", "Агродельта"), ("Zernoport", "Зернопорт"), ("Polevar", "Полевар")),
        "museum": (("Kolart", "Коларт"), ("Spadar", "Спадар"), ("Malva-Art", "Мальва-Арт")),
        "budget": (("Rakhmar", "Рахмар"), ("Konto-Plus", "Конто-Плюс"), ("Balansar", "Балансар")),
        "announcement": (("Forum-12", "Форум-12"), ("Debatar", "Дебатар"), ("Vekta-Club", "Вектор-Клуб")),
    }.items()
}
