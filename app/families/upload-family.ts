import { FAMILY_BYTES_MAX, type FamilyDetail } from '@/server/schemas/pseudopotentials';
import { bytes } from '../format/number';

/** "SSSP_1.3.0_PBE_efficiency" of "SSSP_1.3.0_PBE_efficiency.tar.gz". */
export const nameOfArchive = (fileName: string) => fileName.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '').slice(0, 100);

const AWAY = 'The platform does not answer. Look whether it still runs in its terminal, then try again.';

/** Sends an archive as it is and tells how much of it has gone. Throws an Error whose message is for the person. */
export function uploadFamily(file: File, name: string, onShare: (share: number) => void): Promise<FamilyDetail> {
  if (file.size > FAMILY_BYTES_MAX)
    return Promise.reject(
      new Error(
        `${file.name} holds ${bytes(file.size)}; an archive may hold ${bytes(FAMILY_BYTES_MAX)} at most. Pack fewer files into it.`,
      ),
    );
  // fetch does not tell how much of a body has been sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/pseudopotentials/upload?name=${encodeURIComponent(name)}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Error(AWAY));
    request.onload = () => {
      const answer = request.response;
      if (request.status === 200) resolve(answer);
      else reject(new Error(answer?.error?.message ?? AWAY));
    };
    onShare(0);
    request.send(file);
  });
}
