import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { problemsInBoth, violations } from './axe';
import { hasBrowser, launchBrowser, visit } from './browser';
import { connect } from './client';
import { enterCell, notebookFile, outputOf, sees } from './notebook-page';

const platform = inject('platform');
const { origin, address } = platform;
const client = connect(platform);
let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, address, { reducedMotion: 'reduce', acceptDownloads: true }));
});
afterAll(() => browser?.close());

const sources = async (id: string) => {
  const { text } = await client.notebooks.export.query({ id });
  return (JSON.parse(text).cells as { source: string[] }[]).map(({ source }) => source.join(''));
};

async function open(cells: string[], spec = 'deno'): Promise<string> {
  const { id } = await client.notebooks.import.mutate({ name: 'Panels', text: notebookFile(cells, spec) });
  await page.goto(`${origin}/notebooks/${id}`);
  await sees(page.locator('.monaco-editor'));
  return id;
}

describe.skipIf(!hasBrowser)('versions of a notebook', () => {
  test('one is named, compared with what stands now, restored, and the restoring undone', async () => {
    const id = await open(['const a = 1', 'a + 1']);
    await page.getByRole('button', { name: 'Versions', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Versions' });
    await sees(panel.getByText('No versions yet'));
    await panel.getByLabel('Name what stands here now').fill('As it was');
    await panel.getByRole('button', { name: 'Save version' }).click();
    await sees(panel.getByRole('button', { name: /^As it was/ }));
    await page.keyboard.press('Escape');
    await enterCell(page, 2);
    await page.keyboard.type(' + 40');
    // What was typed last is compared too, without a pause before.
    await page.getByRole('button', { name: 'Versions', exact: true }).click();
    await panel.getByRole('button', { name: /^As it was/ }).click();
    await sees(panel.getByText('Cells: 1 changed; 1 the same'));
    const cell = panel.getByRole('region', { name: 'Cell 2 changed' });
    expect(await cell.locator('mark').allTextContents()).toEqual([' + 40']);
    expect(await problemsInBoth(page, '[role=dialog]')).toEqual([]);
    await panel.getByRole('button', { name: 'Restore this version' }).click();
    await sees(panel.getByText(/as it was then/));
    await sees(panel.getByRole('button', { name: /^Before a version was restored/ }));
    expect(await sources(id)).toEqual(['const a = 1', 'a + 1']);
    expect(await problemsInBoth(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: /^Cell 1,/ }).focus();
    await page.keyboard.press('z');
    await expect.poll(() => sources(id)).toEqual(['const a = 1', 'a + 1 + 40']);
  });

  test('one is deleted after asking, and the notebook stays', async () => {
    const id = await open(['1']);
    await client.notebookVersions.save.mutate({ id, name: 'To go' });
    await page.getByRole('button', { name: 'Versions', exact: true }).click();
    await page.getByRole('button', { name: 'Delete To go' }).click();
    await page.getByRole('dialog', { name: 'Delete To go?' }).getByRole('button', { name: 'Delete' }).click();
    await sees(page.getByText('No versions yet'));
    expect((await client.notebookVersions.list.query({ id, limit: 10 })).items).toEqual([]);
    expect(await sources(id)).toEqual(['1']);
  });
});

describe.skipIf(!hasBrowser)('files of a notebook', () => {
  const upload = (name: string, text: string) =>
    page.getByLabel('Files to upload').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  test('what is uploaded is read by cells, what cells write is seen, edited, renamed, fetched and deleted', async () => {
    await open([
      'const text = await Deno.readTextFile("in.txt");\nawait Deno.writeTextFile("out.txt", text.toUpperCase());\ntext',
    ]);
    const panel = page.getByRole('dialog', { name: 'Files of the notebook' });
    const show = () => page.getByRole('button', { name: 'Files', exact: true }).click();
    await show();
    await sees(panel.getByText('Nothing here yet'));
    await upload('in.txt', 'twelve\n');
    await sees(panel.getByRole('button', { name: 'in.txt', exact: true }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Run all cells' }).click();
    await sees(outputOf(page, 1).getByText('twelve'), 60_000);
    await show();
    await sees(panel.getByRole('button', { name: 'out.txt', exact: true }));
    expect(await problemsInBoth(page, '[role=dialog]')).toEqual([]);

    await panel.getByRole('button', { name: 'out.txt', exact: true }).click();
    await sees(panel.locator('.monaco-editor').getByText('TWELVE'));
    await panel.locator('.monaco-editor').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('thirteen');
    await sees(panel.getByText('Not saved'));
    await page.keyboard.press('Control+S');
    await sees(panel.getByText('Saved', { exact: true }));
    await panel.getByRole('button', { name: 'All files' }).click();

    await panel.getByRole('button', { name: 'Rename out.txt' }).click();
    const rename = page.getByRole('dialog', { name: 'Rename out.txt' });
    await rename.getByLabel('Name').fill('in.txt');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await sees(panel.getByRole('alert'));
    await panel.getByRole('button', { name: 'Rename out.txt' }).click();
    await rename.getByLabel('Name').fill('counted.txt');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await sees(panel.getByRole('button', { name: 'counted.txt', exact: true }));

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('link', { name: 'Download counted.txt' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('TWELVE\nthirteen');

    await panel.getByRole('checkbox', { name: 'Choose in.txt' }).check();
    await panel.getByRole('button', { name: 'Delete 1' }).click();
    await page.getByRole('dialog', { name: 'Delete in.txt?' }).getByRole('button', { name: 'Delete' }).click();
    await panel.getByRole('button', { name: 'in.txt', exact: true }).waitFor({ state: 'detached' });
    await sees(panel.getByRole('button', { name: 'counted.txt', exact: true }));
  });

  test('folders are made and entered, and a file that is there is not overwritten by an upload', async () => {
    await open(['1']);
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Files of the notebook' });
    await panel.getByRole('button', { name: 'New folder' }).click();
    await page.getByRole('dialog', { name: 'New folder' }).getByLabel('Name').fill('spectra');
    await page.getByRole('button', { name: 'Make it' }).click();
    await panel.getByRole('button', { name: 'spectra', exact: true }).click();
    await sees(panel.getByText('Nothing here yet'));
    await upload('a.txt', 'first');
    await sees(panel.getByRole('button', { name: 'a.txt', exact: true }));
    await upload('a.txt', 'second');
    await sees(panel.getByRole('alert'));
    await panel.getByRole('button', { name: 'a.txt', exact: true }).click();
    await sees(panel.locator('.monaco-editor').getByText('first'));
    expect(await problemsInBoth(page, '[role=dialog]')).toEqual([]);
  });

  test('the pages complained of nothing so far', () => {
    // A name that is taken is refused on purpose.
    expect(complaints.filter((complaint) => !/409 \(Conflict\)/.test(complaint))).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('Ctrl K beside a notebook', () => {
  test('offers what the notebook can do, and does it', async () => {
    const id = await open(['6 * 7']);
    await page.keyboard.press('Control+K');
    await page.getByLabel('Search calculations, structures and actions').fill('run all cells');
    await page.getByRole('option', { name: 'Run all cells' }).waitFor();
    await page.keyboard.press('Enter');
    await sees(outputOf(page, 1).getByText('42'), 60_000);
    await page.keyboard.press('Control+K');
    await page.getByLabel('Search calculations, structures and actions').fill('clear all');
    await page.getByRole('option', { name: 'Clear all outputs' }).waitFor();
    await page.keyboard.press('Enter');
    await outputOf(page, 1).waitFor({ state: 'detached' });
    expect(await sources(id)).toEqual(['6 * 7']);
    await page.goto(`${origin}/`);
    await page.keyboard.press('Control+K');
    await page.getByLabel('Search calculations, structures and actions').fill('clear all');
    await sees(page.getByText('Nothing here bears that name.'));
  });
});

describe.skipIf(!hasBrowser)('HTML of an output', () => {
  const target = `from IPython import get_ipython
from IPython.display import HTML
def opened(comm, message):
    @comm.on_msg
    def hear(message):
        comm.send({"twice": 2 * message["content"]["data"]["number"]})
get_ipython().kernel.comm_manager.register_target("double", opened)`;
  const html = `HTML("""<p>asks</p><button>Ask</button><script>
const say = (brineComm) => parent.postMessage({ brineComm }, '*');
addEventListener('message', ({ data }) => {
  if (data.brineComm?.type === 'message') document.querySelector('p').textContent = 'twice is ' + data.brineComm.data.twice;
});
say({ type: 'open', commId: 'page-1', target: 'double', data: {} });
document.querySelector('button').onclick = () => say({ type: 'message', commId: 'page-1', data: { number: 21 } });
</script>""")`;

  test('asks the kernel by a comm and shows the answer', async ({ skip }) => {
    if (!(await client.notebooks.kernels.query()).some(({ spec }) => spec === 'python3')) skip();
    await open([target, html], 'python3');
    await page.getByRole('button', { name: 'Run all cells' }).click();
    const frame = page.frameLocator('iframe[title]');
    await sees(frame.getByText('asks'), 60_000);
    await frame.getByRole('button', { name: 'Ask' }).click();
    await sees(frame.getByText('twice is 42'));
  });
});

describe.skipIf(!hasBrowser)('a notebook that was downloaded as a page', () => {
  const hostile = '<p id="told">before</p><script>document.getElementById("told").textContent = "ran"</script>';
  const outputs = [
    { 'application/vnd.plotly.v1+json': { data: [{ type: 'scatter', y: [1, 3, 2] }], layout: {} } },
    { 'text/html': `${hostile}<img src="x" onerror="document.title = 'ran'"><div style="height: 700px"></div>` },
  ];

  test('draws its figures from the file alone, gives frames their height, and runs nothing of an output', async () => {
    const { id } = await client.notebooks.import.mutate({
      name: 'A page',
      text: JSON.stringify({
        ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'deno' } } },
        cells: [
          { cell_type: 'markdown', id: 'm', metadata: {}, source: '# Bands of $E_k$' },
          {
            ...{ cell_type: 'code', id: 'c', metadata: {}, source: 'const a = 1;', execution_count: 1 },
            outputs: outputs.map((data) => ({ output_type: 'display_data', data, metadata: {} })),
          },
        ],
      }),
    });
    await page.goto(`${origin}/notebooks/${id}`);
    await sees(page.locator('.monaco-editor'));
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download as a page (HTML)' }).click(),
    ]);
    const file = join(mkdtempSync(join(tmpdir(), 'brine-page-')), download.suggestedFilename());
    await download.saveAs(file);
    const asked: string[] = [];
    const opened = await page.context().newPage();
    opened.on('request', (request) => asked.push(request.url()));
    await opened.goto(pathToFileURL(file).href);
    await sees(opened.locator('.plot .main-svg'));
    await expect.poll(() => opened.locator('iframe').evaluate((frame) => frame.clientHeight)).toBeGreaterThan(700);
    expect(await opened.frameLocator('iframe').locator('#told').textContent()).toBe('before');
    expect(await opened.title()).toBe('A page');
    expect(await opened.locator('math').count()).toBe(1);
    expect(asked.filter((address) => !/^(file|data|blob|about):/.test(address))).toEqual([]);
    expect(await violations(opened)).toEqual([]);
    rmSync(dirname(file), { recursive: true });
    await opened.close();
  });
});
