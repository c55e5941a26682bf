import { expect, test } from 'vitest';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import { toMarkdown } from '@/server/schemas/notebook/to-markdown';
import { toScript } from '@/server/schemas/notebook/to-script';

const file: NotebookFile = {
  ...{ nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } } },
  cells: [
    {
      ...{ cell_type: 'markdown', metadata: {}, source: '# Title\n\n![a](attachment:a.png)' },
      attachments: { 'a.png': { 'image/png': 'AA==' } },
    },
    {
      ...{ cell_type: 'code', metadata: {}, source: 'print("```")\n', execution_count: 1 },
      outputs: [
        { output_type: 'stream', name: 'stdout', text: '10 %\r```\u001b[31m!\u001b[0m\n' },
        { output_type: 'display_data', metadata: {}, data: { 'image/png': 'BB==\n', 'text/plain': 'picture' } },
        { output_type: 'error', ename: 'E', evalue: 'v', traceback: [] },
      ],
    },
    { cell_type: 'code', metadata: {}, source: '', execution_count: null, outputs: [] },
  ],
};

test('a program holds the code, and the texts as comments', () => {
  expect(toScript(file)).toEqual({
    extension: 'py',
    text: '# %% [markdown]\n# # Title\n#\n# ![a](attachment:a.png)\n\n# %%\nprint("```")\n\n# %%\n',
  });
  const typescript = {
    ...file,
    metadata: { kernelspec: { name: 'deno', display_name: 'Deno' } },
    cells: [file.cells[1]!],
  };
  expect(toScript(typescript)).toEqual({ extension: 'ts', text: '// %%\nprint("```")\n' });
});

test('Markdown holds code and what it gave, as it was shown, between fences that nothing within ends', () => {
  expect(toMarkdown(file)).toBe(
    [
      '# Title\n\n![a](data:image/png;base64,AA==)',
      '````python\nprint("```")\n````',
      '````\n```!\n````',
      '![Output](data:image/png;base64,BB==)',
      '```\nE: v\n```\n',
    ].join('\n\n'),
  );
});
