export interface Progress {
  value: number;
  max: number;
  label: string;
  /** Of a page of the platform. */
  href: string | null;
  /** It goes no further: no bar is drawn. */
  isEnded: boolean;
}

const LABEL_MAX = 300;

/** What a cell says of its progress; null where it says something else. */
export function readProgress(given: unknown): Progress | null {
  if (typeof given !== 'object' || given === null) return null;
  const { value, max, label, href, isEnded } = given as Record<string, unknown>;
  if (typeof value !== 'number' || typeof max !== 'number' || !(max > 0) || !Number.isFinite(value)) return null;
  const shown = Math.min(max, Math.max(0, value));
  return {
    ...{ value: shown, max },
    label: typeof label === 'string' && label ? label.slice(0, LABEL_MAX) : `${Math.round((100 * shown) / max)} %`,
    // A path of the platform alone: what a cell writes leads nowhere else from a bar.
    href: typeof href === 'string' && /^\/[\w\-/]+$/.test(href) ? href : null,
    isEnded: isEnded === true,
  };
}
