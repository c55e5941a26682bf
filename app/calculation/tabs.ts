export const tabs = ['results', 'structure', 'progress', 'inputs', 'provenance', 'files'] as const;
export type TabId = (typeof tabs)[number];
export const tabWords: Record<TabId, string> = {
  results: 'Results',
  structure: 'Structure',
  progress: 'Progress',
  inputs: 'Inputs',
  provenance: 'Provenance',
  files: 'Files',
};
export const toTab = (asked: string | undefined): TabId => tabs.find((tab) => tab === asked) ?? 'results';
