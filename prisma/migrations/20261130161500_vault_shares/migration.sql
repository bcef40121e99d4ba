-- What a browser's disk lacks to open the vault that it keeps, for as long as that is in use. Sessions that are
-- there have none: their vaults are locked, and open with the password.
ALTER TABLE "sessions"
    ADD COLUMN "vault_share" BYTEA,
    ADD COLUMN "vault_open_until" TIMESTAMPTZ(3),
    ADD CONSTRAINT "sessions_share_of_an_open_vault"
    CHECK (("vault_share" IS NULL) = ("vault_open_until" IS NULL));
