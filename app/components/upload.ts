import { bytes } from '../format/number';

const AWAY = 'The platform does not answer. Look whether it still runs in its terminal, then try again.';

interface Options {
  bytesMax: number;
  /** Of the bytes, how many have gone. */
  onShare: (share: number) => void;
}

/** Sends a file as it is to a route of the platform and gives its answer. Throws an Error whose message is for the person. */
export function upload<Answer>(address: string, file: File, { bytesMax, onShare }: Options): Promise<Answer> {
  if (file.size > bytesMax)
    return Promise.reject(
      new Error(`${file.name} holds ${bytes(file.size)}; ${bytes(bytesMax)} is the most that is taken.`),
    );
  // fetch does not tell how much of a body has been sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
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
