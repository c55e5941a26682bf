'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { frameScript } from '@/server/schemas/notebook/frame-script';
import { tokenValue } from '../../theme/tokens';
import { useOpenNotebook } from '../use-notebook';
import { frameComms } from './frame-comms';
import styles from './outputs.module.css';

const HEIGHT_MAX_PX = 2_000;
const FIRST_HEIGHT_PX = 60;

interface Props {
  html: string;
  /** Whether its scripts run: those of an output that came with a file do not. */
  hasScripts: boolean;
  label: string;
}

/**
 * HTML and SVG of an output in a frame of its own, of no origin: it reaches neither the page nor the platform, loads nothing,
 * sends no form and leads nowhere. Of what it tells the page takes its height, a number, and messages of comms for the kernel.
 */
export function HtmlFrame({ html, hasScripts, label }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const scheme = useComputedColorScheme('light');
  const [height, setHeight] = useState(FIRST_HEIGHT_PX);
  const { client } = useOpenNotebook();
  const page = useMemo(() => frameDocument(html, hasScripts, scheme), [html, hasScripts, scheme]);
  useEffect(() => {
    // A frame has no origin that could be named: what is posted reaches whatever stands in it, which is ours.
    const comms = frameComms({
      send: (comm) => client.sendComm(comm),
      listen: client.onComm,
      post: (message) => frame.current?.contentWindow?.postMessage(message, '*'),
    });
    const listen = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow) return;
      if (hasScripts) comms.hear(data);
      const told = Number((data as { brineHeight?: unknown } | null)?.brineHeight);
      if (Number.isFinite(told)) setHeight(Math.min(HEIGHT_MAX_PX, Math.max(20, Math.ceil(told))));
    };
    addEventListener('message', listen);
    return () => {
      comms.end();
      removeEventListener('message', listen);
    };
  }, [client, hasScripts]);
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={label}
      sandbox="allow-scripts"
      srcDoc={page}
      style={{ height }}
    />
  );
}

function frameDocument(html: string, hasScripts: boolean, scheme: 'light' | 'dark'): string {
  const nonce = crypto.randomUUID();
  // Only our own script where the output may run none; it cannot know the nonce.
  const scripts = hasScripts ? "'unsafe-inline' 'unsafe-eval'" : `'nonce-${nonce}'`;
  const policy = `default-src 'none'; script-src ${scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data: blob:; form-action 'none'; base-uri 'none'`;
  const style = `html{color-scheme:${scheme}}body{margin:0;padding:2px;color:${tokenValue('ink', scheme)};font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}th,td{padding:4px 10px;text-align:right;border-bottom:1px solid ${tokenValue('line', scheme)}}thead th{border-bottom-color:${tokenValue('line-strong', scheme)}}img,svg{max-width:100%;height:auto}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Output</title><style>${style}</style><script nonce="${nonce}">${frameScript}</script></head><body>${html}</body></html>`;
}
