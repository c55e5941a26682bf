'use client';
import {
  IconAppWindow,
  IconAtom,
  IconBolt,
  IconBox,
  IconFolders,
  IconKey,
  IconNotebook,
  IconSearch,
  IconStack2,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { formulaText } from '../format/typeset';
import { usePageCommands } from './page-commands';
import { railItems } from './rail-items';

export interface Found {
  id: string;
  /** Where it leads, or what it does here. */
  act: string | (() => void);
  title: string;
  kind: string;
  icon: typeof IconBox;
}

const SHOWN = 6;
const places = [
  ...railItems,
  { href: '/apps', label: 'Apps', icon: IconAppWindow },
  { href: '/pseudopotentials', label: 'Pseudopotentials', icon: IconAtom },
  { href: '/search', label: 'Search values and processes', icon: IconSearch },
  { href: '/groups', label: 'Groups of values and processes', icon: IconFolders },
  { href: '/access', label: 'Access for programs', icon: IconKey },
];
const actions: Found[] = places.map(({ href, label, icon }) => ({
  id: href,
  act: href,
  title: label,
  kind: href === '/new' ? 'action' : 'go to',
  icon,
}));

/** What the page in sight can do, once something is searched; actions, then calculations (searched on the server), then the newest notebooks by name and structures by name or formula. */
export function usePaletteItems(text: string): Found[] {
  const trpc = useTRPC();
  const wanted = text.trim().toLowerCase();
  const own = usePageCommands();
  const calculations = useQuery({
    ...trpc.calculations.list.queryOptions({ text: wanted || null, limit: SHOWN }),
    placeholderData: keepPreviousData,
  });
  const structures = useQuery(trpc.structures.list.queryOptions({ limit: 100 }));
  const notebooks = useQuery(trpc.notebooks.list.queryOptions({ limit: 100 }));
  const fits = (title: string) => title.toLowerCase().includes(wanted);
  return [
    ...(wanted === '' ? [] : own.filter(({ title }) => fits(title))).map(
      ({ title, keys, run }): Found => ({
        ...{ id: title, title, act: run, icon: IconBolt },
        kind: keys ?? 'this page',
      }),
    ),
    ...actions.filter(({ title }) => fits(title)),
    ...(calculations.data?.items ?? []).map(
      ({ id, label }): Found => ({
        ...{ id, title: label, kind: 'calculation', icon: IconStack2 },
        act: `/calculations/${id}`,
      }),
    ),
    ...(notebooks.data?.items ?? [])
      .filter(({ name }) => fits(name))
      .slice(0, SHOWN)
      .map(
        ({ id, name }): Found => ({
          ...{ id, title: name, kind: 'notebook', icon: IconNotebook },
          act: `/notebooks/${id}`,
        }),
      ),
    ...(structures.data?.items ?? [])
      .filter(({ name, formula }) => fits(name) || fits(formula))
      .slice(0, SHOWN)
      .map(
        ({ id, name, formula }): Found => ({
          ...{ id, kind: 'structure', icon: IconBox },
          title: name === formula ? formulaText(formula) : `${formulaText(formula)}, ${name}`,
          act: `/structures/${id}`,
        }),
      ),
  ];
}
