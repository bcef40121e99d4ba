-- CreateTable
CREATE TABLE "history" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "database_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endings" BIGINT NOT NULL DEFAULT 0,
    "refused_before" TIMESTAMPTZ(3),

    CONSTRAINT "history_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "history" ADD CONSTRAINT "history_one_row" CHECK ("id" = 1);

INSERT INTO "history" DEFAULT VALUES;
