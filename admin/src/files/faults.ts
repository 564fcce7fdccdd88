// Why a file could not be attached, told apart as people must be told, and whether another try can help.
import { ApiError } from '../api/client';
import type { QuarantineReason, Upload } from '../types';

/** What is wrong with a file. The texts of all of them are in `stoa.files.faults`. */
export type FaultCode =
  | 'too_large'
  | 'program'
  | 'type'
  | 'quota'
  | 'unreadable'
  | 'unreachable'
  | 'busy'
  | 'gone'
  | 'other'
  | QuarantineReason;

/** Why a file was not taken. */
export interface Fault {
  code: FaultCode;
  /** Another try may succeed. */
  again: boolean;
  /** Most bytes that a file may have. */
  limit?: number;
  /** What the server says of it. */
  said?: string;
}

/** What changed on the way, or in the middle of the reading, may come whole the next time. */
const PASSING: QuarantineReason[] = ['size_mismatch', 'checksum_mismatch', 'object_missing'];
const BUSY = ['overloaded', 'dependency_unavailable', 'rate_limited', 'internal'];

/** The fault that an error of a sending means. */
export function faultOf(error: unknown): Fault {
  // The file was moved, removed or changed since it was chosen, or is a folder.
  if (error instanceof DOMException) return { code: 'unreadable', again: false };
  if (!(error instanceof ApiError)) return { code: 'other', again: true };
  const { code, body, message } = error;
  if (code === 'payload_too_large') {
    const limit = body?.limit;
    return { code: 'too_large', again: false, limit: typeof limit === 'number' ? limit : undefined };
  }
  if (code === 'quota_exceeded') return { code: 'quota', again: true };
  if (code === 'unreachable') return { code: 'unreachable', again: true };
  if (BUSY.includes(code)) return { code: 'busy', again: true };
  const fields = body?.errors ?? {};
  if ('filename' in fields) return { code: 'program', again: false };
  if ('content_type' in fields) return { code: 'type', again: false };
  // What differs from its announcement changed in between.
  if ('sha256' in fields || 'size' in fields) return { code: 'checksum_mismatch', again: true };
  return { code: 'other', again: true, said: message };
}

/** The fault of a file that came whole and is not taken; none of one that is ready. */
export function faultIn(upload: Upload): Fault | undefined {
  if (upload.state === 'ready') return undefined;
  if (upload.state !== 'quarantined') return { code: 'gone', again: false };
  const code = upload.quarantine_reason ?? 'type_mismatch';
  return { code, again: PASSING.includes(code) };
}
