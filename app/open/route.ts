import { isAccessKey, makeSession, sessionCookieName } from '@/server/services/auth/access-key';

export const dynamic = 'force-dynamic';

/**
 * Exchanges the key of the printed address for the cookie. The answer is a page that goes on to the start page by itself:
 * after a redirect from a link in another page the browser would hold a strict cookie back.
 */
export function GET(request: Request): Response {
  const url = new URL(request.url);
  if (!isAccessKey(url.searchParams.get('key') ?? ''))
    return new Response('This address is not, or no longer, valid. `npm start` prints the right one.', { status: 401 });
  const { value, maxAgeSeconds } = makeSession();
  const name = sessionCookieName(request.headers.get('host'));
  return new Response(goOn, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'set-cookie': `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`,
    },
  });
}

const goOn = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Brine</title><link rel="icon" href="/icon.svg">
<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Go on to Brine</a></p></html>`;
