"""The addresses that one exchange asks, and where each answer leads on."""

from __future__ import annotations

import httpx

from workers.adapters.answers import REDIRECTS
from workers.adapters.cookies import Cookies
from workers.core.errors import AddressRefused, BrokenAnswer, RedirectLoop
from workers.core.urls import join
from workers.sites.lists.onward import leads_on


class Trail:
    """From one address on, over at most so many redirects, with the cookies that these set.

    `of_pages`: a page that says nothing and leads on is a redirect too.
    """

    def __init__(self, url: str, most: int, cookies: Cookies, *, of_pages: bool) -> None:
        self.urls = [url]
        self._most, self._cookies, self._of_pages = most, cookies, of_pages
        self._asked = {(url, cookies.held_for(url))}

    def goes_on(self, response: httpx.Response, body: bytes) -> bool:
        """Whether the answer leads to another address, which then is the last one.

        Raises BrokenAnswer, AddressRefused or RedirectLoop for a redirect that cannot be followed; a page that leads
        nowhere, or back, is a page.
        """
        if response.status_code in REDIRECTS:
            self._cookies.take(response)
            self._append(self._redirected(response))
            return True
        onward = leads_on(body) if self._of_pages and body else None
        url = join(self.urls[-1], onward) if onward else None
        if url is None:
            return False
        self._cookies.take(response)
        if self._is_asked(url) or len(self.urls) > self._most:
            return False
        self._append(url)
        return True

    def _append(self, url: str) -> None:
        self.urls.append(url)
        self._asked.add((url, self._cookies.held_for(url)))

    def _is_asked(self, url: str) -> bool:
        """True for an address that was asked with these cookies; with others it is another question."""
        return (url, self._cookies.held_for(url)) in self._asked

    def _redirected(self, response: httpx.Response) -> str:
        location = next(iter(response.headers.get_list("location")), "")  # libcurl has refused those that differ
        if not location:
            raise BrokenAnswer(f"the server answered {response.status_code} without a Location")
        url = join(self.urls[-1], location)
        if url is None:
            raise AddressRefused("it redirects to something that is not an http or https URL, or has a password in it")
        if self._is_asked(url):
            raise RedirectLoop(f"it redirects in a circle, back to {url}")
        if len(self.urls) > self._most:
            raise RedirectLoop(f"more than {self._most} redirects")
        return url
