// Which mails there are in which language, and which wording of them is sent.
import type { EmailTemplate, MailDeclaration, TemplateKey } from '../types';

export type WordingState = 'platform' | 'draft' | 'changed' | 'published';

/** A mail in a language. */
export interface Wording {
  key: TemplateKey;
  locale: string;
  state: WordingState;
  /** The company's own, if there is one. */
  own?: EmailTemplate;
  /** The platform's, if there is one in this language. */
  platform?: { subject: string; html: string };
}

export type Shown = 'all' | 'own' | 'draft';

/** How far the company's own wording is. */
export function stateOf(own: Pick<EmailTemplate, 'status' | 'published_version'> | undefined): WordingState {
  if (!own) return 'platform';
  if (own.status === 'published') return 'published';
  return own.published_version === null ? 'draft' : 'changed';
}

/** All wordings of a mail: in the platform's languages first, then in those that the company added. */
export function wordingsOf(declaration: MailDeclaration, owns: EmailTemplate[]): Wording[] {
  const mine = owns.filter(own => own.key === declaration.key);
  const added = mine.map(own => own.locale).sort();
  const locales = [...new Set([...declaration.defaults.map(one => one.locale), ...added])];
  return locales.map(locale => {
    const own = mine.find(one => one.locale === locale);
    const platform = declaration.defaults.find(one => one.locale === locale);
    return { key: declaration.key, locale, state: stateOf(own), own, platform };
  });
}

/** Whether a wording is among those that the reader wants to see. */
export function isShown({ state }: Pick<Wording, 'state'>, shown: Shown): boolean {
  if (shown === 'all') return true;
  return shown === 'own' ? state !== 'platform' : state === 'draft' || state === 'changed';
}

/** The text from which a new wording starts: what is sent in that language, else in one that is near. */
export function startOf(declaration: MailDeclaration, wordings: Wording[], locale: string) {
  const language = (tag: string) => tag.split('-')[0];
  const near = [
    wordings.find(one => one.locale === locale),
    wordings.find(one => language(one.locale) === language(locale)),
    wordings.find(one => one.locale === 'en'),
  ].find(Boolean);
  const { subject = '', html = '' } = near?.own ?? near?.platform ?? declaration.defaults[0] ?? {};
  return { key: declaration.key, locale, subject, html, text: near?.own?.text ?? '' };
}
