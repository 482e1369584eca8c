#!/bin/sh
# A new release, and nobody notices: back up, migrate (which only adds), then one web after the other.
# With CHECKOUT=<tag or commit> it is taken from git first; to go back, name the release before.
set -eu
cd "$(dirname "$0")/.."
[ -z "${CHECKOUT:-}" ] || git checkout --quiet "$CHECKOUT"
COMMIT=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
export COMMIT
docker compose build --pull web-a
docker compose run --rm --no-deps prepare
docker compose run --rm --no-deps worker storefront backup
docker compose run --rm --no-deps migrate
for service in web-a web-b worker; do
    docker compose up --detach --no-deps --wait "$service"
done
docker compose exec web-a storefront verify
