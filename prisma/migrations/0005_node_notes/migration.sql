-- CreateTable
CREATE TABLE "NodeTag" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "dataNodeId" UUID,
    "processId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NodeTag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NodeComment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "dataNodeId" UUID,
    "processId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NodeComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NodeGroup" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NodeGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NodeGroupMember" (
    "id" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "dataNodeId" UUID,
    "processId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NodeGroupMember_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NodeTag_projectId_name_idx" ON "NodeTag"("projectId", "name");

-- CreateIndex
CREATE INDEX "NodeTag_userId_idx" ON "NodeTag"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "NodeTag_dataNodeId_name_key" ON "NodeTag"("dataNodeId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "NodeTag_processId_name_key" ON "NodeTag"("processId", "name");

-- CreateIndex
CREATE INDEX "NodeComment_projectId_idx" ON "NodeComment"("projectId");

-- CreateIndex
CREATE INDEX "NodeComment_dataNodeId_id_idx" ON "NodeComment"("dataNodeId", "id");

-- CreateIndex
CREATE INDEX "NodeComment_processId_id_idx" ON "NodeComment"("processId", "id");

-- CreateIndex
CREATE INDEX "NodeComment_userId_idx" ON "NodeComment"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "NodeGroup_projectId_name_key" ON "NodeGroup"("projectId", "name");

-- CreateIndex
CREATE INDEX "NodeGroupMember_groupId_id_idx" ON "NodeGroupMember"("groupId", "id");

-- CreateIndex
CREATE INDEX "NodeGroupMember_dataNodeId_idx" ON "NodeGroupMember"("dataNodeId");

-- CreateIndex
CREATE INDEX "NodeGroupMember_processId_idx" ON "NodeGroupMember"("processId");

-- CreateIndex
CREATE UNIQUE INDEX "NodeGroupMember_groupId_dataNodeId_key" ON "NodeGroupMember"("groupId", "dataNodeId");

-- CreateIndex
CREATE UNIQUE INDEX "NodeGroupMember_groupId_processId_key" ON "NodeGroupMember"("groupId", "processId");

-- AddForeignKey
ALTER TABLE "NodeTag" ADD CONSTRAINT "NodeTag_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeTag" ADD CONSTRAINT "NodeTag_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeTag" ADD CONSTRAINT "NodeTag_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeTag" ADD CONSTRAINT "NodeTag_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeComment" ADD CONSTRAINT "NodeComment_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeComment" ADD CONSTRAINT "NodeComment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeComment" ADD CONSTRAINT "NodeComment_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeComment" ADD CONSTRAINT "NodeComment_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeGroup" ADD CONSTRAINT "NodeGroup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeGroupMember" ADD CONSTRAINT "NodeGroupMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "NodeGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeGroupMember" ADD CONSTRAINT "NodeGroupMember_dataNodeId_fkey" FOREIGN KEY ("dataNodeId") REFERENCES "DataNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NodeGroupMember" ADD CONSTRAINT "NodeGroupMember_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Each is about one node.
ALTER TABLE "NodeTag" ADD CONSTRAINT "NodeTag_one_node" CHECK (num_nonnulls("dataNodeId", "processId") = 1);
ALTER TABLE "NodeComment" ADD CONSTRAINT "NodeComment_one_node" CHECK (num_nonnulls("dataNodeId", "processId") = 1);
ALTER TABLE "NodeGroupMember" ADD CONSTRAINT "NodeGroupMember_one_node" CHECK (num_nonnulls("dataNodeId", "processId") = 1);

-- Full-text search. The configuration `simple` takes words as they are written, as names and formulas want it.
CREATE INDEX "NodeComment_words" ON "NodeComment" USING GIN (to_tsvector('simple', "body"));
CREATE INDEX "NodeTag_words" ON "NodeTag" USING GIN (to_tsvector('simple', "name"));
CREATE INDEX "Calculation_words" ON "Calculation" USING GIN (to_tsvector('simple', "label"));
CREATE INDEX "Structure_words" ON "Structure" USING GIN (to_tsvector('simple', "name" || ' ' || "formula"));
