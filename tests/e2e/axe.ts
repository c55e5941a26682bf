import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page, or within a part of it, and whether the page is wider than the screen; unrolled where no part is named. */
export async function problemsIn(page: Page, width: number, within?: string): Promise<string[]> {
  // Unrolled: what sticks to the edge of the screen lies over that which scrolls under it, and axe would tell of it.
  await page.setViewportSize({ width, height: within ? 900 : await unrolledHeight(page) });
  return [...(await violations(page, within)), ...(await overflow(page))];
}

/** `problemsIn` on a wide screen in light and on a narrow one in dark. */
export async function problemsInBoth(page: Page, within?: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [width, colorScheme] of [
    [390, 'dark'],
    [1440, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    problems.push(
      ...(await problemsIn(page, width, within)).map((problem) => `${width} px, ${colorScheme}: ${problem}`),
    );
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return problems;
}

export async function violations(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(tags).setLegacyMode(true);
  const { violations: found } = await (within ? axe.include(within) : axe).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
    ),
  );
}

const unrolledHeight = (page: Page) => page.evaluate(() => Math.max(900, document.documentElement.scrollHeight + 200));

/** The page must not be wider than the screen: the first element that is says why. */
const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].find(
      (e) => e.getBoundingClientRect().right > clientWidth + 1,
    );
    return [`${scrollWidth - clientWidth} px wider than the screen: ${wide?.outerHTML.slice(0, 200)}`];
  });
