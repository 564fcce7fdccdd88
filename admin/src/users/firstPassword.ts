// First passwords: random, and easy to read out and type.

/** Letters and digits that are not taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP = 5;

/** A password of 25 characters in groups, about 120 bits. */
export function firstPassword(): string {
  // Bytes above the last whole multiple are thrown away: the others would come up more often.
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < GROUPS * GROUP) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < limit && text.length < GROUPS * GROUP) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return (text.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}
