#!/bin/sh
# The shop's own role, which owns its database and may copy it, and nothing else; runs once, in an empty folder.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set "password=$(cat "${SHOP_PASSWORD_FILE:-/keys/shop}")" \
    --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<'SQL'
CREATE ROLE storefront LOGIN CREATEDB REPLICATION PASSWORD :'password';
GRANT pg_read_all_stats TO storefront;
CREATE DATABASE storefront OWNER storefront;
\connect storefront
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
# Copies of all files (storefront base-backup) come over the network of the containers, and from nowhere else.
echo 'host replication storefront samenet scram-sha-256' >> "$PGDATA/pg_hba.conf"
