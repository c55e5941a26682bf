-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "measuredAt" TIMESTAMPTZ(3),
ADD COLUMN     "remoteBytes" BIGINT,
ADD COLUMN     "remoteCleanedAt" TIMESTAMPTZ(3),
ADD COLUMN     "scratchBytes" BIGINT;

-- AlterTable
ALTER TABLE "ComputerCode" ADD COLUMN     "modules" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "CalculationWait" (
    "calculationId" UUID NOT NULL,
    "afterId" UUID NOT NULL,
    "metAt" TIMESTAMPTZ(3),

    CONSTRAINT "CalculationWait_pkey" PRIMARY KEY ("calculationId","afterId")
);

-- CreateIndex
CREATE INDEX "CalculationWait_afterId_idx" ON "CalculationWait"("afterId");

-- CreateIndex
CREATE INDEX "CalculationWait_metAt_idx" ON "CalculationWait"("metAt");

-- AddForeignKey
ALTER TABLE "CalculationWait" ADD CONSTRAINT "CalculationWait_calculationId_fkey" FOREIGN KEY ("calculationId") REFERENCES "Calculation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalculationWait" ADD CONSTRAINT "CalculationWait_afterId_fkey" FOREIGN KEY ("afterId") REFERENCES "Calculation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
