-- DropIndex
DROP INDEX "DataNode_projectId_kind_idx";

-- DropIndex
DROP INDEX "Link_dataNodeId_idx";

-- DropIndex
DROP INDEX "Link_calledId_idx";

-- CreateIndex
CREATE INDEX "Process_projectId_createdAt_id_idx" ON "Process"("projectId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Process_projectId_name_createdAt_id_idx" ON "Process"("projectId", "name", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "DataNode_projectId_createdAt_id_idx" ON "DataNode"("projectId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "DataNode_projectId_kind_createdAt_id_idx" ON "DataNode"("projectId", "kind", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Link_processId_kind_id_idx" ON "Link"("processId", "kind", "id");

-- CreateIndex
CREATE INDEX "Link_dataNodeId_kind_id_idx" ON "Link"("dataNodeId", "kind", "id");

-- CreateIndex
CREATE INDEX "Link_calledId_id_idx" ON "Link"("calledId", "id");
