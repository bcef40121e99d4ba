-- Only replies that were erased with a restored database ever got this value: it says so now.
ALTER TYPE "reply_destroyed_by" RENAME VALUE 'STAFF' TO 'RESTORE';
