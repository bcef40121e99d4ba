-- A server-sealed row is claimed as a browser-sealed one is: a link knocks with what was its only
-- verifier (H0), and what opens it has a verifier of its own. Rows from before have none: what
-- decrypting says decides there, until they have expired.
ALTER TABLE "messages" DROP CONSTRAINT "messages_waiting_have_verifiers";
ALTER TABLE "messages" RENAME COLUMN "link_verifier" TO "open_verifier";
UPDATE "messages" SET "knock_verifier" = "open_verifier", "open_verifier" = NULL WHERE "seal" = 'SERVER';
ALTER TABLE "messages"
    ADD CONSTRAINT "messages_waiting_have_verifiers"
    CHECK ("state" NOT IN ('SEALED', 'CLAIMED')
        OR ("knock_verifier" IS NOT NULL AND ("seal" = 'SERVER' OR "open_verifier" IS NOT NULL)));

-- A wrong try is counted when it is made: none is reserved any more.
ALTER TABLE "messages" DROP COLUMN "passphrase_tries";
