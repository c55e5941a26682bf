import { QueryClient } from '@tanstack/react-query';

const FRESH_MS = 30_000;

export const makeQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_MS, retry: 1, refetchOnWindowFocus: true } } });
