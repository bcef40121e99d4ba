-- CreateTable
-- Unlogged: what it holds is of no use after a crash, and stays out of WAL and base backups.
CREATE UNLOGGED TABLE "limits" (
    "key" VARCHAR(64) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "limits_pkey" PRIMARY KEY ("key")
) WITH (fillfactor = 50);

-- CreateIndex
CREATE INDEX "limits_expire_idx" ON "limits"("expire");
