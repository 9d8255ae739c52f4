"""The names of one page's elements: classes and ids, each worked out once."""

from __future__ import annotations

from workers.sites.generic.names import names_of

_MOST = 1_000_000  # letters of all names that differ


class PageNames:
    """Gives the names of elements, and none any more after too many: to tell what new ones mean takes long."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._of_classes: dict[str | None, str] = {}  # as a page has few classes, and each of them often
        self._room = _MOST

    def of(self, attributes: dict[str, str | None]) -> str:
        """The names of an element with these attributes."""
        if "id" in attributes:
            return self.known(names_of(attributes))
        classes = attributes.get("class")
        names = self._of_classes.get(classes)
        if names is None:
            names = self._of_classes[classes] = self.known(names_of(attributes))
        return names

    def known(self, names: str) -> str:
        """These names, counted; none where there were too many."""
        if names not in self._seen:
            self._seen.add(names)
            self._room -= len(names)
            if self._room <= 0:
                self._of_classes.clear()
        return names if self._room > 0 else ""
