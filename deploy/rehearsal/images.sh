#!/bin/sh
# Builds stand-ins, from Debian packages, for the images that docker-compose.yml names, under their tags: to run the stack on
# a machine that reaches a Debian mirror and no registry. Needs root, docker and debootstrap; see README.md.
#   MIRROR=http://deb.debian.org/debian   where the packages are
#   CA=/path/to/bundle.crt                certificates that pip and uv shall trust while the image of Wireroom is built
set -eu
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

debootstrap --variant=minbase --include=ca-certificates trixie "$work/root" "${MIRROR:-http://deb.debian.org/debian}"
if [ -n "${CA:-}" ]; then
    cat "$CA" >> "$work/root/etc/ssl/certs/ca-certificates.crt"
fi
rm -rf "$work/root/var/cache/apt/archives" "$work/root/var/lib/apt/lists"
tar -C "$work/root" -c . | docker import - wireroom-rehearsal:trixie

for name in python redis postgres prom/prometheus; do
    # Under the tag that the Dockerfile or the compose file names.
    tag=$(sed -n -E "s#^(FROM|    image:) ($name:[^ ]+).*#\2#p" ../Dockerfile ../../docker-compose.yml | head -n 1)
    docker build --tag "$tag" "${name##*/}"
done
