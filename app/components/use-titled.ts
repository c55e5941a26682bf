'use client';
import { useEffect } from 'react';

/** The tab's title, kept true while the page changes: "Si bands: running – Brine". */
export function useTitled(title: string): void {
  useEffect(() => {
    document.title = `${title} – Brine`;
  }, [title]);
}
