-- AlterEnum
ALTER TYPE "ProcessKind" ADD VALUE 'function';

-- AlterTable
ALTER TABLE "Process" ADD COLUMN     "userId" UUID,
ALTER COLUMN "calculationId" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "Process" ADD CONSTRAINT "Process_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
