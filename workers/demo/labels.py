"""The words of the furniture, as a reader sees them in each language."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "uk", "ru")

SECTIONS: dict[str, dict[str, str]] = {
    "general": {"en": "Facts", "uk": "Події", "ru": "События"},
    "economic": {"en": "Economy", "uk": "Економіка", "ru": "Экономика"},
    "political": {"en": "Politics", "uk": "Політика", "ru": "Политика"},
    "telecom": {"en": "Telecom", "uk": "Телеком", "ru": "Телеком"},
    "pharmacy": {"en": "Pharmacy", "uk": "Фармацевтика", "ru": "Фармацевтика"},
    "press-announcement": {"en": "Press Announcement", "uk": "Анонс", "ru": "Анонс"},
}


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's headings; `read` takes the number of minutes."""

    brand: str
    read: str
    photo: str
    tags: str
    more_about: str
    hot_news: str
    latest: str
    updated: str
    ad: str
    subscribe: str
    older: str
    archive: str
    not_found: str


LABELS: dict[str, Labels] = {
    "en": Labels(
        brand="Demo Wire",
        read="{} min read",
        photo="Photo:",
        tags="Tags:",
        more_about="MORE ABOUT",
        hot_news="HOT NEWS",
        latest="LATEST",
        updated="(Updated)",
        ad="AD",
        subscribe="Subscribe to our channel",
        older="Older news",
        archive="Archive",
        not_found="Nothing was found at this address. The page may have been moved or never existed.",
    ),
    "uk": Labels(
        brand="Демо-Вісник",
        read="{} хв читати",
        photo="Фото:",
        tags="Теги:",
        more_about="ЩЕ ЗА ТЕМОЮ",
        hot_news="ГАРЯЧІ НОВИНИ",
        latest="ОСТАННЄ",
        updated="(Оновлено)",
        ad="РЕКЛАМА",
        subscribe="Підпишіться на наш канал",
        older="Попередні новини",
        archive="Архів",
        not_found="За цією адресою нічого не знайдено. Можливо, сторінку перенесли або її ніколи не було.",
    ),
    "ru": Labels(
        brand="Демо-Вестник",
        read="{} мин читать",
        photo="Фото:",
        tags="Теги:",
        more_about="ЕЩЕ ПО ТЕМЕ",
        hot_news="ГОРЯЧИЕ НОВОСТИ",
        latest="ПОСЛЕДНЕЕ",
        updated="(Обновлено)",
        ad="РЕКЛАМА",
        subscribe="Подпишитесь на наш канал",
        older="Предыдущие новости",
        archive="Архив",
        not_found="По этому адресу ничего не найдено. Возможно, страницу перенесли или ее никогда не было.",
    ),
}


def section_label(section: str, language: str) -> str:
    """The visible name of a section; that of `general` for one without a name."""
    return SECTIONS.get(section, SECTIONS["general"])[language]
