-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateExtension (by hand): a filter on part of a label uses an index. Any owner of a database may make it.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "ProcessState" AS ENUM ('created', 'waiting', 'queued', 'running', 'paused', 'finished', 'failed', 'killed');

-- CreateEnum
CREATE TYPE "ProcessKind" AS ENUM ('workflow', 'job');

-- CreateEnum
CREATE TYPE "LinkKind" AS ENUM ('input', 'create', 'return', 'call');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "eventCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "userId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("userId","projectId")
);

-- CreateTable
CREATE TABLE "Token" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blob" (
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Structure" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "elements" TEXT[],
    "siteCount" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "summary" JSONB NOT NULL,
    "sourceKind" TEXT NOT NULL,
    "fileName" TEXT,
    "sourceSha256" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Structure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "data" JSONB NOT NULL,
    "structureId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Calculation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "structureId" UUID NOT NULL,
    "properties" TEXT[],
    "protocol" TEXT NOT NULL,
    "functional" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "useCache" BOOLEAN NOT NULL DEFAULT true,
    "isSeed" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Calculation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Process" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "calculationId" UUID NOT NULL,
    "parentId" UUID,
    "kind" "ProcessKind" NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL DEFAULT 0,
    "state" "ProcessState" NOT NULL DEFAULT 'created',
    "phase" TEXT,
    "exitCode" INTEGER,
    "failure" JSONB,
    "workerId" UUID,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "progressLines" INTEGER NOT NULL DEFAULT 0,
    "stopRequestedAt" TIMESTAMPTZ(3),
    "computerId" UUID,
    "codeId" UUID,
    "cores" INTEGER,
    "memoryBytes" BIGINT,
    "timeLimitSeconds" INTEGER,
    "expectedSeconds" DOUBLE PRECISION,
    "jobKey" TEXT,
    "reusedFromId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queuedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProcessEvent" (
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "calculationId" UUID NOT NULL,
    "processId" UUID NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProcessEvent_pkey" PRIMARY KEY ("projectId","number")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" UUID NOT NULL,
    "hostName" TEXT NOT NULL,
    "bootId" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "pidStart" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3) NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),
    "recoveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataNode" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "value" JSONB,
    "structureId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DataNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataNodeFile" (
    "dataNodeId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,

    CONSTRAINT "DataNodeFile_pkey" PRIMARY KEY ("dataNodeId","name")
);

-- CreateTable
CREATE TABLE "Link" (
    "id" UUID NOT NULL,
    "kind" "LinkKind" NOT NULL,
    "name" TEXT NOT NULL,
    "processId" UUID NOT NULL,
    "dataNodeId" UUID,
    "calledId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Computer" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "key" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "scheduler" TEXT NOT NULL,
    "cores" INTEGER NOT NULL,
    "memoryBytes" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Computer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Code" (
    "id" UUID NOT NULL,
    "program" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Membership_projectId_idx" ON "Membership"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Token_sha256_key" ON "Token"("sha256");

-- CreateIndex
CREATE INDEX "Token_userId_idx" ON "Token"("userId");

-- CreateIndex
CREATE INDEX "Token_projectId_idx" ON "Token"("projectId");

-- CreateIndex
CREATE INDEX "Blob_createdAt_idx" ON "Blob"("createdAt");

-- CreateIndex
CREATE INDEX "Structure_projectId_formula_idx" ON "Structure"("projectId", "formula");

-- CreateIndex
CREATE INDEX "Structure_elements_idx" ON "Structure" USING GIN ("elements");

-- CreateIndex
CREATE INDEX "Structure_sourceSha256_idx" ON "Structure"("sourceSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Structure_projectId_hash_key" ON "Structure"("projectId", "hash");

-- CreateIndex
CREATE INDEX "Draft_projectId_userId_id_idx" ON "Draft"("projectId", "userId", "id");

-- CreateIndex
CREATE INDEX "Draft_structureId_idx" ON "Draft"("structureId");

-- CreateIndex
CREATE INDEX "Calculation_projectId_id_idx" ON "Calculation"("projectId", "id" DESC);

-- CreateIndex
CREATE INDEX "Calculation_projectId_formula_id_idx" ON "Calculation"("projectId", "formula", "id" DESC);

-- CreateIndex
CREATE INDEX "Calculation_projectId_createdAt_idx" ON "Calculation"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Calculation_projectId_isSeed_idx" ON "Calculation"("projectId", "isSeed");

-- CreateIndex
CREATE INDEX "Calculation_label_idx" ON "Calculation" USING GIN ("label" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Calculation_userId_idx" ON "Calculation"("userId");

-- CreateIndex
CREATE INDEX "Calculation_structureId_idx" ON "Calculation"("structureId");

-- CreateIndex
CREATE INDEX "Process_projectId_state_idx" ON "Process"("projectId", "state");

-- CreateIndex
CREATE INDEX "Process_computerId_state_idx" ON "Process"("computerId", "state");

-- CreateIndex
CREATE INDEX "Process_projectId_jobKey_idx" ON "Process"("projectId", "jobKey");

-- CreateIndex
CREATE INDEX "Process_parentId_idx" ON "Process"("parentId");

-- CreateIndex
CREATE INDEX "Process_workerId_idx" ON "Process"("workerId");

-- CreateIndex
CREATE INDEX "Process_reusedFromId_idx" ON "Process"("reusedFromId");

-- CreateIndex
CREATE UNIQUE INDEX "Process_calculationId_name_key" ON "Process"("calculationId", "name");

-- CreateIndex
CREATE INDEX "ProcessEvent_calculationId_number_idx" ON "ProcessEvent"("calculationId", "number");

-- CreateIndex
CREATE INDEX "ProcessEvent_processId_idx" ON "ProcessEvent"("processId");

-- CreateIndex
CREATE INDEX "Worker_leaseUntil_idx" ON "Worker"("leaseUntil");

-- CreateIndex
CREATE INDEX "DataNode_projectId_kind_idx" ON "DataNode"("projectId", "kind");

-- CreateIndex
CREATE INDEX "DataNode_structureId_idx" ON "DataNode"("structureId");

-- CreateIndex
CREATE INDEX "DataNodeFile_sha256_idx" ON "DataNodeFile"("sha256");

-- CreateIndex
CREATE INDEX "Link_dataNodeId_idx" ON "Link"("dataNodeId");

-- CreateIndex
CREATE INDEX "Link_calledId_idx" ON "Link"("calledId");

-- CreateIndex
CREATE UNIQUE INDEX "Link_processId_kind_name_key" ON "Link"("processId", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Computer_key_key" ON "Computer"("key");

-- CreateIndex
CREATE INDEX "Computer_projectId_idx" ON "Computer"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Code_program_build_key" ON "Code"("program", "build");

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Structure" ADD CONSTRAINT "Structure_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Structure" ADD CONSTRAINT "Structure_sourceSha256_fkey" FOREIGN KEY ("sourceSha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_structureId_fkey" FOREIGN KEY ("structureId") REFERENCES "Structure"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Calculation" ADD CONSTRAINT "Calculation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Calculation" ADD CONSTRAINT "Calculation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Calculation" ADD CONSTRAINT "Calculation_structureId_fkey" FOREIGN KEY ("structureId") REFERENCES "Structure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_calculationId_fkey" FOREIGN KEY ("calculationId") REFERENCES "Calculation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_reusedFromId_fkey" FOREIGN KEY ("reusedFromId") REFERENCES "Process"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "Worker"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_computerId_fkey" FOREIGN KEY ("computerId") REFERENCES "Computer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "Code"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcessEvent" ADD CONSTRAINT "ProcessEvent_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcessEvent" ADD CONSTRAINT "ProcessEvent_calculationId_fkey" FOREIGN KEY ("calculationId") REFERENCES "Calculation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcessEvent" ADD CONSTRAINT "ProcessEvent_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataNode" ADD CONSTRAINT "DataNode_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataNode" ADD CONSTRAINT "DataNode_structureId_fkey" FOREIGN KEY ("structureId") REFERENCES "Structure"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataNodeFile" ADD CONSTRAINT "DataNodeFile_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataNodeFile" ADD CONSTRAINT "DataNodeFile_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Link" ADD CONSTRAINT "Link_calledId_fkey" FOREIGN KEY ("calledId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;
