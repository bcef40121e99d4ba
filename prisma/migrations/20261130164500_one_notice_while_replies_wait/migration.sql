-- Who was told of replies by mail, and when: of a request, not of each of its replies.
ALTER TABLE "request_readers" ADD COLUMN "told_at" TIMESTAMPTZ(3);

-- Whoever was told of a reply before is not told of it again.
UPDATE "request_readers" rr SET "told_at" = told.at
FROM (SELECT "request_id", max("notified_at") AS at FROM "replies" GROUP BY "request_id") told
WHERE told."request_id" = rr."request_id" AND rr."notify";

ALTER TABLE "replies" DROP COLUMN "notified_at";
