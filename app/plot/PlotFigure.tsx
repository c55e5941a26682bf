'use client';
import { Button, CopyButton, Menu, useComputedColorScheme } from '@mantine/core';
import { IconChevronDown, IconCopy, IconDownload, IconRestore } from '@tabler/icons-react';
import type { Figure } from 'plotly.js-strict-dist-min';
import { type ReactNode, useMemo, useState } from 'react';
import { download } from '../components/download';
import type { ColorScheme } from '../theme/tokens';
import { exportImage } from './export-image';
import { PlotlyChart } from './PlotlyChart';
import styles from './plot.module.css';

interface DataFile {
  label: string;
  fileName: string;
  mediaType: string;
  /** Made when it is asked for. */
  text: () => string;
}

interface Props {
  title: string;
  /** The figure in the page's colours; exports take the light ones. */
  figureIn: (scheme: ColorScheme) => Figure;
  text: string;
  caption: string;
  fileStem: string;
  files: DataFile[];
  placeholder: ReactNode;
  /** What can be chosen about the drawing, above it. */
  controls?: ReactNode;
  /** The numbers as a table, for those who read rather than look. */
  table: ReactNode;
}

/** A plot with all that belongs to it: reset, exports, caption and the numbers as a table. */
export function PlotFigure(props: Props) {
  const { title, figureIn, text, caption, fileStem, files, placeholder, controls, table } = props;
  const scheme = useComputedColorScheme('light');
  const [resets, setResets] = useState(0);
  const figure = useMemo(() => figureIn(scheme), [figureIn, scheme]);
  const saveImage = async (format: 'png' | 'svg') =>
    download(`${fileStem}.${format}`, await exportImage(figureIn('light'), format));
  return (
    <figure className={styles.figure}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <div className={styles.tools}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconRestore size={15} aria-hidden />}
            onClick={() => setResets(resets + 1)}
          >
            Reset zoom
          </Button>
          <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
            <Menu.Target>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconDownload size={15} aria-hidden />}
                rightSection={<IconChevronDown size={14} aria-hidden />}
              >
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void saveImage('png')}>PNG, twice the size</Menu.Item>
              <Menu.Item onClick={() => void saveImage('svg')}>SVG</Menu.Item>
              <Menu.Divider />
              {files.map((file) => (
                <Menu.Item key={file.fileName} onClick={() => download(file.fileName, file.text(), file.mediaType)}>
                  {file.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      {controls && <div className={styles.controls}>{controls}</div>}
      <PlotlyChart figure={figure} text={text} placeholder={placeholder} resets={resets} />
      <figcaption className={styles.caption}>
        <span>{caption}</span>{' '}
        <CopyButton value={caption} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              onClick={copy}
              leftSection={<IconCopy size={13} aria-hidden />}
            >
              {copied ? 'Copied' : 'Copy the caption'}
            </Button>
          )}
        </CopyButton>
      </figcaption>
      <details className={styles.numbers}>
        <summary>The numbers as a table</summary>
        {table}
      </details>
    </figure>
  );
}
