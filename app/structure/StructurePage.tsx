'use client';
import { Button, Menu } from '@mantine/core';
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { StructureDetail } from '@/server/schemas/structure';
import { messageOf, useTRPC, useTRPCClient } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { download } from '../components/download';
import { ExportMenu } from '../components/ExportMenu';
import { Notice } from '../components/Notice';
import { Formula } from '../components/Typeset';
import { DiffractionPanel } from '../diffraction/DiffractionPanel';
import { StructureView } from './StructureView';
import styles from './structure-page.module.css';

const formats = [
  { format: 'cif', label: 'CIF' },
  { format: 'poscar', label: 'POSCAR' },
  { format: 'xyz', label: 'Extended XYZ' },
  { format: 'xsf', label: 'XSF' },
  { format: 'espresso', label: 'Quantum ESPRESSO input' },
  { format: 'json', label: 'JSON' },
] as const;

/** A structure by itself: seen, measured, taken away, computed with. */
export function StructurePage({ structure }: { structure: StructureDetail }) {
  const client = useTRPCClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { id, formula, name, source, createdAt } = structure;
  const trpc = useTRPC();
  const router = useRouter();
  const toCell = useMutation(
    trpc.structures.toCell.mutationOptions({
      onSuccess: (other) => router.push(`/structures/${other.id}`),
      onError: (error) => setProblem(messageOf(error)),
    }),
  );
  const save = async (format: (typeof formats)[number]['format']) => {
    try {
      const { fileName, text, mediaType } = await client.structures.export.query({ id, format });
      download(fileName, text, mediaType);
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 className={styles.formula}>
            <Formula of={formula} />
          </h1>
          <p className="soft">{name !== formula && name}</p>
          <p className="faint">
            {sourceWords[source.kind]}
            {source.fileName && ` ${source.fileName}`}, <Ago at={createdAt} />
            {'. '}
            <Link href={`/structures/${id}/origin`} prefetch={false}>
              Where it comes from
            </Link>
          </p>
        </div>
        <div className={styles.actions}>
          <ExportMenu>
            {formats.map(({ format, label }) => (
              <Menu.Item key={format} onClick={() => void save(format)}>
                {label}
              </Menu.Item>
            ))}
          </ExportMenu>
          <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
            <Menu.Target>
              <Button
                variant="default"
                loading={toCell.isPending}
                rightSection={<IconChevronDown size={15} aria-hidden />}
              >
                Change
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component={Link} href={`/structures/${id}/edit`}>
                Edit, cut a slab …
              </Menu.Item>
              {structure.symmetry &&
                structure.periodic.every(Boolean) &&
                (['primitive', 'conventional'] as const).map((cell) => (
                  <Menu.Item key={cell} onClick={() => toCell.mutate({ id, cell })}>
                    {cell === 'primitive' ? 'Primitive cell' : 'Conventional cell'}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
          <ButtonLink
            href={`/new?structure=${id}`}
            prefetch={false}
            rightSection={<IconArrowRight size={17} stroke={2} aria-hidden />}
          >
            New calculation with this structure
          </ButtonLink>
        </div>
      </header>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <StructureView structure={structure} />
      {structure.periodic.every(Boolean) && <DiffractionPanel structure={structure} />}
      <p className={styles.hash}>
        <span className="visually-hidden">Identity: </span>
        <span className="mono">{structure.hash}</span>
      </p>
    </div>
  );
}

const sourceWords = {
  upload: 'From the file',
  text: 'From pasted text',
  example: 'From the examples',
  derived: 'Derived from another structure',
  cli: 'From the command line',
  dataset: 'From the dataset',
  smiles: 'From a SMILES',
} as const satisfies Record<StructureDetail['source']['kind'], string>;
