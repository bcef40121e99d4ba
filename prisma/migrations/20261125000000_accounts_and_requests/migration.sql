-- CreateEnum
CREATE TYPE "role" AS ENUM ('OWNER', 'MEMBER');

-- CreateEnum
CREATE TYPE "who_may_send" AS ENUM ('ANYONE', 'MEMBERS');

-- CreateEnum
CREATE TYPE "request_state" AS ENUM ('OPEN', 'CLOSED', 'ENDED');

-- CreateEnum
CREATE TYPE "reply_state" AS ENUM ('SEALED', 'CLAIMED', 'OPENED', 'DESTROYED');

-- CreateEnum
CREATE TYPE "reply_destroyed_by" AS ENUM ('CLIENT', 'STAFF', 'REQUEST_END');

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "batch_id" UUID,
ADD COLUMN     "notified_at" TIMESTAMPTZ(3),
ADD COLUMN     "notify_when_opened" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "recipient" VARCHAR(200) NOT NULL DEFAULT '',
ADD COLUMN     "sender_id" UUID;

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" VARCHAR(254) NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "password_salt" BYTEA NOT NULL,
    "sign_in_hash" VARCHAR(200) NOT NULL,
    "vault_public_key" BYTEA NOT NULL,
    "vault_seed_by_password" BYTEA NOT NULL,
    "vault_seed_by_recovery" BYTEA NOT NULL,
    "vault_created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "vault_lock_minutes" INTEGER NOT NULL DEFAULT 15,
    "totp_secret" BYTEA,
    "totp_enabled_at" TIMESTAMPTZ(3),
    "totp_last_step" BIGINT,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "device" VARCHAR(120) NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "second_factor_codes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_factor_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token_hash" BYTEA NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "role" "role" NOT NULL,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_recoveries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_recoveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "who_may_send" "who_may_send" NOT NULL DEFAULT 'ANYONE',
    "longest_expiry" INTEGER NOT NULL DEFAULT 2592000,
    "passphrase_required" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requests" (
    "id" BIGINT NOT NULL,
    "epoch" VARCHAR(8) NOT NULL,
    "state" "request_state" NOT NULL DEFAULT 'OPEN',
    "public_key" BYTEA,
    "question" VARCHAR(500) NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "created_by_id" UUID,
    "replies_allowed" INTEGER NOT NULL DEFAULT 1,
    "replies_received" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "keep_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_readers" (
    "request_id" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "sealed_seed" BYTEA NOT NULL,
    "notify" BOOLEAN NOT NULL DEFAULT false,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "request_readers_pkey" PRIMARY KEY ("request_id","account_id")
);

-- CreateTable
CREATE TABLE "replies" (
    "id" BIGINT NOT NULL,
    "request_id" BIGINT NOT NULL,
    "epoch" VARCHAR(8) NOT NULL,
    "seal" "seal" NOT NULL,
    "state" "reply_state" NOT NULL DEFAULT 'SEALED',
    "wrapped_ciphertext" BYTEA,
    "claim_nonce_hash" BYTEA,
    "claimed_by_id" UUID,
    "claimed_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "destroyed_by" "reply_destroyed_by",
    "ended_at" TIMESTAMPTZ(3),
    "notified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "replies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_email_key" ON "accounts"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "sessions_account_id_idx" ON "sessions"("account_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "second_factor_codes_account_id_code_hash_key" ON "second_factor_codes"("account_id", "code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "account_recoveries_token_hash_key" ON "account_recoveries"("token_hash");

-- CreateIndex
CREATE INDEX "account_recoveries_account_id_idx" ON "account_recoveries"("account_id");

-- CreateIndex
CREATE INDEX "requests_created_by_id_created_at_idx" ON "requests"("created_by_id", "created_at");

-- CreateIndex
CREATE INDEX "requests_state_keep_until_idx" ON "requests"("state", "keep_until");

-- CreateIndex
CREATE INDEX "requests_epoch_idx" ON "requests"("epoch");

-- CreateIndex
CREATE INDEX "request_readers_account_id_idx" ON "request_readers"("account_id");

-- CreateIndex
CREATE INDEX "replies_request_id_idx" ON "replies"("request_id");

-- CreateIndex
CREATE INDEX "replies_state_lease_until_idx" ON "replies"("state", "lease_until");

-- CreateIndex
CREATE INDEX "messages_sender_id_created_at_idx" ON "messages"("sender_id", "created_at");

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_factor_codes" ADD CONSTRAINT "second_factor_codes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_recoveries" ADD CONSTRAINT "account_recoveries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requests" ADD CONSTRAINT "requests_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_readers" ADD CONSTRAINT "request_readers_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_readers" ADD CONSTRAINT "request_readers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "policy" ADD CONSTRAINT "policy_one_row" CHECK ("id" = 1);

INSERT INTO "policy" DEFAULT VALUES;

-- States that must not exist can't be written, whatever the application does.
ALTER TABLE "accounts"
    ADD CONSTRAINT "accounts_email_in_lower_case" CHECK ("email" = lower("email")),
    ADD CONSTRAINT "accounts_second_factor_has_its_secret"
    CHECK ("totp_enabled_at" IS NULL OR "totp_secret" IS NOT NULL);

ALTER TABLE "requests"
    ADD CONSTRAINT "requests_key_ends_with_the_request"
    CHECK (("state" <> 'ENDED') = ("public_key" IS NOT NULL)),
    ADD CONSTRAINT "requests_no_more_replies_than_allowed"
    CHECK ("replies_received" BETWEEN 0 AND "replies_allowed");

ALTER TABLE "replies"
    ADD CONSTRAINT "replies_content_ends_with_the_reply"
    CHECK (("state" IN ('SEALED', 'CLAIMED')) = ("wrapped_ciphertext" IS NOT NULL)),
    ADD CONSTRAINT "replies_claimed_by_one_nonce"
    CHECK ("state" <> 'CLAIMED' OR ("claim_nonce_hash" IS NOT NULL AND "lease_until" IS NOT NULL)),
    ADD CONSTRAINT "replies_destroyed_by_someone"
    CHECK (("state" = 'DESTROYED') = ("destroyed_by" IS NOT NULL));
