#!/bin/sh
# A certificate for DOMAIN that browsers trust, and a new one before it ends; nginx finds it by itself.
set -eu
: "${DOMAIN:?set DOMAIN to the name of your shop, such as shop.example}"
: "${ACME_EMAIL:?set ACME_EMAIL to where the authority may write}"
folders="--config-dir /letsencrypt --work-dir /tmp/work --logs-dir /tmp/log"

hand_over() {
    for name in privkey fullchain; do
        cp "/letsencrypt/live/$DOMAIN/$name.pem" "/certs/$name.new"
        mv "/certs/$name.new" "/certs/$name.pem"
    done
}

while :; do
    # shellcheck disable=SC2086 - they are several words
    if certbot certonly --non-interactive --agree-tos --keep-until-expiring --email "$ACME_EMAIL" \
        --webroot --webroot-path /acme --domain "$DOMAIN" --cert-name "$DOMAIN" $folders; then
        cmp -s "/letsencrypt/live/$DOMAIN/fullchain.pem" /certs/fullchain.pem || hand_over
    fi
    sleep 43200
done
