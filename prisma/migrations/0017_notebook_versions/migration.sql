-- CreateTable
CREATE TABLE "NotebookVersion" (
    "id" UUID NOT NULL,
    "notebookId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "userId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "metadata" JSONB NOT NULL,
    "cells" JSONB NOT NULL,
    "cellCount" INTEGER NOT NULL,
    "changedCells" INTEGER NOT NULL,
    "blobs" TEXT[],

    CONSTRAINT "NotebookVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotebookContent" (
    "notebookId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "NotebookContent_pkey" PRIMARY KEY ("notebookId","hash")
);

-- CreateIndex
CREATE INDEX "NotebookVersion_notebookId_id_idx" ON "NotebookVersion"("notebookId", "id" DESC);

-- CreateIndex
CREATE INDEX "NotebookVersion_userId_idx" ON "NotebookVersion"("userId");

-- AddForeignKey
ALTER TABLE "NotebookVersion" ADD CONSTRAINT "NotebookVersion_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookVersion" ADD CONSTRAINT "NotebookVersion_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookContent" ADD CONSTRAINT "NotebookContent_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;
