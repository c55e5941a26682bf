import {
  IconAdjustments,
  IconBolt,
  IconBox,
  IconChartLine,
  IconCube,
  IconFile,
  IconFiles,
  IconSitemap,
} from '@tabler/icons-react';
import type { GraphItem } from '@/server/schemas/provenance';

const dataIcons: Record<string, typeof IconFile> = {
  structure: IconBox,
  settings: IconAdjustments,
  density: IconCube,
  'job-files': IconFiles,
};

/** What kind of node it is, by shape. */
export function NodeIcon({ item, size = 17 }: { item: GraphItem; size?: number }) {
  const Icon = iconOf(item);
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

function iconOf(item: GraphItem) {
  if (item.type === 'process') return item.kind === 'workflow' ? IconSitemap : IconBolt;
  return dataIcons[item.kind] ?? (item.kind.endsWith('-result') ? IconChartLine : IconFile);
}
