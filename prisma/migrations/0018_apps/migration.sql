-- CreateTable
CREATE TABLE "App" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "notebookId" UUID,
    "userId" UUID,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "runs" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "file" JSONB NOT NULL,
    "fileHash" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "App_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Notebook" ADD COLUMN     "visitOfId" UUID,
ADD COLUMN     "visitVersion" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "App_notebookId_key" ON "App"("notebookId");

-- CreateIndex
CREATE UNIQUE INDEX "App_projectId_name_key" ON "App"("projectId", "name");

-- CreateIndex
CREATE INDEX "App_userId_idx" ON "App"("userId");

-- CreateIndex
CREATE INDEX "Notebook_visitOfId_idx" ON "Notebook"("visitOfId");

-- AddForeignKey
ALTER TABLE "Notebook" ADD CONSTRAINT "Notebook_visitOfId_fkey" FOREIGN KEY ("visitOfId") REFERENCES "App"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "App" ADD CONSTRAINT "App_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "App" ADD CONSTRAINT "App_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "App" ADD CONSTRAINT "App_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;
