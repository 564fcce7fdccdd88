// What all pages share; this file only names it.
export * from './chips';
export * from './ConfirmDialog';
export * from './FieldValue';
export * from './hotkey';
export * from './names';
export * from './near';
export * from './Pager';
export * from './people';
export * from './states';
export * from './time';
export * from './useErrorText';
