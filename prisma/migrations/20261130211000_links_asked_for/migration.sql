-- AlterTable
ALTER TABLE "account_recoveries" ADD COLUMN     "asked_for" BOOLEAN NOT NULL DEFAULT false;

-- Until now none but these had no owner, except those that were made on the server.
UPDATE "account_recoveries" SET "asked_for" = true WHERE "made_by_id" IS NULL;
