// What a template is called.
import { useRecordContext, useTranslate } from 'react-admin';
import { useMailName } from '../mail/names';
import { languageName } from '../structure/PlaceInputs';
import type { EmailTemplate } from '../types';

/** Calls a template by mail and language. */
export function useCalled(): (template: EmailTemplate) => string {
  const t = useTranslate();
  const name = useMailName();
  return ({ key, locale }) =>
    t('stoa.emailTemplates.name', { mail: name(key), language: languageName(locale) });
}

/** What a template is called: the mail and the language. */
export function TemplateName() {
  const record = useRecordContext<EmailTemplate>();
  const called = useCalled();
  return <>{record ? called(record) : ''}</>;
}
