-- CreateEnum
CREATE TYPE "DatasetState" AS ENUM ('importing', 'ready', 'interrupted');

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "citation" TEXT NOT NULL,
    "properties" JSONB NOT NULL DEFAULT '[]',
    "source" JSONB NOT NULL,
    "sourceSha256" TEXT,
    "state" "DatasetState" NOT NULL,
    "report" JSONB NOT NULL,
    "entryCount" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "isOpen" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "elements" TEXT[],
    "elementCount" INTEGER NOT NULL,
    "siteCount" INTEGER NOT NULL,
    "periodicCount" INTEGER NOT NULL,
    "formulaReduced" TEXT NOT NULL,
    "formulaAnonymous" TEXT NOT NULL,
    "formulaHill" TEXT,
    "formulaDescriptive" TEXT,
    "spaceGroupNumber" INTEGER,
    "volumeAngstrom3" DOUBLE PRECISION,
    "structureHash" TEXT,
    "lastModified" TIMESTAMPTZ(3),
    "properties" JSONB NOT NULL,
    "failures" JSONB,
    "referenceKeys" TEXT[],

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("datasetId","number")
);

-- CreateTable
CREATE TABLE "EntryStructure" (
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "EntryStructure_pkey" PRIMARY KEY ("datasetId","number")
);

-- CreateTable
CREATE TABLE "DatasetReference" (
    "datasetId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "attributes" JSONB NOT NULL,

    CONSTRAINT "DatasetReference_pkey" PRIMARY KEY ("datasetId","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_slug_key" ON "Dataset"("slug");

-- CreateIndex
CREATE INDEX "Dataset_projectId_idx" ON "Dataset"("projectId");

-- CreateIndex
CREATE INDEX "Dataset_sourceSha256_idx" ON "Dataset"("sourceSha256");

-- CreateIndex
CREATE INDEX "Entry_elements_idx" ON "Entry" USING GIN ("elements");

-- CreateIndex
CREATE INDEX "Entry_datasetId_formulaReduced_idx" ON "Entry"("datasetId", "formulaReduced");

-- CreateIndex
CREATE INDEX "Entry_datasetId_formulaAnonymous_idx" ON "Entry"("datasetId", "formulaAnonymous");

-- CreateIndex
CREATE INDEX "Entry_structureHash_idx" ON "Entry"("structureHash");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_datasetId_key_key" ON "Entry"("datasetId", "key");

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_sourceSha256_fkey" FOREIGN KEY ("sourceSha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryStructure" ADD CONSTRAINT "EntryStructure_datasetId_number_fkey" FOREIGN KEY ("datasetId", "number") REFERENCES "Entry"("datasetId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetReference" ADD CONSTRAINT "DatasetReference_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
