-- AlterTable
ALTER TABLE "Calculation" ADD COLUMN     "isReusable" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "rerunFrom" TEXT,
ADD COLUMN     "rerunOfId" UUID;

-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "failuresMet" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "Calculation_rerunOfId_idx" ON "Calculation"("rerunOfId");

-- AddForeignKey
ALTER TABLE "Calculation" ADD CONSTRAINT "Calculation_rerunOfId_fkey" FOREIGN KEY ("rerunOfId") REFERENCES "Calculation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
