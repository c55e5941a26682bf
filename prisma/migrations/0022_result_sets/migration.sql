-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "symmetryCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "SavedQuery" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedQuery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResultSet" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "datasetId" UUID,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "datasetSlug" TEXT NOT NULL,
    "datasetTitle" TEXT NOT NULL,
    "datasetVersion" TEXT NOT NULL,
    "datasetRevision" INTEGER NOT NULL,
    "datasetLicence" TEXT NOT NULL,
    "datasetCitation" TEXT NOT NULL,
    "entryCount" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ResultSet_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SavedQuery_projectId_idx" ON "SavedQuery"("projectId");

-- CreateIndex
CREATE INDEX "SavedQuery_datasetId_idx" ON "SavedQuery"("datasetId");

-- CreateIndex
CREATE INDEX "ResultSet_projectId_idx" ON "ResultSet"("projectId");

-- CreateIndex
CREATE INDEX "ResultSet_datasetId_idx" ON "ResultSet"("datasetId");

-- CreateIndex
CREATE INDEX "ResultSet_sha256_idx" ON "ResultSet"("sha256");

-- AddForeignKey
ALTER TABLE "SavedQuery" ADD CONSTRAINT "SavedQuery_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedQuery" ADD CONSTRAINT "SavedQuery_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResultSet" ADD CONSTRAINT "ResultSet_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResultSet" ADD CONSTRAINT "ResultSet_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResultSet" ADD CONSTRAINT "ResultSet_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
