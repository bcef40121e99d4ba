-- CreateEnum
CREATE TYPE "passphrase_profile" AS ENUM ('WORDS');

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "passphrase_profile" "passphrase_profile";
