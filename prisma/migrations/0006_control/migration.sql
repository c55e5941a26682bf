-- CreateEnum
CREATE TYPE "Priority" AS ENUM ('low', 'normal', 'high');

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "jobsMax" INTEGER;

-- AlterTable
ALTER TABLE "Calculation" ADD COLUMN     "againOfId" UUID,
ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "priority" "Priority" NOT NULL DEFAULT 'normal',
ALTER COLUMN "structureId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "cleanedAt" TIMESTAMPTZ(3),
ADD COLUMN     "diskBytes" BIGINT,
ADD COLUMN     "isReusable" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "restarts" TEXT[];

-- AlterTable
ALTER TABLE "Computer" ADD COLUMN     "jobsMax" INTEGER;

-- CreateIndex
CREATE INDEX "Calculation_againOfId_idx" ON "Calculation"("againOfId");

-- AddForeignKey
ALTER TABLE "Calculation" ADD CONSTRAINT "Calculation_againOfId_fkey" FOREIGN KEY ("againOfId") REFERENCES "Calculation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
