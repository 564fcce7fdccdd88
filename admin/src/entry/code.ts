// Codes that people type: from a mail, from an authenticator, from paper.

/** Digits of a code by mail or of an authenticator. */
export const DIGITS = 6;

/** What was typed or pasted, as far as it belongs to a code of digits. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS);
}

/** Whether all digits are there. */
export function isWhole(code: string): boolean {
  return code.length === DIGITS;
}

/** A recovery code as it was printed: without the spaces around it, in capital letters. */
export function recoveryOf(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase().replace(/\s+/g, '-');
}
