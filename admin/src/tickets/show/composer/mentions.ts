// Finds and puts names of colleagues into a note.

/** A name that is being typed after an `@`. */
export interface MentionQuery {
  /** Place of the `@`. */
  from: number;
  text: string;
}

/** Longest name that is looked for. */
const LONGEST = 40;

/** The name before the caret, if one is being typed there. */
export function mentionAt(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const match = /(?:^|[\s([{,;:])@([\p{L}\p{N}._'-]*(?: [\p{L}\p{N}._'-]*)?)$/u.exec(before);
  return match ? { from: caret - (match[1] ?? '').length - 1, text: match[1] ?? '' } : null;
}

/** Puts a name in place of what was typed of it; answers with the text and where the caret goes. */
export function withMention(text: string, caret: number, query: MentionQuery, name: string) {
  const head = `${text.slice(0, query.from)}@${name} `;
  return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
}

/** Those of the chosen people whose names still stand in the text. */
export function mentioned(text: string, chosen: Record<string, string>): string[] {
  return Object.entries(chosen)
    .filter(([, name]) => text.includes(`@${name}`))
    .map(([id]) => id);
}

/** People whose names, or a word of them, begin with what was typed. */
export function matching<T extends { name: string }>(people: T[], typed: string, most = 6): T[] {
  const wanted = typed.trim().toLocaleLowerCase();
  return people
    .filter(person => {
      const name = person.name.toLocaleLowerCase();
      return name.startsWith(wanted) || name.split(/\s+/).some(word => word.startsWith(wanted));
    })
    .slice(0, most);
}
