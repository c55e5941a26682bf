/** Every colour of the interface once, as a pair for light and dark. Contrast of text is at least 4.5:1, of lines that carry meaning 3:1. */
export const tokens = {
  ground: ['#fafbfb', '#0e1416'],
  surface: ['#ffffff', '#141c1f'],
  raised: ['#f1f5f5', '#1c262a'],
  ink: ['#10201f', '#e6eeee'],
  'ink-soft': ['#48585b', '#a9b8bb'],
  'ink-faint': ['#5f6f72', '#8a9a9e'],
  line: ['#e0e7e7', '#263236'],
  'line-strong': ['#8a999b', '#66777b'],
  accent: ['#0a6a73', '#52c3c6'],
  'accent-strong': ['#07545c', '#7ad6d8'],
  'on-accent': ['#ffffff', '#06191b'],
  'accent-wash': ['#e3f2f2', '#12312f'],
  good: ['#226b41', '#6cc793'],
  'good-wash': ['#e4f3ea', '#14301f'],
  bad: ['#a8322a', '#f2938a'],
  'bad-wash': ['#fbeae8', '#3b1a17'],
  warn: ['#855200', '#e3b35b'],
  'warn-wash': ['#fbf1dd', '#34270f'],
  grid: ['#e6ebeb', '#243034'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type TokenName = keyof typeof tokens;
export type ColorScheme = 'light' | 'dark';

/** The colour itself, for plots and the structure viewer, which do not read CSS. */
export const tokenValue = (name: TokenName, scheme: ColorScheme) => tokens[name][scheme === 'light' ? 0 : 1];

/** The same colours as CSS variables: `--b-ink`. */
export const tokenVariables = (scheme: ColorScheme): Record<string, string> =>
  Object.fromEntries((Object.keys(tokens) as TokenName[]).map((name) => [`--b-${name}`, tokenValue(name, scheme)]));

/** Series colours that people with any colour vision tell apart: Okabe and Ito, 2008; the yellow is left out, too pale on white. */
export const seriesColors = {
  light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'],
  dark: ['#56b4e9', '#ff9a4d', '#2fc79b', '#e39cc4', '#f0b73a', '#8fd0f5'],
} as const;
