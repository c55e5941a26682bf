import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
} from '@mantine/core';
import { tokenVariables } from './tokens';

/** Deep sea: the accent in ten steps, as Mantine wants it. */
const sea: MantineColorsTuple = [
  '#e8f5f5',
  '#d2e9ea',
  '#a5d4d6',
  '#74bec1',
  '#4cabb0',
  '#2f9aa1',
  '#1a8790',
  '#0a6a73',
  '#07545c',
  '#053f46',
];

/** The dark greys of Mantine's controls, in the hue of our own. */
const dark: MantineColorsTuple = [
  '#e6eeee',
  '#c7d3d4',
  '#a9b8bb',
  '#8a9a9e',
  '#5d6e72',
  '#334146',
  '#1c262a',
  '#141c1f',
  '#0e1416',
  '#090e10',
];

/** Filled controls in the accent of the scheme, with what is legible on it: Mantine's own contrast knows only one scheme. */
const filled = { bg: 'var(--b-accent)', hover: 'var(--b-accent-strong)', ink: 'var(--b-on-accent)' };
/** The same for what ends or throws away. */
const ending = {
  '--button-bg': 'var(--b-bad)',
  '--button-hover': 'var(--b-bad)',
  '--button-color': 'var(--b-bad-wash)',
};

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { sea, dark },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'var(--font-sans), system-ui, sans-serif',
  fontFamilyMonospace: 'var(--font-mono), ui-monospace, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '15px', lg: '17px', xl: '20px' },
  components: {
    Button: Button.extend({
      vars: (_, { variant = 'filled', color }) => ({
        root:
          variant === 'filled' && !color
            ? { '--button-bg': filled.bg, '--button-hover': filled.hover, '--button-color': filled.ink }
            : variant === 'filled' && color === 'red'
              ? ending
              : {},
      }),
    }),
    // A menu holds items and nothing else; the first of them takes the focus.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Checkbox: Checkbox.extend({
      vars: () => ({ root: { '--checkbox-color': filled.bg, '--checkbox-icon-color': filled.ink } }),
    }),
  },
  headings: { fontFamily: 'var(--font-sans), system-ui, sans-serif', fontWeight: '600' },
});

/** Mantine's own variables follow our tokens, so that its controls and our pages are one surface. */
const ours = {
  '--mantine-color-body': 'var(--b-surface)',
  '--mantine-color-text': 'var(--b-ink)',
  '--mantine-color-dimmed': 'var(--b-ink-faint)',
  '--mantine-color-default': 'var(--b-surface)',
  '--mantine-color-default-hover': 'var(--b-raised)',
  '--mantine-color-default-color': 'var(--b-ink)',
  '--mantine-color-default-border': 'var(--b-line-strong)',
  '--mantine-color-placeholder': 'var(--b-ink-faint)',
  '--mantine-color-error': 'var(--b-bad)',
  '--mantine-color-anchor': 'var(--b-accent)',
};

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...tokenVariables('light'), ...ours },
  dark: { ...tokenVariables('dark'), ...ours },
});
