// Sends a file so that a message can carry it: announced, sent, and looked at by Stoa.
import type { Upload } from '../types';
import { sendBytes } from './bytes';
import { sha256 } from './checksum';
import { request } from './client';
import { ApiError } from './http';
import { randomKey } from './random';
import { persist } from './retry';

/** A file with the name and type under which it is sent. */
export interface Outbound {
  file: Blob;
  name: string;
  type: string;
}

/** Who is told of a sending, and can stop it. */
export interface Watch {
  signal: AbortSignal;
  /** It is known to Stoa under this id from now on. */
  onAnnounced: (id: string) => void;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  /** All is sent; Stoa looks at it. */
  onSent: () => void;
}

/** Where all files are. */
export const UPLOADS = '/api/uploads';

/** Sends a file and answers with what Stoa made of it: ready, or in quarantine. */
export async function sendFile(outbound: Outbound, watch: Watch): Promise<Upload> {
  const { file, name, type } = outbound;
  const checksum = await sha256(file);
  watch.signal.throwIfAborted();
  if (checksum === undefined) return sendForm(outbound, watch);
  const { data: upload } = await request<Upload>(UPLOADS, {
    body: { filename: name, content_type: type, size: file.size, sha256: checksum },
    idempotencyKey: randomKey(),
    signal: watch.signal,
  });
  watch.onAnnounced(upload.id);
  await sendAnnounced(upload, file, watch);
  watch.onSent();
  const { data } = await request<Upload>(`${UPLOADS}/${upload.id}/complete`, {
    method: 'POST',
    idempotencyKey: randomKey(),
    signal: watch.signal,
  });
  return data;
}

async function sendAnnounced(upload: Upload, file: Blob, watch: Watch): Promise<void> {
  const { id, transfer } = upload;
  if (!transfer) throw new ApiError('The file was sent already.', 409, 'conflict');
  try {
    await sendTo(transfer, file, watch);
  } catch (error) {
    if (!transfer.direct || watch.signal.aborted) throw error;
    // Networks and buckets may refuse browsers what Stoa itself can do.
    await sendTo({ ...transfer, direct: false, url: `${UPLOADS}/${id}/content`, headers: {} }, file, watch);
  }
}

async function sendTo(transfer: NonNullable<Upload['transfer']>, file: Blob, watch: Watch): Promise<void> {
  const { direct, method, url, headers } = transfer;
  const { signal, onProgress } = watch;
  let tries = 0;
  await persist(async () => {
    tries += 1;
    try {
      await sendBytes({ method, url, headers, body: file, direct, signal, onProgress });
    } catch (error) {
      // An earlier try got through, and only its answer was lost; whether all of it came is looked at next.
      if (tries > 1 && error instanceof ApiError && error.code === 'conflict') return;
      throw error;
    }
  }, signal);
}

/** All in one request, without a checksum. A form that came through may not be sent again: it would be another file. */
async function sendForm({ file, name, type }: Outbound, watch: Watch): Promise<Upload> {
  const body = new FormData();
  body.append('file', new Blob([file], { type }), name);
  const upload = await sendBytes<Upload>({
    method: 'POST',
    url: `${UPLOADS}/content`,
    body,
    signal: watch.signal,
    onProgress: share => {
      watch.onProgress(share);
      if (share >= 1) watch.onSent();
    },
  });
  watch.onAnnounced(upload.id);
  return upload;
}

/** What is known of files; those that are gone, or that the person may not see, are left out. */
export async function findUploads(ids: string[]): Promise<Upload[]> {
  const query = { ids: ids.join(','), page: 1, per_page: ids.length };
  return (await request<{ data: Upload[] }>(UPLOADS, { query })).data.data;
}

/**
 * Removes a file that nobody waits for any more, unless it is another one than `version` by now: a message may carry it
 * that was sent from elsewhere. If that fails it goes by itself, as what nobody attaches does.
 */
export function forgetUpload(id: string, version?: number): void {
  request(`${UPLOADS}/${id}`, { method: 'DELETE', version }).catch(() => undefined);
}
