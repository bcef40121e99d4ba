-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "hand_over_asked_at" TIMESTAMPTZ(3);
