import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SAMPLING_MS = 40;

/**
 * Runs a program to its end: wall time from start to exit, and peak memory summed over it and all processes it starts, as Linux
 * keeps it for each (VmHWM); null elsewhere. Processes that live shorter than the sampling are missed. Throws where it fails.
 */
export function measureProcess(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    const peaks = new Map();
    const sampling = setInterval(() => samplePeaks(child.pid, peaks), SAMPLING_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sampling);
      const seconds = (performance.now() - began) / 1000;
      if (code !== 0) return reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${complaint}`));
      resolve({ seconds, peakBytes: peaks.size ? [...peaks.values()].reduce((sum, bytes) => sum + bytes) : null });
    });
  });
}

function samplePeaks(pid, peaks) {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    if (peak) peaks.set(pid, 1024 * Number(peak[1]));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    for (const child of children ? children.split(' ') : []) samplePeaks(Number(child), peaks);
  } catch {
    // Ended in between, or not Linux.
  }
}
