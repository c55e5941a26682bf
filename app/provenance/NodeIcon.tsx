import {
  IconAdjustments,
  IconBolt,
  IconBox,
  IconChartLine,
  IconCube,
  IconFile,
  IconFiles,
  IconMathFunction,
  IconSitemap,
} from '@tabler/icons-react';
import type { ProcessKind } from '@/server/schemas/process';
import type { GraphItem } from '@/server/schemas/provenance';

const dataIcons: Record<string, typeof IconFile> = {
  structure: IconBox,
  settings: IconAdjustments,
  density: IconCube,
  'job-files': IconFiles,
  edit: IconAdjustments,
};

const processIcons = {
  workflow: IconSitemap,
  job: IconBolt,
  function: IconMathFunction,
} as const satisfies Record<ProcessKind, unknown>;

/** What kind of node it is, by shape. */
export function NodeIcon({ item, size = 17 }: { item: GraphItem; size?: number }) {
  const Icon = iconOf(item);
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

function iconOf(item: GraphItem) {
  if (item.type === 'process') return processIcons[item.kind];
  return dataIcons[item.kind] ?? (item.kind.endsWith('-result') ? IconChartLine : IconFile);
}
