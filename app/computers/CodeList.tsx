'use client';
import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComputerDetail } from '@/server/schemas/computers';
import { messageOf, useTRPC } from '../_trpc/client';
import shared from '../components/list-detail.module.css';
import { Notice } from '../components/Notice';
import styles from './computers.module.css';
import { EnterCode } from './EnterCode';

/** The programs that were found there or entered by hand. */
export function CodeList({ computer: { id, codes, test } }: { computer: ComputerDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isEntering, { open, close }] = useDisclosure(false);
  const onSuccess = () => queryClient.invalidateQueries(trpc.computers.get.queryFilter({ id }));
  const find = useMutation(trpc.codes.find.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.codes.remove.mutationOptions({ onSuccess }));
  const error = find.error ?? remove.error;
  return (
    <section aria-labelledby="codes-title" className={styles.part}>
      <div className={shared.head}>
        <h3 id="codes-title">Codes</h3>
        <div className={styles.small}>
          <Button
            variant="default"
            size="compact-sm"
            disabled={!test?.isPassed}
            loading={find.isPending}
            onClick={() => find.mutate({ computerId: id })}
          >
            Look for codes
          </Button>
          {!isEntering && (
            <Button variant="default" size="compact-sm" onClick={open}>
              Enter one by hand
            </Button>
          )}
        </div>
      </div>
      {isEntering && <EnterCode computerId={id} onClose={close} />}
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {codes.length === 0 ? (
        <p className="soft">
          The embedded engine travels there by itself. Others, as Quantum ESPRESSO, are looked for on the PATH that jobs
          have, or entered by hand.
        </p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Program</th>
                <th scope="col">Version</th>
                <th scope="col">Path</th>
                <th scope="col">
                  <span className="visually-hidden">Forget</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {codes.map((code) => (
                <tr key={code.id}>
                  <th scope="row">{code.program}</th>
                  <td className="figures">{code.version}</td>
                  <td>
                    <code>{code.path}</code>
                    {code.isByHand && <span className="faint"> by hand</span>}
                    {code.modules.length > 0 && <span className="faint"> with {code.modules.join(', ')}</span>}
                  </td>
                  <td>
                    {code.isByHand && (
                      <ActionIcon
                        variant="subtle"
                        size="sm"
                        aria-label={`Forget ${code.program} at ${code.path}`}
                        title="Forget it"
                        loading={remove.isPending && remove.variables.id === code.id}
                        onClick={() => remove.mutate({ computerId: id, id: code.id })}
                      >
                        <IconTrash size={15} stroke={1.7} aria-hidden />
                      </ActionIcon>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
