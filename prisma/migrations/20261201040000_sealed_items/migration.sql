-- A message and a reply are one thing, a sealed item: one table, with one claim, one ending and one sweep.
-- Every row is kept. Values of enums are new types here, since a value that is added to one can't be
-- used in the transaction that adds it.
CREATE TYPE "item_state" AS ENUM ('SEALED', 'CLAIMED', 'OPENED', 'BURNED', 'EXPIRED');
CREATE TYPE "item_burned_by" AS ENUM ('SENDER', 'RECIPIENT', 'WRONG_PASSPHRASES', 'REQUEST_END', 'RESTORE');
CREATE TYPE "item_event_kind" AS ENUM ('SEALED', 'CLAIMED', 'RELEASED', 'WRONG_PASSPHRASE', 'OPENED', 'BURNED', 'EXPIRED');

DROP INDEX "messages_to_tell_of";
ALTER TABLE "messages"
    DROP CONSTRAINT "messages_content_ends_with_the_message",
    DROP CONSTRAINT "messages_salt_ends_with_the_message",
    DROP CONSTRAINT "messages_claimed_by_one_nonce",
    DROP CONSTRAINT "messages_burned_by_someone",
    DROP CONSTRAINT "messages_waiting_have_verifiers",
    ALTER COLUMN "state" DROP DEFAULT;

ALTER TABLE "messages" RENAME TO "sealed_items";
ALTER TABLE "sealed_items" RENAME CONSTRAINT "messages_pkey" TO "sealed_items_pkey";
ALTER TABLE "sealed_items" RENAME CONSTRAINT "messages_sender_id_fkey" TO "sealed_items_sender_id_fkey";
ALTER INDEX "messages_state_expires_at_idx" RENAME TO "sealed_items_state_expires_at_idx";
ALTER INDEX "messages_state_lease_until_idx" RENAME TO "sealed_items_state_lease_until_idx";
ALTER INDEX "messages_epoch_idx" RENAME TO "sealed_items_epoch_idx";
ALTER INDEX "messages_sender_id_created_at_idx" RENAME TO "sealed_items_sender_id_created_at_idx";

ALTER TABLE "sealed_items"
    ALTER COLUMN "state" TYPE "item_state" USING "state"::text::"item_state",
    ALTER COLUMN "burned_by" TYPE "item_burned_by" USING "burned_by"::text::"item_burned_by",
    ADD COLUMN "claimed_by_id" UUID,
    ADD COLUMN "request_id" BIGINT;
ALTER TABLE "sealed_items" ALTER COLUMN "state" SET DEFAULT 'SEALED';
DROP TYPE "message_state";
DROP TYPE "burned_by";
ALTER TYPE "item_burned_by" RENAME TO "burned_by";

-- The outbox. What waits to be told of is an event of it; before, it was said by what was not told of yet.
CREATE TABLE "item_events" (
    "id" BIGSERIAL NOT NULL,
    "item_id" BIGINT NOT NULL,
    "kind" "item_event_kind" NOT NULL,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "awaits_mail" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "item_events_pkey" PRIMARY KEY ("id")
);
INSERT INTO "item_events" ("item_id", "kind", "at", "awaits_mail")
SELECT "id", (CASE "state" WHEN 'BURNED' THEN 'BURNED' ELSE 'CLAIMED' END)::"item_event_kind",
    coalesce("claimed_at", "ended_at"), true
FROM "sealed_items"
WHERE "notify_when_opened" AND "notified_at" IS NULL
    AND ("state" IN ('CLAIMED', 'OPENED')
        OR ("state" = 'BURNED' AND "burned_by" IN ('RECIPIENT', 'WRONG_PASSPHRASES')));
ALTER TABLE "sealed_items" DROP COLUMN "notified_at";

-- A reply's time is until when its request is kept. Its sender is the client.
INSERT INTO "sealed_items" ("id", "epoch", "seal", "state", "wrapped_ciphertext", "claim_nonce_hash",
    "claimed_at", "lease_until", "burned_by", "ended_at", "created_at", "expires_at", "claimed_by_id",
    "request_id")
SELECT p."id", p."epoch", p."seal",
    (CASE p."state" WHEN 'DESTROYED' THEN 'BURNED' ELSE p."state"::text END)::"item_state",
    p."wrapped_ciphertext", p."claim_nonce_hash", p."claimed_at", p."lease_until",
    (CASE p."destroyed_by" WHEN 'CLIENT' THEN 'SENDER' ELSE p."destroyed_by"::text END)::"burned_by",
    p."ended_at", p."created_at", r."keep_until", p."claimed_by_id", p."request_id"
FROM "replies" p JOIN "requests" r ON r."id" = p."request_id";
DROP TABLE "replies";
DROP TYPE "reply_state";
DROP TYPE "reply_destroyed_by";

-- States that must not exist can't be written, whatever the application does.
ALTER TABLE "sealed_items"
    ADD CONSTRAINT "sealed_items_content_ends_with_the_item"
    CHECK (("state" IN ('SEALED', 'CLAIMED')) = ("wrapped_ciphertext" IS NOT NULL)),
    ADD CONSTRAINT "sealed_items_salt_ends_with_the_item"
    CHECK ("state" IN ('SEALED', 'CLAIMED') OR "passphrase_salt" IS NULL),
    ADD CONSTRAINT "sealed_items_claimed_by_one_nonce"
    CHECK ("state" <> 'CLAIMED' OR ("claim_nonce_hash" IS NOT NULL AND "lease_until" IS NOT NULL)),
    ADD CONSTRAINT "sealed_items_burned_by_someone"
    CHECK (("state" = 'BURNED') = ("burned_by" IS NOT NULL)),
    ADD CONSTRAINT "sealed_items_messages_have_verifiers"
    CHECK ("state" NOT IN ('SEALED', 'CLAIMED') OR "request_id" IS NOT NULL
        OR ("knock_verifier" IS NOT NULL AND ("seal" = 'SERVER' OR "open_verifier" IS NOT NULL))),
    ADD CONSTRAINT "sealed_items_replies_end_with_their_request"
    CHECK ("request_id" IS NULL OR ("state" <> 'EXPIRED'
        AND ("burned_by" IS NULL OR "burned_by" IN ('SENDER', 'REQUEST_END', 'RESTORE')))),
    ADD CONSTRAINT "sealed_items_messages_end_with_no_request"
    CHECK ("request_id" IS NOT NULL OR "burned_by" IS NULL OR "burned_by" <> 'REQUEST_END'),
    ADD CONSTRAINT "sealed_items_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id")
    REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    ADD CONSTRAINT "sealed_items_request_id_fkey" FOREIGN KEY ("request_id")
    REFERENCES "requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "item_events"
    ADD CONSTRAINT "item_events_item_id_fkey" FOREIGN KEY ("item_id")
    REFERENCES "sealed_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "sealed_items_request_id_idx" ON "sealed_items"("request_id");
CREATE INDEX "item_events_item_id_idx" ON "item_events"("item_id");
-- Only such rows are in the index, so that looking for them costs the same whatever else there is.
CREATE INDEX "item_events_to_mail" ON "item_events" ("id") WHERE "awaits_mail";

-- A reply that waits is kept as long as its request, whoever changes that.
CREATE FUNCTION keep_replies_with_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sealed_items SET expires_at = NEW.keep_until
        WHERE request_id = NEW.id AND state IN ('SEALED', 'CLAIMED');
    RETURN NULL;
END $$;
CREATE TRIGGER "requests_keep_replies" AFTER UPDATE OF "keep_until" ON "requests" FOR EACH ROW
    WHEN (NEW.keep_until IS DISTINCT FROM OLD.keep_until)
    EXECUTE FUNCTION keep_replies_with_request();

-- The newest row of a copy, as it was told by two tables before.
CREATE OR REPLACE FUNCTION end_restored_ways_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.went_back_at := clock_timestamp();
    NEW.owners_told_at := NULL;
    NEW.members_checked_at := NULL;
    NEW.copy_of := greatest(
        (SELECT max(last_seen_at) FROM sessions),
        (SELECT max(created_at) FROM sealed_items),
        (SELECT max(created_at) FROM accounts)
    );
    DELETE FROM sessions;
    DELETE FROM second_factor_codes;
    UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE accepted_at IS NULL AND revoked_at IS NULL;
    UPDATE account_recoveries SET used_at = clock_timestamp() WHERE used_at IS NULL;
    UPDATE email_changes SET used_at = clock_timestamp() WHERE used_at IS NULL;
    RETURN NEW;
END $$;
