// Time zone and language as fields of forms.
import { AutocompleteInput, useRecordContext, useTranslate } from 'react-admin';

/** Languages that are offered. */
export const LANGUAGES = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'de-AT',
  'de-CH',
  'el',
  'en',
  'en-GB',
  'en-US',
  'es',
  'es-MX',
  'et',
  'fi',
  'fr',
  'fr-CA',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'ru',
  'sk',
  'sl',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
  'zh-Hans',
  'zh-Hant',
];
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')];

/** What a language tag means, as in `German (Austria)`. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function offset(zone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
      new Date()
    );
    return parts.find(part => part.type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}

interface PlaceProps {
  /** Said when nothing is chosen. */
  helperText?: string | false;
  required?: boolean;
}

/** Chooses a time zone. */
export function TimezoneInput({ helperText = false, required = false }: PlaceProps) {
  const current = useRecordContext()?.timezone as string | null | undefined;
  const zones = current && !ZONES.includes(current) ? [current, ...ZONES] : ZONES;
  return (
    <AutocompleteInput
      source="timezone"
      choices={zones.map(id => ({ id, name: id.replaceAll('_', ' ') }))}
      optionText={(zone: { id: string; name: string }) => `${zone.name} (${offset(zone.id)})`}
      inputText={(zone: { name: string }) => zone.name}
      disableClearable={required}
      helperText={helperText}
      fullWidth
    />
  );
}

/** Chooses a language. */
export function LocaleInput({ helperText = false, required = false }: PlaceProps) {
  const t = useTranslate();
  const current = useRecordContext()?.locale as string | null | undefined;
  const tags = current && !LANGUAGES.includes(current) ? [current, ...LANGUAGES] : LANGUAGES;
  return (
    <AutocompleteInput
      source="locale"
      choices={tags.map(id => ({ id, name: t('stoa.structure.language', { name: languageName(id), tag: id }) }))}
      disableClearable={required}
      helperText={helperText}
      fullWidth
    />
  );
}
