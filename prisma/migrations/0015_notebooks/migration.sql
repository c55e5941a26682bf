-- CreateTable
CREATE TABLE "Notebook" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "spec" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notebook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotebookOperation" (
    "notebookId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "data" JSONB NOT NULL,

    CONSTRAINT "NotebookOperation_pkey" PRIMARY KEY ("notebookId","number")
);

-- CreateTable
CREATE TABLE "NotebookSnapshot" (
    "notebookId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" JSONB NOT NULL,
    "text" BYTEA NOT NULL,

    CONSTRAINT "NotebookSnapshot_pkey" PRIMARY KEY ("notebookId","number")
);

-- CreateTable
CREATE TABLE "NotebookBlob" (
    "notebookId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "NotebookBlob_pkey" PRIMARY KEY ("notebookId","sha256")
);

-- CreateTable
CREATE TABLE "RuntimeHost" (
    "id" UUID NOT NULL,
    "hostName" TEXT NOT NULL,
    "bootId" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "pidStart" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3) NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RuntimeHost_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Notebook_projectId_archivedAt_id_idx" ON "Notebook"("projectId", "archivedAt", "id" DESC);

-- CreateIndex
CREATE INDEX "Notebook_userId_idx" ON "Notebook"("userId");

-- CreateIndex
CREATE INDEX "NotebookBlob_sha256_idx" ON "NotebookBlob"("sha256");

-- CreateIndex
CREATE INDEX "RuntimeHost_leaseUntil_idx" ON "RuntimeHost"("leaseUntil");

-- AddForeignKey
ALTER TABLE "Notebook" ADD CONSTRAINT "Notebook_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notebook" ADD CONSTRAINT "Notebook_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookOperation" ADD CONSTRAINT "NotebookOperation_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookSnapshot" ADD CONSTRAINT "NotebookSnapshot_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookBlob" ADD CONSTRAINT "NotebookBlob_notebookId_fkey" FOREIGN KEY ("notebookId") REFERENCES "Notebook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotebookBlob" ADD CONSTRAINT "NotebookBlob_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
