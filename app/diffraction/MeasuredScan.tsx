'use client';
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { KernelError } from '@/kernels/core/errors';
import { findLines } from '@/kernels/diffraction/find-lines';
import { MEASURED_CHARACTERS_MAX, readMeasured } from '@/kernels/diffraction/read-measured';
import type { MeasuredPattern } from '@/kernels/diffraction/schema';
import { DropZone } from '../components/DropZone';
import { Notice } from '../components/Notice';
import { bytes, counted } from '../format/number';
import styles from './diffraction.module.css';
import { angleText } from './words';

export interface Scan {
  fileName: string;
  pattern: MeasuredPattern;
  lines: { twoThetaDegrees: number; intensity: number }[];
}

interface Props {
  scan: Scan | null;
  onScan: (scan: Scan | null) => void;
}

/** A measured pattern from a file of the person; it stays in the page. */
export function MeasuredScan({ scan, onScan }: Props) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File) => {
    setFault(null);
    try {
      onScan(await readScan(file));
    } catch (err) {
      if (!(err instanceof KernelError)) throw err;
      setFault(`${file.name}: ${err.message}`);
    }
  };
  if (scan) {
    const { twoThetaDegrees } = scan.pattern;
    return (
      <p className={styles.scan} role="status">
        <strong>{scan.fileName}</strong>{' '}
        <span className="soft">
          {counted(twoThetaDegrees.length, 'point')} from {angleText(twoThetaDegrees[0]!, 1)} to{' '}
          {angleText(twoThetaDegrees.at(-1)!, 1)}, {counted(scan.lines.length, 'line')} found
        </span>{' '}
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconX size={15} aria-hidden />}
          onClick={() => onScan(null)}
        >
          Take it away
        </Button>
      </p>
    );
  }
  return (
    <div>
      <DropZone
        what="a measured pattern"
        label="File of a measured pattern"
        hint="Text with two columns, 2θ in degrees and counts: .xy, .csv, .dat. It stays in this page; only its lines are sent when you look for matches."
        isBusy={false}
        accept=".xy,.csv,.dat,.txt,.asc,.tsv"
        onFile={(file) => void take(file)}
      />
      {fault && (
        <Notice tone="bad" role="alert">
          {fault}
        </Notice>
      )}
    </div>
  );
}

async function readScan(file: File): Promise<Scan> {
  if (file.size > MEASURED_CHARACTERS_MAX)
    throw new KernelError(
      'bad-pattern',
      `It holds ${bytes(file.size)}; ${bytes(MEASURED_CHARACTERS_MAX)} is the most that is read.`,
    );
  const pattern = readMeasured(await file.text());
  return { fileName: file.name, pattern, lines: findLines(pattern) };
}
