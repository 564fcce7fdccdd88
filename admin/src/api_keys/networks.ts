// Addresses and networks as people write them.

function isV4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isV6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || text.includes(':::') || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  const tail = groups[groups.length - 1] ?? '';
  const mixed = tail.includes('.');
  if (mixed && !isV4(tail)) return false;
  const hex = mixed ? groups.slice(0, -1) : groups;
  if (!hex.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = hex.length + (mixed ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}

/** Whether it is an address or a network with the length of its prefix. */
export function isNetwork(text: string): boolean {
  const [address = '', length, more] = text.split('/');
  if (more !== undefined) return false;
  const bits = isV4(address) ? 32 : isV6(address) ? 128 : 0;
  if (bits === 0) return false;
  return length === undefined || (/^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= bits);
}
