'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComputerDetail } from '@/server/schemas/computers';
import { messageOf, useTRPC } from '../_trpc/client';
import shared from '../components/list-detail.module.css';
import { Notice } from '../components/Notice';
import styles from './computers.module.css';

/** The programs that were found there or entered by hand. */
export function CodeList({ computer: { id, codes, test } }: { computer: ComputerDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const find = useMutation(
    trpc.codes.find.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.computers.get.queryFilter({ id })),
    }),
  );
  return (
    <section aria-labelledby="codes-title" className={styles.part}>
      <div className={shared.head}>
        <h3 id="codes-title">Codes</h3>
        <Button
          variant="default"
          size="compact-sm"
          disabled={!test?.isPassed}
          loading={find.isPending}
          onClick={() => find.mutate({ computerId: id })}
        >
          Look for codes
        </Button>
      </div>
      {find.error && (
        <Notice tone="bad" role="alert">
          {messageOf(find.error)}
        </Notice>
      )}
      {codes.length === 0 ? (
        <p className="soft">
          The embedded engine travels there by itself. Others, as Quantum ESPRESSO, are looked for on the PATH that jobs
          have, or entered by hand: <code>brine code add</code>.
        </p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Program</th>
                <th scope="col">Version</th>
                <th scope="col">Path</th>
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
