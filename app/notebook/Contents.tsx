'use client';
import { headingsOf } from './contents';
import styles from './notebook.module.css';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** The headings of the notebook, each leading to its cell. */
export function Contents({ onGone }: { onGone: () => void }) {
  const { client, selection } = useOpenNotebook();
  // As one text, which is another only where a heading is.
  const written = useNotebook(({ order, cells }) =>
    JSON.stringify(
      order.filter((id) => cells[id]?.type === 'markdown').flatMap((id) => headingsOf(id, client.sourceOf(id))),
    ),
  );
  const headings = JSON.parse(written) as ReturnType<typeof headingsOf>;
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <>
      {headings.length === 0 && <p className="faint">Headings of text cells stand here.</p>}
      <ol className={styles.contents}>
        {headings.map(({ cellId, level, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two headings may be the same.
          <li key={i} style={{ paddingLeft: (level - top) * 16 }}>
            <button
              type="button"
              onClick={() => {
                onGone();
                selection.activate(cellId);
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
