import { isSession, sessionCookieName } from './access-key';

export type GateAnswer = { isOpen: true } | { isOpen: false; status: 401 | 403 | 421; message: string };

export const SIGN_IN = 'Open the address that the platform printed when it started; it signs this browser in.';
/** Pages that make something when they are opened: a link on another site must not lead there. */
const makingPaths = new Set(['/new']);
const OPEN: GateAnswer = { isOpen: true };
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Answered without cookie and token: the health check, and the door where the key is exchanged for the cookie. */
const publicPaths = new Set(['/api/health', '/open']);
/** Databases for programs elsewhere: whoever bears neither cookie nor token sees those that are open to all. */
const isOptimade = (path: string) => path === '/optimade' || path.startsWith('/optimade/');

/**
 * Whether a request may come in at all. A page of another origin, a host name that was rebound to this address and a
 * request without cookie or token are turned away here, before any page or procedure runs. Tokens are checked against the
 * database by the route handlers; here they only have to be there, and only on /api.
 */
export function gate(method: string, path: string, headers: Headers): GateAnswer {
  const host = headers.get('host');
  if (!host || !loopback.has(host.replace(/:\d+$/, '').toLowerCase()))
    return { isOpen: false, status: 421, message: 'This platform answers to localhost only.' };
  const origin = headers.get('origin');
  const isForPrograms = path.startsWith('/api/') || isOptimade(path);
  const hasToken = isForPrograms && /^Bearer \S+$/.test(headers.get('authorization') ?? '');
  if (isFromElsewhere(headers, host, origin, path))
    return { isOpen: false, status: 403, message: 'Requests from pages of another origin are refused.' };
  const isReading = method === 'GET' || method === 'HEAD';
  if (!isReading && !hasToken && origin === null)
    return {
      isOpen: false,
      status: 403,
      message: 'A request that changes something must say its origin, or bear a token.',
    };
  if ((publicPaths.has(path) || isOptimade(path)) && isReading) return OPEN;
  if (hasToken || isSession(readCookie(headers, sessionCookieName(host)))) return OPEN;
  return {
    isOpen: false,
    status: 401,
    message: SIGN_IN,
  };
}

/** Another port of this machine is another origin, but the same site to the cookie: so SameSite alone does not do. */
function isFromElsewhere(headers: Headers, host: string, origin: string | null, path: string): boolean {
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) return true;
  const site = headers.get('sec-fetch-site');
  const isNavigation = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';
  return (site === 'cross-site' || site === 'same-site') && !(isNavigation && !makingPaths.has(path));
}

export function readCookie(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
