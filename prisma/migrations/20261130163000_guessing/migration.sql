-- CreateTable
CREATE TABLE "guess_places" (
    "subject" BYTEA NOT NULL,
    "level" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guess_places_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "failed_tries" (
    "subject" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "burst" INTEGER NOT NULL,
    "burst_since" TIMESTAMPTZ(3) NOT NULL,
    "burst_told" INTEGER,
    "code_told" INTEGER,

    CONSTRAINT "failed_tries_pkey" PRIMARY KEY ("subject")
);

-- CreateIndex
CREATE INDEX "guess_places_last_at_idx" ON "guess_places"("last_at");

-- CreateIndex
CREATE INDEX "failed_tries_last_at_idx" ON "failed_tries"("last_at");
