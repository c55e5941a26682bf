/** For a text that may be longer than its place: keys scroll it only where it can have the focus, and then it needs a name. */
export const scrolledByKeys = (label: string) => ({ tabIndex: 0, role: 'group', 'aria-label': label }) as const;
