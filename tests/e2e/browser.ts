import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';
export const hasBrowser = existsSync(PROGRAM);

/** Real Chromium; WebGL in software, and no calls of its own to the outside. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: PROGRAM,
    headless: true,
    args: [
      ...['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      ...['--ignore-gpu-blocklist', '--disable-background-networking', '--disable-component-update'],
      ...['--disable-sync', '--no-first-run', '--disable-quic'],
    ],
  });

export interface Visit {
  page: Page;
  /** What the page complained about on its console, and errors that nothing caught. */
  complaints: string[];
}

/** A browser that has opened the printed address, and so is signed in. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('page', (opened) => listen(opened, complaints));
  listen(page, complaints);
  await page.goto(address);
  await page.waitForURL((url) => url.pathname === '/');
  return { page, complaints };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // What could not be loaded is in the place, not in the words.
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
}

/** Until React has taken over what the server sent, so that presses are heard. */
export const untilAlive = (page: Page) =>
  page.waitForFunction(() => {
    const buttons = [...document.querySelectorAll('main button, header button')];
    return buttons.every((button) => Object.keys(button).some((key) => key.startsWith('__reactProps')));
  });

/** Presses Tab until the element has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, target: Locator, pressesMax = 150): Promise<void> {
  for (let presses = 0; presses < pressesMax; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target} in ${pressesMax} presses`);
}
