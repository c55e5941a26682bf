-- CreateEnum
CREATE TYPE "RemoteAnswerState" AS ENUM ('asking', 'answered', 'failed');

-- CreateEnum
CREATE TYPE "Comparison" AS ENUM ('waiting', 'done', 'skipped');

-- CreateTable
CREATE TABLE "RemoteProvider" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RemoteProvider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemoteSearch" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "filter" TEXT NOT NULL,
    "sitesMin" INTEGER,
    "sitesMax" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RemoteSearch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemoteAnswer" (
    "id" UUID NOT NULL,
    "searchId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "state" "RemoteAnswerState" NOT NULL DEFAULT 'asking',
    "pages" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "next" TEXT,
    "visited" TEXT[],
    "latencyMs" INTEGER,
    "failure" TEXT,
    "notes" TEXT[],

    CONSTRAINT "RemoteAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemoteEntry" (
    "id" UUID NOT NULL,
    "searchId" UUID NOT NULL,
    "answerId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "elementCount" INTEGER NOT NULL,
    "siteCount" INTEGER NOT NULL,
    "spaceGroupNumber" INTEGER,
    "structureHash" TEXT NOT NULL,
    "attributes" JSONB NOT NULL,
    "groupId" UUID NOT NULL,
    "comparison" "Comparison" NOT NULL DEFAULT 'waiting',

    CONSTRAINT "RemoteEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "RemoteProvider_projectId_url_key" ON "RemoteProvider"("projectId", "url");

-- CreateIndex
CREATE INDEX "RemoteSearch_projectId_id_idx" ON "RemoteSearch"("projectId", "id" DESC);

-- CreateIndex
CREATE INDEX "RemoteSearch_usedAt_idx" ON "RemoteSearch"("usedAt");

-- CreateIndex
CREATE INDEX "RemoteAnswer_searchId_idx" ON "RemoteAnswer"("searchId");

-- CreateIndex
CREATE INDEX "RemoteEntry_searchId_comparison_idx" ON "RemoteEntry"("searchId", "comparison");

-- CreateIndex
CREATE INDEX "RemoteEntry_searchId_formula_idx" ON "RemoteEntry"("searchId", "formula");

-- CreateIndex
CREATE INDEX "RemoteEntry_searchId_groupId_idx" ON "RemoteEntry"("searchId", "groupId");

-- CreateIndex
CREATE UNIQUE INDEX "RemoteEntry_answerId_key_key" ON "RemoteEntry"("answerId", "key");

-- AddForeignKey
ALTER TABLE "RemoteProvider" ADD CONSTRAINT "RemoteProvider_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemoteSearch" ADD CONSTRAINT "RemoteSearch_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemoteAnswer" ADD CONSTRAINT "RemoteAnswer_searchId_fkey" FOREIGN KEY ("searchId") REFERENCES "RemoteSearch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemoteEntry" ADD CONSTRAINT "RemoteEntry_searchId_fkey" FOREIGN KEY ("searchId") REFERENCES "RemoteSearch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemoteEntry" ADD CONSTRAINT "RemoteEntry_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "RemoteAnswer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
