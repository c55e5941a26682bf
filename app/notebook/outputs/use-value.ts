'use client';
import { useQuery } from '@tanstack/react-query';
import type { MimeValue } from '@/server/schemas/notebook/state';
import { useOpenNotebook } from '../use-notebook';
import { readValue } from './blob-address';

/** A value of an output: at once where it is small, else when it has come; undefined until then. */
export function useValue(value: MimeValue): unknown {
  const { client } = useOpenNotebook();
  const { data } = useQuery({
    queryKey: ['notebook-blob', client.id, 'blob' in value ? value.blob : ''],
    queryFn: () => readValue(client.id, value),
    enabled: 'blob' in value,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return 'inline' in value ? value.inline : data;
}
