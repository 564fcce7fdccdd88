// Asks for the language in which a mail is worded anew.
import { Autocomplete, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../components';
import { LANGUAGES, languageName } from '../structure/PlaceInputs';

/** Only languages in which there is no wording of the company yet. */
export function LanguageDialog({
  taken,
  busy,
  refusal,
  onChoose,
  onClose,
}: {
  taken: string[];
  busy: boolean;
  refusal?: string;
  onChoose: (locale: string) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [locale, setLocale] = useState<string | null>(null);
  return (
    <ConfirmDialog
      open
      busy={busy}
      refusal={refusal}
      title={t('stoa.emailTemplates.languageTitle')}
      confirmLabel={t('stoa.emailTemplates.add')}
      onConfirm={() => locale && onChoose(locale)}
      onClose={onClose}
    >
      <Typography sx={{ mb: 2 }}>{t('stoa.emailTemplates.languageBody')}</Typography>
      <Autocomplete
        options={LANGUAGES}
        value={locale}
        onChange={(_, chosen) => setLocale(chosen)}
        getOptionLabel={tag => `${languageName(tag)} (${tag})`}
        getOptionDisabled={tag => taken.includes(tag)}
        renderInput={params => <TextField {...params} label={t('stoa.emailTemplates.languageField')} size="small" />}
      />
    </ConfirmDialog>
  );
}
