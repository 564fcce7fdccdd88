// What a template makes, renewed as somebody writes.
import { useEffect, useState } from 'react';
import { ApiError, request } from '../api/client';
import type { MailText } from '../types';
import type { Fault } from './text';

/** Pause in the writing after which the preview is renewed. */
const PAUSE_MS = 400;

/** Texts to show, and the ticket with whose values. */
export interface Previewed {
  subject: string;
  html: string;
  text: string;
  ticket_id: string | null;
}

interface Preview {
  /** The last that could be made. */
  mail?: MailText;
  /** Why what is written now cannot be shown. */
  faults: Fault[];
  /** Any other refusal. */
  error?: unknown;
  busy: boolean;
}

function faultsIn(error: unknown): Fault[] {
  const positions = error instanceof ApiError ? error.body?.positions : undefined;
  return Array.isArray(positions) ? (positions as Fault[]) : [];
}

/** The preview of a template's texts; `enabled` for those who may ask for it. */
export function usePreview(id: string, texts: Previewed, enabled: boolean): Preview {
  const [preview, setPreview] = useState<Preview>({ faults: [], busy: enabled });
  const asked = JSON.stringify(texts);
  useEffect(() => {
    if (!enabled) return undefined;
    const given = JSON.parse(asked) as Previewed;
    const control = new AbortController();
    setPreview(before => ({ ...before, busy: true }));
    const timer = setTimeout(async () => {
      try {
        // The server takes no empty subject and no empty HTML: the form says so already.
        const body = Object.fromEntries(Object.entries(given).filter(([name, value]) => name === 'text' || value));
        const path = `/api/email_templates/${id}/preview`;
        const { data } = await request<MailText>(path, { method: 'POST', body, signal: control.signal });
        setPreview({ mail: data, faults: [], busy: false });
      } catch (error) {
        if (control.signal.aborted) return;
        const faults = faultsIn(error);
        setPreview(before => ({ mail: before.mail, faults, error: faults.length ? undefined : error, busy: false }));
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [id, asked, enabled]);
  return preview;
}
