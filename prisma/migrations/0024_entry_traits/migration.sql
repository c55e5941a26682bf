-- CreateTable
CREATE TABLE "EntryTraits" (
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "structureHash" TEXT NOT NULL,
    "prototype" TEXT,
    "pearson" TEXT,
    "spaceGroupNumber" INTEGER,
    "fingerprint" BYTEA,
    "lines" BYTEA,

    CONSTRAINT "EntryTraits_pkey" PRIMARY KEY ("datasetId","number")
);

-- CreateIndex
CREATE INDEX "EntryTraits_prototype_idx" ON "EntryTraits"("prototype");

-- AddForeignKey
ALTER TABLE "EntryTraits" ADD CONSTRAINT "EntryTraits_datasetId_number_fkey" FOREIGN KEY ("datasetId", "number") REFERENCES "Entry"("datasetId", "number") ON DELETE CASCADE ON UPDATE CASCADE;
