import type { Locator, Page } from 'playwright-core';

/** The text of a notebook file: cells that begin with "# " are Markdown, the others code. */
export function notebookFile(cells: string[], spec = 'deno'): string {
  return JSON.stringify({
    ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: spec, display_name: spec } } },
    cells: cells.map((source) =>
      source.startsWith('# ')
        ? { cell_type: 'markdown', metadata: {}, source }
        : { cell_type: 'code', metadata: {}, source, outputs: [], execution_count: null },
    ),
  });
}

export const sees = (locator: Locator, timeout = 20_000) => locator.first().waitFor({ timeout });

/** Cells are numbered from 1. */
export const cellOf = (page: Page, number: number) => page.getByRole('group', { name: new RegExp(`^Cell ${number},`) });

export const outputOf = (page: Page, number: number) =>
  page.getByRole('group', { name: `Output of cell ${number}`, exact: true });

/** Goes into the editor of a cell, to its end. */
export async function enterCell(page: Page, number: number): Promise<void> {
  await cellOf(page, number).focus();
  await page.keyboard.press('Enter');
  await sees(cellOf(page, number).locator('.monaco-editor.focused'));
  await page.keyboard.press('Control+End');
}
