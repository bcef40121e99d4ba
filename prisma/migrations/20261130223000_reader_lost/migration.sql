-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "reader_lost_at" TIMESTAMPTZ(3);
