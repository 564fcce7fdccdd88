// Work on the texts of templates: places in them, values put into them, and the platform's filled with samples.
import type { TemplateVariable } from '../types';

/** A fault of a text, as the server tells it. */
export interface Fault {
  field: 'subject' | 'html' | 'text';
  /** From 1. */
  line: number;
  /** In characters, from 1. */
  column: number;
  code: string;
  message: string;
}

/** Where in a text a line and column are. Columns count characters, texts of browsers their halves. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const characters = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('');
  return Math.min(before + characters.length, text.length);
}

/** The text with a variable in place of what is selected, and where the cursor is then. */
export function inserted(text: string, from: number, to: number, name: string): { text: string; cursor: number } {
  const print = `{{ ${name} }}`;
  return { text: text.slice(0, from) + print + text.slice(to), cursor: from + print.length };
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, one => `&#${one.charCodeAt(0)};`);
}

/**
 * The platform's text with samples. Only for texts that ask for nothing but variables: all samples have a value, so the
 * first branch of each condition is the one.
 */
export function sampled(source: string, variables: TemplateVariable[]): string {
  return source
    .replace(/\{%\s*else\s*%\}[\s\S]*?(?=\{%\s*endif)/g, '')
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{\s*([\w.]+)\s*(\|\s*lines\s*)?\}\}/g, (whole, name: string, lines?: string) => {
      const sample = variables.find(variable => variable.name === name)?.sample;
      if (sample === undefined) return whole;
      return lines ? escaped(sample).replaceAll('\n', '<br>') : escaped(sample);
    });
}
