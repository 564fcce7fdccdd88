// Says why the server refused something, and what to do about it.
import { useCallback } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { ApiError } from '../../api/client';
import { useErrorText } from '../../components';
import type { Status } from '../../types';

/** Turns a refusal of a change to a ticket into a sentence. */
export function useRefusalText(): (error: unknown) => string {
  const t = useTranslate();
  const errorText = useErrorText();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return errorText(error);
      const body = (error.body ?? {}) as Record<string, unknown>;
      switch (error.code) {
        case 'required_for_solved': {
          const fields = Object.keys((body.errors ?? {}) as object).filter(name => name !== 'root');
          const names = fields.map(name => t(`resources.tickets.fields.${name}`)).join(', ');
          return t('stoa.ticket.refused.required_for_solved', { fields: names });
        }
        case 'invalid_transition': {
          const allowed = ((body.allowed ?? []) as Status[]).map(status => t(`stoa.common.status.${status}`));
          return allowed.length
            ? t('stoa.ticket.refused.invalid_transition', { allowed: allowed.join(', ') })
            : t('stoa.ticket.refused.closed');
        }
        case 'already_assigned':
          return t('stoa.ticket.refused.already_assigned', {
            name: String(body.assignee_name ?? t('stoa.common.somebody')),
          });
        case 'archived':
        case 'deleted':
        case 'ticket_merged':
        case 'message_limit':
          return t(`stoa.ticket.refused.${error.code}`);
        default:
          // The server says which right was missing and why, where it is not simply the role.
          if (error.status === 403 && typeof body.detail === 'string') return body.detail;
          return errorText(error);
      }
    },
    [t, errorText]
  );
}

/** Shows a refusal. */
export function useRefuse(): (error: unknown) => void {
  const notify = useNotify();
  const text = useRefusalText();
  return useCallback(
    (error: unknown) => {
      // The text is a sentence already, not the name of one.
      const message = text(error);
      notify(message, { type: 'error', autoHideDuration: 8000, multiLine: true, messageArgs: { _: message } });
    },
    [notify, text]
  );
}
