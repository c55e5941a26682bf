-- AlterTable
ALTER TABLE "Token" ADD COLUMN     "runtimeHostId" UUID;

-- CreateIndex
CREATE INDEX "Token_runtimeHostId_idx" ON "Token"("runtimeHostId");

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_runtimeHostId_fkey" FOREIGN KEY ("runtimeHostId") REFERENCES "RuntimeHost"("id") ON DELETE SET NULL ON UPDATE CASCADE;
