-- What was answered to a request that its client may repeat. The answer is sealed under the client's own
-- key, of which nothing is kept; all of it goes after a day.
CREATE TABLE "idempotent_answers" (
    "name" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    "answer" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answers_pkey" PRIMARY KEY ("name")
);
CREATE INDEX "idempotent_answers_expires_at_idx" ON "idempotent_answers"("expires_at");
