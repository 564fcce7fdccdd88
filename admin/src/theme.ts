// The look of the dashboard: dense, calm, readable, in light and in dark.
import { createTheme, type PaletteOptions, type Theme } from '@mui/material/styles';
import type { RaThemeOptions } from 'react-admin';
import { common } from './i18n/en/common';

/** What is read letter by letter: keys, ids, code. */
export const MONO = 'ui-monospace, "Liberation Mono", monospace';

/** Colours of a private note: background, border and text. */
export interface NotePalette {
  bg: string;
  border: string;
  text: string;
}

declare module '@mui/material/styles' {
  interface Palette {
    note: NotePalette;
  }
  interface PaletteOptions {
    note?: NotePalette;
  }
}

const light: PaletteOptions = {
  mode: 'light',
  primary: { main: '#3949ab' },
  secondary: { main: '#ffffff', contrastText: '#1d2330' },
  background: { default: '#f6f7f9', paper: '#ffffff' },
  text: { primary: '#1d2330', secondary: '#555e6e' },
  divider: '#e1e4ea',
  error: { main: '#c62828' },
  warning: { main: '#9a5b00' },
  success: { main: '#23743f' },
  info: { main: '#0b6a99' },
  note: { bg: '#fff8e1', border: '#e0b43c', text: '#5c4300' },
};

const dark: PaletteOptions = {
  mode: 'dark',
  primary: { main: '#9fa8ff' },
  secondary: { main: '#1b2027', contrastText: '#e6e9ef' },
  background: { default: '#111418', paper: '#1b2027' },
  text: { primary: '#e6e9ef', secondary: '#a7b0bf' },
  divider: '#2d343e',
  error: { main: '#ff8a80' },
  warning: { main: '#ffb74d' },
  success: { main: '#81c995' },
  info: { main: '#7cc4ec' },
  note: { bg: '#2c2615', border: '#8a6d1f', text: '#f3dc9b' },
};

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

/** Inputs keep no empty line for a hint that they do not have; faults still show. */
const quietInputs = Object.fromEntries(
  ['Text', 'Password', 'Select', 'Autocomplete', 'Number', 'Boolean', 'DateTime', 'Date', 'TextArray'].map(kind => [
    `Ra${kind}Input`,
    { defaultProps: { helperText: false } },
  ])
);

function theme(palette: PaletteOptions): RaThemeOptions {
  return {
    ...createTheme({
      palette,
      spacing: 8,
      shape: { borderRadius: 6 },
      typography: {
        fontFamily: FONT,
        fontSize: 13,
        h5: { fontSize: '1.15rem', fontWeight: 600 },
        h6: { fontSize: '1rem', fontWeight: 600 },
        subtitle2: { fontWeight: 600 },
        button: { textTransform: 'none', fontWeight: 600 },
      },
      transitions: { create: () => 'none' },
      components: {
        MuiCssBaseline: {
          styleOverrides: (base: Theme) => ({
            body: { backgroundColor: base.palette.background.default },
            // Everything that can be reached by keyboard shows where the focus is.
            ':focus-visible': { outline: `2px solid ${base.palette.primary.main}`, outlineOffset: 1 },
          }),
        },
        MuiButton: { defaultProps: { size: 'small', disableElevation: true } },
        MuiIconButton: { defaultProps: { size: 'small' } },
        MuiChip: { defaultProps: { size: 'small' } },
        MuiCircularProgress: { defaultProps: { 'aria-label': common.loading } },
        MuiLinearProgress: { defaultProps: { 'aria-label': common.loading } },
        MuiTextField: { defaultProps: { size: 'small', variant: 'outlined', fullWidth: true } },
        MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined', margin: 'dense', fullWidth: true } },
        MuiInputBase: { defaultProps: { size: 'small' } },
        MuiAutocomplete: { defaultProps: { size: 'small', fullWidth: true } },
        MuiTable: { defaultProps: { size: 'small' } },
        MuiToolbar: { defaultProps: { variant: 'dense' } },
        MuiList: { defaultProps: { dense: true } },
        MuiMenuItem: { defaultProps: { dense: true } },
        ...quietInputs,
        MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
        MuiCard: { defaultProps: { variant: 'outlined' } },
        RaNotification: {
          styleOverrides: {
            // The bar is dark on light pages and light on dark ones.
            root: ({ theme: base }: { theme: Theme }) => ({
              '& .RaNotification-undo': { color: base.palette.mode === 'light' ? '#a5d6a7' : '#1b5e20' },
            }),
          },
        },
        RaMenuItemLink: {
          styleOverrides: {
            root: ({ theme: base }: { theme: Theme }) => ({
              borderRadius: base.shape.borderRadius,
              marginInline: 6,
              paddingInline: 10,
              '&.RaMenuItemLink-active': { backgroundColor: base.palette.action.selected, fontWeight: 600 },
            }),
          },
        },
        MuiTooltip: { defaultProps: { enterDelay: 400 } },
        MuiTableCell: {
          styleOverrides: {
            root: ({ theme: base }: { theme: Theme }) => ({ borderColor: base.palette.divider }),
            head: ({ theme: base }: { theme: Theme }) => ({ color: base.palette.text.secondary, fontWeight: 600 }),
          },
        },
      },
    }),
    sidebar: { width: 208, closedWidth: 46 },
  } as RaThemeOptions;
}

/** For bright surroundings. */
export const lightTheme = theme(light);
/** For dark ones. */
export const darkTheme = theme(dark);
