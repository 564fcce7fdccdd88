// Walks along the audit log's chain of hashes, part by part.
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, request } from '../api/client';

/** What the server found in one part of the chain. */
interface Part {
  valid: boolean;
  checked: number;
  last_seq: number;
  last_hash: string;
  first_invalid_seq: number | null;
  fault: string | null;
  next_seq: number | null;
}

/** How far the check is, and what it found. */
export interface Verification {
  state: 'ready' | 'running' | 'sound' | 'broken' | 'failed';
  checked: number;
  total: number;
  lastHash: string;
  brokenAt: number | null;
  fault: string | null;
  error?: unknown;
}

const READY: Verification = { state: 'ready', checked: 0, total: 0, lastHash: '', brokenAt: null, fault: null };
/** Only one check of a log runs at a time; another one is waited for this often, this long. */
const PATIENCE = 15;
const PAUSE = 2000;

async function readPart(from: number, signal: AbortSignal): Promise<Part> {
  for (let tries = 0; ; tries += 1) {
    try {
      return (await request<Part>('/api/audit_log/verify', { query: { from_seq: from }, signal })).data;
    } catch (error) {
      const busy = error instanceof ApiError && error.code === 'overloaded';
      if (!busy || tries >= PATIENCE) throw error;
      await new Promise(done => setTimeout(done, PAUSE));
      signal.throwIfAborted();
    }
  }
}

/** Runs the check and tells how far it is. */
export function useVerification() {
  const [result, setResult] = useState<Verification>(READY);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(async () => {
    const control = new AbortController();
    running.current?.abort();
    running.current = control;
    let checked = 0;
    let from: number | null = 1;
    setResult({ ...READY, state: 'running' });
    try {
      while (from !== null) {
        const part: Part = await readPart(from, control.signal);
        checked += part.checked;
        from = part.valid ? part.next_seq : null;
        const state = !part.valid ? 'broken' : from === null ? 'sound' : 'running';
        setResult({
          state,
          checked,
          total: part.last_seq,
          lastHash: part.last_hash,
          brokenAt: part.first_invalid_seq,
          fault: part.fault,
        });
      }
    } catch (error) {
      if (!control.signal.aborted) setResult(before => ({ ...before, state: 'failed', error }));
    }
  }, []);

  const stop = useCallback(() => {
    running.current?.abort();
    setResult(READY);
  }, []);

  return { result, start, stop };
}
