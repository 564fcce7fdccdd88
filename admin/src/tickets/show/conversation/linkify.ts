// Finds in a plain text what can be clicked and what is quoted from an earlier message.

/** A stretch of text; with `href` it is a link. */
export interface Piece {
  text: string;
  href?: string;
}

/** Lines that belong together: written here, or quoted. */
export interface Block {
  quoted: boolean;
  text: string;
}

const CANDIDATE = /(?:https?:\/\/|mailto:)[^\s<>"]+|[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** Cuts a text into links and what stands between them. Only addresses of the web and of mail become links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const found = withoutTail(match[0]);
    const href = address(found);
    if (!href || match.index < end) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Where a link leads, or nothing if it is none that may be followed. */
export function address(text: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `mailto:${text}`;
  try {
    const url = new URL(full);
    return SCHEMES.has(url.protocol) ? full : undefined;
  } catch {
    return undefined;
  }
}

/** A full stop or bracket at the end belongs to the sentence, unless the bracket was opened within the address. */
function withoutTail(found: string): string {
  let rest = found;
  for (;;) {
    const last = rest.at(-1) ?? '';
    const closes = (last === ')' && count(rest, ')') > count(rest, '(')) || (last === ']' && !rest.includes('['));
    if (!closes && !'.,;:!?\'*_'.includes(last)) return rest;
    if (rest.length === 1) return rest;
    rest = rest.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Cuts a text into what its author wrote and what is quoted with `>` at the begin of lines. */
export function toBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const quoted = line.startsWith('>');
    const content = quoted ? line.replace(/^>\s?/, '') : line;
    const last = blocks.at(-1);
    if (last && last.quoted === quoted) last.text += `\n${content}`;
    else blocks.push({ quoted, text: content });
  }
  return blocks.map(block => ({ ...block, text: block.text.replace(/^\n+|\n+$/g, '') })).filter(block => block.text);
}

/** A text as a quotation to answer below. */
export function quote(author: string, text: string, intro: string): string {
  const lines = text.trim().split('\n').map(line => `> ${line}`.trimEnd());
  return `${intro.replace('%{author}', author)}\n${lines.join('\n')}\n\n`;
}
