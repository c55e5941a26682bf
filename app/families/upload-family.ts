import { FAMILY_BYTES_MAX, type FamilyDetail } from '@/server/schemas/pseudopotentials';
import { upload } from '../components/upload';

/** "SSSP_1.3.0_PBE_efficiency" of "SSSP_1.3.0_PBE_efficiency.tar.gz". */
export const nameOfArchive = (fileName: string) => fileName.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '').slice(0, 100);

/** Sends an archive as it is and tells how much of it has gone. */
export const uploadFamily = (file: File, name: string, onShare: (share: number) => void): Promise<FamilyDetail> =>
  upload(`/api/pseudopotentials/upload?name=${encodeURIComponent(name)}`, file, {
    bytesMax: FAMILY_BYTES_MAX,
    onShare,
  });
