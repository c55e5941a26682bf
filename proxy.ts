import { type NextRequest, NextResponse } from 'next/server';
import { gate } from '@/server/services/auth/gate';

/** The door: runs before every page, route handler and static file. */
export function proxy(request: NextRequest): NextResponse {
  const answer = gate(request.method, request.nextUrl.pathname, request.headers);
  if (answer.isOpen) return NextResponse.next();
  const isApi = request.nextUrl.pathname.startsWith('/api/');
  return isApi
    ? NextResponse.json({ error: { message: answer.message } }, { status: answer.status })
    : new NextResponse(plainPage(answer.message), {
        status: answer.status,
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      });
}

/** All but these: archives and files are larger than what is held here, and their routes ask the door themselves. */
export const config = {
  matcher: ['/((?!api/pseudopotentials/upload$|api/provenance/import$|api/notebooks/[^/]+/files$).*)'],
};

const plainPage = (message: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Brine: signed out</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem}</style>
<main><h1>Brine</h1><p>${message}</p>
<p>The address stands in the terminal where <code>npm start</code> runs. A second <code>npm start</code> in the same folder prints it again.</p></main></html>`;
