// Files that the server gives only to those who are logged in: read with the session, then handed to the browser.
import { actingHeaders } from './company';
import { download } from './export';
import { ApiError, parseJson, refusal, unreachable } from './http';
import { accessToken, bearer, renewed } from './session';

const TIMEOUT = 120_000;

async function attempt(path: string, token: string): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { ...actingHeaders(), ...bearer(token) },
      signal: AbortSignal.timeout(TIMEOUT),
      credentials: 'same-origin',
    });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw refusal(response, parseJson(await response.text()));
  return response.blob();
}

/** The bytes at a path of the API. */
export async function readBytes(path: string): Promise<Blob> {
  const token = await accessToken();
  try {
    return await attempt(path, token);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    return attempt(path, await renewed(token));
  }
}

/** Saves what is at a path of the API as a file. */
export async function saveBytes(path: string, name: string): Promise<void> {
  download(await readBytes(path), name);
}
