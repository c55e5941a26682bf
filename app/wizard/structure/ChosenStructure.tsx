'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { StructureDetail } from '@/server/schemas/structure';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { Formula } from '../../components/Typeset';
import { StructureFacts } from '../../structure/StructureFacts';
import styles from './structure-step.module.css';
import { useChooseStructure } from './use-choose-structure';

/** The structure of this draft: what it is, what is wrong with it, and its other cells. */
export function ChosenStructure({ structure }: { structure: StructureDetail }) {
  const trpc = useTRPC();
  const choose = useChooseStructure();
  const toCell = useMutation(trpc.structures.toCell.mutationOptions({ onSuccess: choose }));
  const { id, formula, name, symmetry, issues } = structure;
  return (
    <section aria-labelledby="chosen-title" className={styles.chosen}>
      <div className={styles.chosenHead}>
        <div>
          <h2 id="chosen-title" className={styles.formula}>
            <Formula of={formula} />
          </h2>
          {name !== formula && <p className="soft">{name}</p>}
        </div>
        {symmetry && structure.periodic.every(Boolean) && (
          // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, not fields of a form.
          <div role="group" aria-label="Cell" className={styles.cells}>
            {(['primitive', 'conventional'] as const).map((cell) => (
              <Button
                key={cell}
                variant="default"
                size="compact-md"
                loading={toCell.isPending && toCell.variables.cell === cell}
                disabled={cell === 'primitive' && symmetry.isPrimitive}
                onClick={() => toCell.mutate({ id, cell })}
              >
                {cell === 'primitive' ? 'Primitive cell' : 'Conventional cell'}
              </Button>
            ))}
          </div>
        )}
      </div>
      {toCell.error && (
        <Notice tone="bad" role="alert">
          {messageOf(toCell.error)}
        </Notice>
      )}
      {issues.map(({ code, severity, message }) => (
        <Notice key={code + message} tone={severity === 'error' ? 'bad' : 'warn'}>
          {message}
        </Notice>
      ))}
      <StructureFacts structure={structure} />
    </section>
  );
}
