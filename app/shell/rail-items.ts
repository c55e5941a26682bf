import {
  IconBox,
  IconCompass,
  IconHelpCircle,
  IconHome,
  IconNotebook,
  IconPlus,
  IconServer2,
  IconStack2,
} from '@tabler/icons-react';

/** The main places. An item appears here with its feature. A phone has no room for the minor ones, which its search leads to. */
export const railItems = [
  { href: '/', label: 'Home', short: 'Home', icon: IconHome },
  { href: '/new', label: 'New calculation', short: 'New', icon: IconPlus },
  { href: '/calculations', label: 'Calculations', short: 'Calcs', icon: IconStack2 },
  { href: '/structures', label: 'Structures', short: 'Structures', icon: IconBox },
  { href: '/explore', label: 'Explore', short: 'Explore', icon: IconCompass },
  { href: '/notebooks', label: 'Notebooks', short: 'Notebooks', icon: IconNotebook },
  { href: '/computers', label: 'Computers', short: 'Computers', icon: IconServer2, isMinor: true },
  { href: '/help', label: 'Help', short: 'Help', icon: IconHelpCircle, isMinor: true },
] as const;

/** Places that have no item of their own: a draft is part of "New calculation". */
const alsoUnder: Record<string, readonly string[]> = {
  '/new': ['/drafts'],
  '/explore': ['/compare', '/match'],
  '/notebooks': ['/apps'],
};

/** Whether a page lies under an item. */
export const isUnder = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : [href, ...(alsoUnder[href] ?? [])].some((place) => path.startsWith(place));
