#!/bin/sh
# Finds a Python of 3.11 or newer and lets it set up .venv. PYTHON=… names one; else the one of .venv, else the usual names.
set -eu
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
version_of() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- .venv/bin/python python3 python3.13 python3.12 python3.11 python3.14
fi

found=
for python in "$@"; do
    if new_enough "$python"; then
        exec "$python" -I deploy/bootstrap.py
    fi
    if version=$(version_of "$python"); then
        found="$found${found:+, }$python is $version"
    elif [ -n "${PYTHON:-}" ]; then
        found="$python cannot be run"
    fi
done

echo "wireroom: Python 3.11 or newer is needed (${found:-no python3 was found}). Install one (Debian, Ubuntu: apt install python3 python3-venv;" \
    "macOS: brew install python@3.13) or name one: PYTHON=/path/to/python3.13 make crawl" >&2
exit 2
