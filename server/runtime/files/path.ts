import { AppError } from '@/server/errors';

const NAME_BYTES_MAX = 255;
const DEPTH_MAX = 50;

/** The names of a path within the folder of a notebook. What could lead out of it is refused. */
export function namesOf(path: string): string[] {
  if (path === '') return [];
  const names = path.split('/');
  if (names.length > DEPTH_MAX) throw refused('This lies in too many folders.');
  for (const name of names) {
    if (name === '' || name === '.' || name === '..' || name.includes('\0'))
      throw refused('A path names folders and files within the folder of the notebook, with one slash between them.');
    if (Buffer.byteLength(name) > NAME_BYTES_MAX) throw refused('This name is too long.');
  }
  return names;
}

/** The same for something new: its name can be read, also in a terminal. */
export function newNamesOf(path: string): string[] {
  const names = namesOf(path);
  const name = names.at(-1);
  if (name === undefined || name.trim() === '') throw refused('Give it a name.');
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name))
    throw refused('A name holds no line breaks or other control characters.');
  return names;
}

const refused = (userMessage: string) => new AppError('bad-input', 'a path that is not taken', { userMessage });
