"""Where ingest's pages come from: saved files and WARC archives, one after the other, with the trouble on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workers.adapters.files import HTML, read_saved, saved_files, urls_from, urls_of
from workers.adapters.warc import SUFFIXES, pages_of_warc
from workers.core.errors import BadInput, Park, Skip, WireroomError
from workers.core.page import Page


@dataclass(frozen=True)
class Item:
    """One page at hand, or why it could not be had."""

    url: str
    page: Page | None = None
    error: WireroomError | None = None


@dataclass
class Sources:
    """Files to ingest. `troubles` are the sentences about those that gave nothing, each once."""

    files: Sequence[Path]
    urls: Mapping[Path, str]
    max_body: int
    troubles: dict[str, None] = field(default_factory=dict)

    @classmethod
    def find(cls, paths: Sequence[Path], url: str | None, url_from: Path | None, max_body: int) -> Sources:
        """The files below these paths and their URLs; BadInput when there are none, or --url does not say whose."""
        urls = urls_from(url_from) if url_from else {}
        files = list(saved_files(list(paths), (*HTML, *SUFFIXES)))
        if not files:
            raise BadInput("There is nothing to ingest: no .html, .html.gz, .mhtml or .warc file was found there.")
        if url is not None and len(files) > 1:
            raise BadInput("--url is for one file; give the URLs of several with --url-from FILE.jsonl.")
        return cls(files, {files[0]: url} if url else urls_of(files, urls), max_body)

    def items(self) -> Iterator[Item]:
        """All pages, in the order of the files."""
        for path in self.files:
            yield from self._archive(path) if path.name.lower().endswith(SUFFIXES) else self._file(path)

    def _archive(self, path: Path) -> Iterator[Item]:
        try:
            for page in pages_of_warc(path, self.max_body):
                yield Item(page.url, page)
        except BadInput as error:
            self.troubles[str(error)] = None

    def _file(self, path: Path) -> Iterator[Item]:
        url = self.urls.get(path)
        try:
            page = read_saved(path, url, self.max_body)
            yield Item(page.url, page)
        except (Park, Skip) as error:
            self.troubles[f"{error}."] = None
            if url:
                yield Item(url, error=error)
        except BadInput as error:
            self.troubles[str(error)] = None
