// SHA-256 of a file, where the browser can tell it.

/** Larger files are not held in memory only to be counted. */
const LARGEST = 256 * 1024 * 1024;

/**
 * The checksum in hex. None where the page came over plain HTTP, as browsers compute none there, and none of very large
 * files: those are sent as a form, of which Stoa makes the checksum itself.
 */
export async function sha256(file: Blob, crypto: Crypto = globalThis.crypto): Promise<string | undefined> {
  // Typed as if it were always there.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle || file.size > LARGEST) return undefined;
  const digest = await subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
