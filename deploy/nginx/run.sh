#!/bin/sh
# nginx, which reads its certificate anew within a minute after somebody renewed it.
set -eu
place=${NGINX_PLACE:-/run/shop}
certificate=${CERTIFICATE:-/certs/fullchain.pem}
mkdir -p "$place/run"
ln -sfn "${ACME:-/acme}" "$place/run/acme"
cp -R "${NGINX_CONFIG:-/etc/nginx/shop}/." "$place/"

renewed() {
    before=$(cksum "$certificate")
    while sleep "${CERTIFICATE_EVERY:-60}"; do
        now=$(cksum "$certificate")
        if [ "$now" != "$before" ]; then
            before=$now
            nginx -e stderr -p "$place/" -c nginx.conf -s reload || true
        fi
    done
}
renewed &
exec nginx -e stderr -p "$place/" -c nginx.conf -g 'daemon off;'
