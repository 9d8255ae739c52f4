"""What went wrong in libcurl, as httpx names it."""

from __future__ import annotations

import httpx
import pycurl

_TLS = {
    pycurl.E_PEER_FAILED_VERIFICATION,
    pycurl.E_SSL_CERTPROBLEM,
    pycurl.E_SSL_CIPHER,
    pycurl.E_SSL_ISSUER_ERROR,
    pycurl.E_SSL_CACERT_BADFILE,
}
_PROTOCOL = {
    pycurl.E_UNSUPPORTED_PROTOCOL,  # how libcurl names an HTTP/0.9 answer
    pycurl.E_FTP_WEIRD_SERVER_REPLY,
    pycurl.E_PARTIAL_FILE,
    pycurl.E_HTTP2,
    92,  # CURLE_HTTP2_STREAM
    pycurl.E_BAD_CONTENT_ENCODING,
    100,  # CURLE_TOO_LARGE: more headers than libcurl itself takes
}
_BROKEN_CONNECTION = ("reset", "closed", "broken pipe", "syscall", "unexpected eof", "timed out")


class CertificateRefused(httpx.ConnectError):
    """The server's certificate is expired, of another name or not trusted, or no TLS could be agreed on."""


class StaleConnection(httpx.ReadError):
    """A kept connection broke before its answer began. The server may have seen the request: another is a new start."""


def translated(error: BaseException, connected: bool) -> httpx.TransportError:
    """libcurl's error as httpx names it. One code can mean a broken line or a broken answer: then the text decides."""
    code, text = (*error.args, 0, "")[:2] if isinstance(error, pycurl.error) else (0, str(error))
    if code in _TLS:
        return CertificateRefused(text)
    if code in _PROTOCOL:
        return httpx.RemoteProtocolError(text)
    broken = any(word in text.lower() for word in _BROKEN_CONNECTION)
    if code == pycurl.E_SSL_CONNECT_ERROR:
        return httpx.ConnectError(text) if broken else CertificateRefused(text)
    if code == pycurl.E_RECV_ERROR:
        return httpx.ReadError(text) if broken else httpx.RemoteProtocolError(text)
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return httpx.ReadTimeout(text) if connected else httpx.ConnectTimeout(text)
    return httpx.ReadError(text) if connected else httpx.ConnectError(text)
