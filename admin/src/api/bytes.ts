// Sends and reads the bytes of files, which are no JSON: with progress, as the person who is logged in or to a bucket.
import { actingHeaders } from './company';
import { noteAnswer, noteFailure } from './connection';
import { download } from './export';
import { parseJson, refusal, unreachable } from './http';
import { persist } from './retry';
import { authorized, bearer } from './session';

/** Where bytes go, and how. */
export interface Transfer {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body: Blob | FormData;
  /** The address is the storage's own: it is told nothing about who sends. */
  direct?: boolean;
  signal?: AbortSignal;
  /** Told how much is on its way, from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** A transfer of which nothing is heard for so long is over, in milliseconds. */
const SILENCE = 60_000;

/** Sends bytes once and answers with the JSON of the answer. Throws an `ApiError`, or the abort of the signal. */
export function sendBytes<T>(transfer: Transfer): Promise<T> {
  if (transfer.direct) return push<T>(transfer, {});
  return authorized(token => push<T>(transfer, { ...actingHeaders(), ...bearer(token) }));
}

/** `fetch` tells nothing of how far a sending is. */
function push<T>(transfer: Transfer, own: Record<string, string>): Promise<T> {
  const { method, url, headers, body, direct = false, signal, onProgress } = transfer;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const call = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => call.abort(), SILENCE);
    };
    const abort = () => call.abort();
    const done = (then: () => void) => {
      clearTimeout(silence);
      signal?.removeEventListener('abort', abort);
      then();
    };
    const lost = () =>
      done(() => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        // Of a bucket that does not answer, Stoa knows nothing.
        if (!direct) void noteFailure();
        reject(unreachable());
      });
    call.onload = () =>
      done(() => {
        const answer = parseJson(call.responseText);
        if (call.status >= 200 && call.status < 300) {
          if (!direct) noteAnswer();
          resolve(answer as T);
        } else if (direct) {
          reject(bucketRefusal(call.status));
        } else {
          const pause = call.getResponseHeader('Retry-After');
          const told = pause === null ? undefined : { 'Retry-After': pause };
          reject(refusal(new Response(null, { status: call.status, headers: told }), answer));
        }
      });
    call.onerror = lost;
    call.onabort = lost;
    call.upload.onprogress = event => {
      listen();
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total);
    };
    signal?.addEventListener('abort', abort, { once: true });
    call.open(method, url);
    for (const [name, value] of Object.entries({ Accept: 'application/json', ...headers, ...own })) {
      if (!direct || name !== 'Accept') call.setRequestHeader(name, value);
    }
    listen();
    call.send(body);
  });
}

/** A bucket answers in XML, for programmers; 412 says that the file is there already. */
function bucketRefusal(status: number) {
  return refusal(new Response(null, { status: 409 }), {
    code: status === 412 ? 'conflict' : 'bucket_refused',
    status,
  });
}

/** Reads the bytes at an address of Stoa. */
export function readBytes(path: string, signal?: AbortSignal): Promise<Blob> {
  return persist(
    () =>
      authorized(async token => {
        const { response, bytes } = await pull(path, token, signal);
        if (response.ok) {
          noteAnswer();
          return bytes;
        }
        throw refusal(response, parseJson(await bytes.text()));
      }),
    signal,
  );
}

/** Saves what is at an address of Stoa as a file. */
export async function saveBytes(path: string, name: string): Promise<void> {
  download(await readBytes(path), name);
}

async function pull(path: string, token: string, signal?: AbortSignal): Promise<{ response: Response; bytes: Blob }> {
  try {
    const headers = { ...actingHeaders(), ...bearer(token) };
    const response = await fetch(path, { headers, signal, credentials: 'same-origin' });
    return { response, bytes: await response.blob() };
  } catch (error) {
    if (signal?.aborted) throw error;
    void noteFailure();
    throw unreachable();
  }
}
