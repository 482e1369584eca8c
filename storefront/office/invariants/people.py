"""What must be true of people: whoever steals the database can sign in as nobody."""

from storefront.office.invariants.invariant import Invariant

HASHED = Invariant(
    "I25",
    "passwords are argon2id; sign-ins and recovery codes are kept as hashes, links' secrets not at all",
    "SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM sign_ins)"
    " + (SELECT count(*) FROM recovery_codes) + (SELECT count(*) FROM api_keys)",
    """
    SELECT 'password' AS what, id AS which FROM accounts WHERE password NOT LIKE '$argon2id$v=19$%'
    UNION ALL
    SELECT 'sign-in', id FROM sign_ins WHERE octet_length(key_hash) <> 32
    UNION ALL
    SELECT 'recovery code', account_id FROM recovery_codes WHERE octet_length(code_hash) <> 32
    UNION ALL
    SELECT 'key of a program', id FROM api_keys WHERE digest !~ '^[0-9a-f]{64}$'
    UNION ALL
    SELECT 'one-time secret', id FROM accounts WHERE totp_secret NOT LIKE '{"enckey"%'
    """,
)
INVARIANTS = (HASHED,)
