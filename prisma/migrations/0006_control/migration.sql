-- CreateEnum
CREATE TYPE "Priority" AS ENUM ('low', 'normal', 'high');

-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "jobsMax" INTEGER;

-- AlterTable
ALTER TABLE "Calculation" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "priority" "Priority" NOT NULL DEFAULT 'normal',
ALTER COLUMN "structureId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "cleanedAt" TIMESTAMPTZ(3),
ADD COLUMN     "restarts" TEXT[];

-- AlterTable
ALTER TABLE "Computer" ADD COLUMN     "jobsMax" INTEGER;
