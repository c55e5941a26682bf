'use client';
import { Button, Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { type StructureEdit, structureEditSchema } from '@/kernels/crystal/edit/schema';
import type { Structure } from '@/kernels/crystal/schema';
import { Notice } from '../../components/Notice';
import { EditFields } from './EditFields';
import { editGroups, editKinds, type Values } from './edit-kinds';
import styles from './editor.module.css';

interface Props {
  structure: Structure;
  /** The chosen atoms. */
  sites: readonly number[];
  /** Gives a sentence where it cannot be done. */
  onEdit: (edit: StructureEdit) => string | null;
}

/** One thing to do to the structure. */
export function EditForm({ structure, sites, onEdit }: Props) {
  const [key, setKey] = useState('supercell');
  const kind = editKinds.find((one) => one.key === key)!;
  const [values, setValues] = useState<Values>(() => kind.initial(structure));
  const [problem, setProblem] = useState<string | null>(null);
  const obstacle = obstacleTo(kind, structure, sites);

  const choose = (next: string | null) => {
    const found = editKinds.find((one) => one.key === next);
    if (!found) return;
    setKey(found.key);
    setValues(found.initial(structure));
    setProblem(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (obstacle) return;
    const asked = structureEditSchema.safeParse(kind.build(values, [...sites], structure));
    setProblem(asked.success ? onEdit(asked.data) : sentenceOf(asked.error));
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Change the structure">
      <Select
        label="What to do"
        data={editGroups.map(({ title, kinds }) => ({
          group: title,
          items: kinds.map((one) => ({ value: one.key, label: one.title })),
        }))}
        value={key}
        onChange={choose}
        allowDeselect={false}
        searchable
      />
      <p className={styles.about}>{kind.about}</p>
      <EditFields
        fields={kind.fields}
        structure={structure}
        values={values}
        onChange={(field, value) => setValues((old) => ({ ...old, [field]: value }))}
      />
      {obstacle && <p className="soft">{obstacle}</p>}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <div>
        <Button type="submit" variant="default" disabled={obstacle !== null}>
          {kind.needsSites && sites.length > 0
            ? `Apply to ${sites.length} ${sites.length === 1 ? 'atom' : 'atoms'}`
            : 'Apply'}
        </Button>
      </div>
    </form>
  );
}

function obstacleTo(kind: (typeof editKinds)[number], structure: Structure, sites: readonly number[]): string | null {
  if (kind.needsCell && !structure.cellAngstrom)
    return 'This structure has no cell: give it one by “Periodicity and vacuum”.';
  if (kind.needsSites && sites.length === 0)
    return 'Choose atoms first: in the drawing, in the table, or by an expression.';
  return null;
}

const sentenceOf = (error: z.ZodError) =>
  `Something is not filled in as it should be: ${z
    .prettifyError(error)
    .replace(/✖ /g, '')
    .replace(/\n\s*→ at /g, ', in ')}.`;
