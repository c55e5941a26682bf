-- AlterTable
ALTER TABLE "Pseudopotential" ADD COLUMN     "relativity" TEXT;
