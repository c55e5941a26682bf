-- CreateTable
CREATE TABLE "StagedEntry" (
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "entry" JSONB NOT NULL,

    CONSTRAINT "StagedEntry_pkey" PRIMARY KEY ("datasetId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "StagedEntry_datasetId_key_key" ON "StagedEntry"("datasetId", "key");

-- AddForeignKey
ALTER TABLE "StagedEntry" ADD CONSTRAINT "StagedEntry_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
