-- CreateEnum
CREATE TYPE "seal" AS ENUM ('SERVER', 'BROWSER');

-- CreateEnum
CREATE TYPE "message_state" AS ENUM ('SEALED', 'CLAIMED', 'OPENED', 'BURNED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "burned_by" AS ENUM ('SENDER', 'RECIPIENT', 'WRONG_PASSPHRASES');

-- CreateTable
CREATE TABLE "messages" (
    "id" BIGINT NOT NULL,
    "epoch" VARCHAR(8) NOT NULL,
    "seal" "seal" NOT NULL,
    "state" "message_state" NOT NULL DEFAULT 'SEALED',
    "wrapped_ciphertext" BYTEA,
    "link_verifier" BYTEA,
    "knock_verifier" BYTEA,
    "passphrase_salt" BYTEA,
    "passphrase_memory_kib" INTEGER,
    "passphrase_passes" INTEGER,
    "passphrase_lanes" INTEGER,
    "passphrase_tries" INTEGER NOT NULL DEFAULT 0,
    "wrong_passphrases" INTEGER NOT NULL DEFAULT 0,
    "last_try_at" TIMESTAMPTZ(3),
    "claim_nonce_hash" BYTEA,
    "claimed_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "burned_by" "burned_by",
    "ended_at" TIMESTAMPTZ(3),
    "note" VARCHAR(200) NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "messages_state_expires_at_idx" ON "messages"("state", "expires_at");

-- CreateIndex
CREATE INDEX "messages_state_lease_until_idx" ON "messages"("state", "lease_until");

-- CreateIndex
CREATE INDEX "messages_epoch_idx" ON "messages"("epoch");

-- States that must not exist can't be written, whatever the application does.
ALTER TABLE "messages"
    ADD CONSTRAINT "messages_content_ends_with_the_message"
    CHECK (("state" IN ('SEALED', 'CLAIMED')) = ("wrapped_ciphertext" IS NOT NULL)),
    ADD CONSTRAINT "messages_salt_ends_with_the_message"
    CHECK ("state" IN ('SEALED', 'CLAIMED') OR "passphrase_salt" IS NULL),
    ADD CONSTRAINT "messages_claimed_by_one_nonce"
    CHECK ("state" <> 'CLAIMED' OR ("claim_nonce_hash" IS NOT NULL AND "lease_until" IS NOT NULL)),
    ADD CONSTRAINT "messages_burned_by_someone"
    CHECK (("state" = 'BURNED') = ("burned_by" IS NOT NULL)),
    ADD CONSTRAINT "messages_waiting_have_verifiers"
    CHECK ("state" NOT IN ('SEALED', 'CLAIMED')
        OR ("link_verifier" IS NOT NULL AND ("seal" = 'BROWSER') = ("knock_verifier" IS NOT NULL)));
