-- What senders are still to be told of: only such rows are in the index, so that
-- looking for them costs the same whatever else there is.
CREATE INDEX "messages_to_tell_of" ON "messages" ("id")
    WHERE "notify_when_opened" AND "notified_at" IS NULL
        AND ("state" IN ('CLAIMED', 'OPENED') OR ("state" = 'BURNED' AND "burned_by" <> 'SENDER'));
