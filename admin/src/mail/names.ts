// Mails by name.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';

/** Keys of all mails that the program sends, those of companies first. */
export const MAIL_KEYS = [
  'ticket_created',
  'ticket_reply',
  'ticket_assigned',
  'ticket_status',
  'ticket_updated',
  'mail_too_large',
  'invitation',
  'email_verification',
  'password_reset',
  'already_registered',
  'security_notice',
  'new_device',
  'test',
  'prepared',
] as const;

/** Says which mail a key stands for. */
export function useMailName(): (key: string) => string {
  const t = useTranslate();
  return useCallback((key: string) => t(`stoa.mail.keys.${key}`, { _: key }), [t]);
}
