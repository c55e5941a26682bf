// A lock that a file stands for, and that a process which was killed does not keep: whoever comes next sees that its
// holder is gone. The file holds a text by which the holder can be known again.
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const REMOVAL_MAX_MS = 10_000;
const TRIES = 1000;

/**
 * Makes `file` with `text` in it, unless a living process holds it. Gives the text of that holder, or null when the lock
 * was taken; `left` is then what a dead holder had written. All within one turn of the event loop.
 * @param {string} file
 * @param {string} text unlike that of any other holder
 * @param {(text: string) => boolean} isHeld whether the process that wrote the text still runs
 * @returns {{ holder: string } | { holder: null, left: string | null }}
 */
export function takeLock(file, text, isHeld) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o600 });
  try {
    let left = null;
    for (let i = 0; i < TRIES; i++) {
      // A link appears with its whole content or not at all, and never in place of another.
      if (link(own, file)) return { holder: null, left };
      const found = read(file);
      if (found === null) continue;
      if (isHeld(found)) return { holder: found };
      if (removeOf(file, found, own)) left = found;
    }
    throw new Error(`The lock ${file} could not be taken: remove it if nothing runs.`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes the lock of a dead holder. Of several who see it dead one wins; a lock taken meanwhile is left alone. */
function removeOf(file, text, own) {
  const removal = `${file}.removal`;
  if (!link(own, removal)) {
    const made = statSync(removal, { throwIfNoEntry: false })?.ctimeMs;
    // Removing takes no time: whoever began it this long ago was killed in the middle.
    if (made !== undefined && Date.now() - made > REMOVAL_MAX_MS) rmSync(removal, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return false;
  }
  const isSame = read(file) === text;
  if (isSame) rmSync(file, { force: true });
  rmSync(removal, { force: true });
  return isSame;
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (err) {
    if (err.code !== 'EEXIST') throw err;
    return false;
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (err) {
    if (err.code !== 'ENOENT') throw err;
    return null;
  }
}

/** A process by its number and the time of its start, which tells it apart from a later one with the same number. */
export function describeProcess(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // Counted after the name, which may hold spaces and brackets.
  if (stat !== null) return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  return `${pid} -`;
}

/** Whether the process that `describeProcess` told of still runs. */
export function isDescribed(text) {
  const pid = Number(text.split(' ')[0]);
  try {
    process.kill(pid, 0);
  } catch (err) {
    if (err.code !== 'EPERM') return false;
  }
  return describeProcess(pid) === text;
}
