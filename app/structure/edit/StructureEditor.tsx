'use client';
import { Button, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { cellParameters } from '@/kernels/crystal/cell';
import { applyEdit } from '@/kernels/crystal/edit/apply-edit';
import { describeEdit } from '@/kernels/crystal/edit/describe-edit';
import type { StructureEdit } from '@/kernels/crystal/edit/schema';
import { formula } from '@/kernels/crystal/formula';
import type { Structure } from '@/kernels/crystal/schema';
import type { StructureDetail } from '@/server/schemas/structure';
import { messageOf, useTRPC } from '../../_trpc/client';
import { ButtonLink } from '../../components/ButtonLink';
import { Notice } from '../../components/Notice';
import { Formula } from '../../components/Typeset';
import { fixed, UNIT_SPACE } from '../../format/number';
import { SiteTable } from '../SiteTable';
import { StructureViewer } from '../StructureViewer';
import { EditForm } from './EditForm';
import styles from './editor.module.css';
import { SiteChoice } from './SiteChoice';
import { useEdits } from './use-edits';

/** A structure changed step by step, in sight; nothing is stored before it is saved as a structure of its own. */
export function StructureEditor({ origin }: { origin: StructureDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { done, undone, act, structure, forget } = useEdits(origin.id, origin.structure);
  const [sites, setSites] = useState<readonly number[]>([]);
  const [name, setName] = useState('');
  const save = useMutation(
    trpc.structures.edit.mutationOptions({
      onSuccess: ({ id }) => {
        forget();
        router.push(`/structures/${id}`);
      },
    }),
  );
  // The numbers of the atoms are others after an edit.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another structure is what it waits for.
  useEffect(() => setSites([]), [structure]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]');
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      act({ is: event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [act]);

  const toggle = (site: number) =>
    setSites((old) => (old.includes(site) ? old.filter((one) => one !== site) : [...old, site]));
  const edit = (asked: StructureEdit): string | null => {
    try {
      applyEdit(structure, asked);
    } catch (error) {
      return messageOf(error);
    }
    act({ is: 'do', edit: asked });
    return null;
  };
  const written = formula(structure);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>
            Edit <Formula of={origin.formula} />
          </h1>
          <p className="soft">{origin.name}</p>
        </div>
        <ButtonLink href={`/structures/${origin.id}`} variant="subtle">
          Back to the structure
        </ButtonLink>
      </header>
      <div className={styles.editor}>
        <div className={styles.seen}>
          <div className={styles.viewer}>
            <StructureViewer
              structure={structure}
              formula={written}
              selectedSites={sites}
              onSelectSite={(site) => site !== null && toggle(site)}
            />
          </div>
          <Facts structure={structure} written={written} />
          <SiteChoice structure={structure} chosen={sites} onChoose={setSites} />
          <SiteTable structure={structure} selected={sites} onToggle={toggle} />
        </div>
        <div className={styles.panel}>
          <EditForm structure={structure} sites={sites} onEdit={edit} />
          <section className={styles.history} aria-labelledby="what-was-done">
            <h2 id="what-was-done">What was done</h2>
            {done.length === 0 ? (
              <p className="faint">Nothing yet.</p>
            ) : (
              <ol>
                {done.map((one, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is.
                  <li key={index}>{describeEdit(one)}</li>
                ))}
              </ol>
            )}
            <div className={styles.buttons}>
              <Button
                variant="default"
                size="compact-md"
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                disabled={done.length === 0}
                onClick={() => act({ is: 'undo' })}
              >
                Undo
              </Button>
              <Button
                variant="default"
                size="compact-md"
                leftSection={<IconArrowForwardUp size={16} aria-hidden />}
                disabled={undone.length === 0}
                onClick={() => act({ is: 'redo' })}
              >
                Redo
              </Button>
            </div>
          </section>
          <form
            className={styles.form}
            aria-label="Save"
            onSubmit={(event) => {
              event.preventDefault();
              if (done.length > 0) save.mutate({ id: origin.id, edits: done, name: name.trim() || null });
            }}
          >
            <TextInput
              label="Name"
              placeholder={`${origin.name} (edited)`}
              description="Without one it is called by what was done."
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
            />
            {save.error && (
              <Notice tone="bad" role="alert">
                {messageOf(save.error)}
              </Notice>
            )}
            <div>
              <Button type="submit" loading={save.isPending} disabled={done.length === 0}>
                Save as a new structure
              </Button>
            </div>
          </form>
        </div>
      </div>
    </div>
  );
}

function Facts({ structure, written }: { structure: Structure; written: string }) {
  const { cellAngstrom, sites } = structure;
  const cell = cellAngstrom && cellParameters(cellAngstrom);
  return (
    <p className={styles.facts} role="status">
      <Formula of={written} />, {sites.length} {sites.length === 1 ? 'atom' : 'atoms'}
      {cell && (
        <>
          {'; '}
          {cell.lengthsAngstrom.map((x) => fixed(x, 3)).join(', ')}
          {UNIT_SPACE}Å; {cell.anglesDegrees.map((x) => `${fixed(x, 2)}°`).join(', ')}
        </>
      )}
    </p>
  );
}
