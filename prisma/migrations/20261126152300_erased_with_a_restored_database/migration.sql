-- What waited in a database that was restored from an older copy keeps a tombstone of its own when its
-- owner lets go of it. Nothing below may name the new value: it can't be used in the transaction that
-- adds it.
-- AlterEnum
ALTER TYPE "burned_by" ADD VALUE 'RESTORE';

-- Nobody is told by mail of such an ending. Names what is told of, not what isn't: see above.
DROP INDEX "messages_to_tell_of";
CREATE INDEX "messages_to_tell_of" ON "messages" ("id")
    WHERE "notify_when_opened" AND "notified_at" IS NULL
        AND ("state" IN ('CLAIMED', 'OPENED')
            OR ("state" = 'BURNED' AND "burned_by" IN ('RECIPIENT', 'WRONG_PASSPHRASES')));
