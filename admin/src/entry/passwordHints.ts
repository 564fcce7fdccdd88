// What can be said of a new password while it is typed. The server decides, and knows more words that guessers try.

/** NIST SP 800-63B-4: characters of a password that is the only factor. */
export const SHORTEST = 15;
/** The server takes no more, in bytes. */
const LONGEST = 1024;
/** Shorter words occur by chance. */
const WORD = 3;

export interface Hints {
  /** Characters as people count them. */
  length: number;
  longEnough: boolean;
  /** It is not made of what everybody knows of the account. */
  ownWords: boolean;
  same: boolean;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether little is left of the password without the words. */
function madeOf(password: string, words: string[]): boolean {
  const rest = words.map(plain).filter(word => word.length >= WORD).reduce((text, word) => text.replaceAll(word, ''), plain(password));
  return rest.replace(/\d/g, '').length < WORD;
}

/** Looks at a password; `about` are words that have to do with the account, such as address and name. */
export function hints(password: string, again: string, about: string[] = []): Hints {
  const length = [...password].length;
  const words = ['stoa', ...about.flatMap(text => text.split('@')[0]?.split(/[^\p{L}\p{N}]+/u) ?? [])];
  return {
    length,
    longEnough: length >= SHORTEST && new TextEncoder().encode(password).length <= LONGEST,
    ownWords: password !== '' && !madeOf(password, words),
    same: password !== '' && password === again,
  };
}

/** Whether nothing speaks against sending it. */
export function isFit({ longEnough, ownWords, same }: Hints): boolean {
  return longEnough && ownWords && same;
}
