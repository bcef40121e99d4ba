-- Who made the link, if it was an owner: such a link ends with the role. Those that are there count as
-- asked for by mail; they last for an hour at the most.
-- AlterTable
ALTER TABLE "account_recoveries" ADD COLUMN     "made_by_id" UUID;

-- AddForeignKey
ALTER TABLE "account_recoveries" ADD CONSTRAINT "account_recoveries_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;
