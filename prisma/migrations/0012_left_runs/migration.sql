-- CreateTable
CREATE TABLE "LeftRun" (
    "processId" UUID NOT NULL,
    "computerId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LeftRun_pkey" PRIMARY KEY ("processId")
);

-- CreateIndex
CREATE INDEX "LeftRun_computerId_idx" ON "LeftRun"("computerId");

-- AddForeignKey
ALTER TABLE "LeftRun" ADD CONSTRAINT "LeftRun_computerId_fkey" FOREIGN KEY ("computerId") REFERENCES "Computer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
