'use client';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import styles from './structure-step.module.css';
import { useChooseStructure } from './use-choose-structure';

const MARGIN_ANGSTROM = 5;

/** A molecule from its SMILES, made three-dimensional on the server. */
export function MoleculeSource() {
  const trpc = useTRPC();
  const choose = useChooseStructure();
  const errorId = useId();
  const [smiles, setSmiles] = useState('');
  const [margin, setMargin] = useState<number | string>(MARGIN_ANGSTROM);
  const make = useMutation(trpc.structures.fromSmiles.mutationOptions({ onSuccess: choose }));
  return (
    <form
      className={styles.parts}
      onSubmit={(event) => {
        event.preventDefault();
        const marginAngstrom = typeof margin === 'number' ? margin : MARGIN_ANGSTROM;
        if (smiles.trim()) make.mutate({ smiles, marginAngstrom });
      }}
    >
      {make.error && (
        <Notice tone="bad" id={errorId} role="alert">
          {messageOf(make.error)}
        </Notice>
      )}
      <TextInput
        label="SMILES"
        description="Hydrogens are added, a conformer is built, and its energy is minimised with the force field MMFF94."
        placeholder="O=C1OCCO1 (ethylene carbonate)"
        value={smiles}
        onChange={(event) => setSmiles(event.currentTarget.value)}
        maxLength={500}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={make.isError || undefined}
        aria-describedby={make.isError ? errorId : undefined}
        styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 13 } }}
      />
      <NumberInput
        label="Empty space on each side (Å)"
        description="What repeats should not feel its copies: 5 Å are enough for a neutral molecule."
        value={margin}
        onChange={setMargin}
        min={2}
        max={20}
        step={0.5}
        maw={280}
      />
      <div>
        <Button type="submit" variant="default" loading={make.isPending} disabled={!smiles.trim()}>
          Make the molecule
        </Button>
      </div>
    </form>
  );
}
