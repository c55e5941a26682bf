-- AlterTable
ALTER TABLE "Computer" ADD COLUMN     "programs" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "PseudopotentialFamily" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "layout" TEXT NOT NULL,
    "functional" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PseudopotentialFamily_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pseudopotential" (
    "familyId" UUID NOT NULL,
    "element" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "md5" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "valenceElectrons" DOUBLE PRECISION NOT NULL,
    "hasCoreCorrection" BOOLEAN NOT NULL,
    "hasSpinOrbit" BOOLEAN NOT NULL,
    "cutoffFast" DOUBLE PRECISION NOT NULL,
    "cutoffBalanced" DOUBLE PRECISION NOT NULL,
    "cutoffStringent" DOUBLE PRECISION NOT NULL,
    "densityCutoffHartree" DOUBLE PRECISION,

    CONSTRAINT "Pseudopotential_pkey" PRIMARY KEY ("familyId","element")
);

-- CreateIndex
CREATE UNIQUE INDEX "PseudopotentialFamily_projectId_name_key" ON "PseudopotentialFamily"("projectId", "name");

-- CreateIndex
CREATE INDEX "Pseudopotential_sha256_idx" ON "Pseudopotential"("sha256");

-- AddForeignKey
ALTER TABLE "PseudopotentialFamily" ADD CONSTRAINT "PseudopotentialFamily_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pseudopotential" ADD CONSTRAINT "Pseudopotential_familyId_fkey" FOREIGN KEY ("familyId") REFERENCES "PseudopotentialFamily"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pseudopotential" ADD CONSTRAINT "Pseudopotential_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "Blob"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
