-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "goOnRequestedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Computer" ADD COLUMN     "hostKeys" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "isEnabled" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "secret" BYTEA,
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "test" JSONB;

-- CreateTable
CREATE TABLE "ComputerCode" (
    "id" UUID NOT NULL,
    "computerId" UUID NOT NULL,
    "projectId" UUID,
    "program" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "prependText" TEXT NOT NULL DEFAULT '',
    "isByHand" BOOLEAN NOT NULL DEFAULT false,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ComputerCode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ComputerCode_projectId_idx" ON "ComputerCode"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "ComputerCode_computerId_program_path_key" ON "ComputerCode"("computerId", "program", "path");

-- AddForeignKey
ALTER TABLE "ComputerCode" ADD CONSTRAINT "ComputerCode_computerId_fkey" FOREIGN KEY ("computerId") REFERENCES "Computer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
