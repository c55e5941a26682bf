-- CreateTable
CREATE TABLE "Curation" (
    "datasetId" UUID NOT NULL,
    "againOfId" UUID,
    "step" TEXT NOT NULL DEFAULT 'examine',
    "examined" INTEGER NOT NULL DEFAULT 0,
    "matchedTo" TEXT NOT NULL DEFAULT '',
    "writtenTo" INTEGER NOT NULL DEFAULT 0,
    "keptSha256" TEXT,

    CONSTRAINT "Curation_pkey" PRIMARY KEY ("datasetId")
);

-- CreateTable
CREATE TABLE "CurationMember" (
    "datasetId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sourceIndex" INTEGER NOT NULL,
    "sourceNumber" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "reason" TEXT,
    "detail" TEXT,
    "groupKey" TEXT,
    "warnings" INTEGER NOT NULL DEFAULT 0,
    "siteCount" INTEGER,
    "lastModified" TIMESTAMPTZ(3),
    "primitive" JSONB,
    "family" INTEGER,
    "isChosen" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "CurationMember_pkey" PRIMARY KEY ("datasetId","position")
);

-- CreateIndex
CREATE INDEX "CurationMember_datasetId_reason_position_idx" ON "CurationMember"("datasetId", "reason", "position");

-- CreateIndex
CREATE INDEX "CurationMember_datasetId_groupKey_position_idx" ON "CurationMember"("datasetId", "groupKey", "position");

-- CreateIndex
CREATE INDEX "CurationMember_datasetId_family_idx" ON "CurationMember"("datasetId", "family");

-- AddForeignKey
ALTER TABLE "Curation" ADD CONSTRAINT "Curation_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CurationMember" ADD CONSTRAINT "CurationMember_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Curation"("datasetId") ON DELETE CASCADE ON UPDATE CASCADE;
