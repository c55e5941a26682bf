import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

export const SCHEME_COOKIE = 'brine-scheme';
export const RAIL_COOKIE = 'brine-rail';
const YEAR_SECONDS = 365 * 86_400;

export const isScheme = (value: unknown): value is MantineColorScheme =>
  value === 'light' || value === 'dark' || value === 'auto';

export function setCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it before the first paint; the Cookie Store API is not in every browser.
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}

/** The scheme lives in a cookie, so that the server already paints it and nothing flashes. */
export function cookieSchemeManager(initial: MantineColorScheme): MantineColorSchemeManager {
  let current = initial;
  return {
    get: () => current,
    set: (value) => {
      current = value;
      setCookie(SCHEME_COOKIE, value);
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => setCookie(SCHEME_COOKIE, 'auto'),
  };
}

/** Runs before the first paint: with no choice of their own a person gets the system's scheme. */
export const schemeScript = `(function(){var r=document.documentElement;if(r.dataset.schemeChoice==='auto'){r.setAttribute('data-mantine-color-scheme',matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')}})()`;
