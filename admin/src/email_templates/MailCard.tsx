// A mail with its wordings, one a language, and the ways to word it anew.
import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useCreate, useCreatePath, useNotify, useTranslate } from 'react-admin';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { SectionCard, TimeAgo, useErrorText } from '../components';
import { useMailName } from '../mail/names';
import { languageName } from '../structure/PlaceInputs';
import type { EmailTemplate, MailDeclaration } from '../types';
import { LanguageDialog } from './LanguageDialog';
import { PlatformDialog } from './PlatformDialog';
import { startOf, type Wording } from './rows';
import { WordingChip } from './WordingChip';

function Row({
  wording,
  busy,
  onLook,
  onWord,
}: {
  wording: Wording;
  busy: boolean;
  onLook: () => void;
  onWord?: () => void;
}) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const name = useMailName();
  const opens = t(useMay('email_templates', 'edit') ? 'ra.action.edit' : 'ra.action.show');
  const { own, locale } = wording;
  const language = languageName(locale);
  const called = t('stoa.emailTemplates.name', { mail: name(wording.key), language });
  return (
    <Stack
      component="li"
      direction="row"
      sx={{ alignItems: 'center', gap: 1, py: 0.75, flexWrap: 'wrap', borderTop: 1, borderColor: 'divider' }}
    >
      <Box sx={{ width: { xs: 'auto', sm: 150 }, fontWeight: 600 }}>
        {language}
      </Box>
      <WordingChip own={own} />
      <Box sx={{ flex: 1, minWidth: 0, color: 'text.secondary', display: { xs: 'none', md: 'block' } }}>
        {own && (
          <>
            {t('stoa.emailTemplates.changedAt')} <TimeAgo value={own.updated_at} />
          </>
        )}
      </Box>
      <Stack direction="row" sx={{ gap: 0.5, ml: 'auto' }}>
        {own ? (
          <Button
            size="small"
            component={RouterLink}
            to={createPath({ resource: 'email_templates', type: 'edit', id: own.id })}
            aria-label={`${opens}: ${called}`}
          >
            {opens}
          </Button>
        ) : (
          <>
            <Button size="small" color="inherit" onClick={onLook} aria-label={`${t('stoa.emailTemplates.look')}: ${called}`}>
              {t('stoa.emailTemplates.look')}
            </Button>
            {onWord && (
              <Button
                size="small"
                onClick={onWord}
                disabled={busy}
                aria-label={`${t('stoa.emailTemplates.word')}: ${called}`}
              >
                {t('stoa.emailTemplates.word')}
              </Button>
            )}
          </>
        )}
      </Stack>
    </Stack>
  );
}

/** The card of one mail. `shown` are the wordings that the filter leaves. */
export function MailCard({
  declaration,
  wordings,
  shown,
}: {
  declaration: MailDeclaration;
  wordings: Wording[];
  shown: Wording[];
}) {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const errorText = useErrorText();
  const name = useMailName();
  const mayCreate = useMay('email_templates', 'create');
  const [look, setLook] = useState<Wording>();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [create, { isPending }] = useCreate<EmailTemplate>();

  const word = (locale: string) => {
    setRefusal(undefined);
    void create(
      'email_templates',
      { data: startOf(declaration, wordings, locale) },
      {
        onSuccess: record => {
          notify(t('stoa.emailTemplates.added'), { type: 'success' });
          navigate(createPath({ resource: 'email_templates', type: 'edit', id: record.id }));
        },
        onError: error => {
          setRefusal(errorText(error));
          if (!asking) notify(errorText(error), { type: 'error' });
        },
      }
    );
  };

  return (
    <SectionCard
      title={name(declaration.key)}
      actions={
        mayCreate && (
          <Button
            size="small"
            startIcon={<AddIcon />}
            onClick={() => setAsking(true)}
            sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}
            aria-label={t('stoa.emailTemplates.languageOf', { mail: name(declaration.key) })}
          >
            {t('stoa.emailTemplates.language')}
          </Button>
        )
      }
    >
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {shown.map(wording => (
          <Row
            key={wording.locale}
            wording={wording}
            busy={isPending}
            onLook={() => setLook(wording)}
            onWord={mayCreate ? () => word(wording.locale) : undefined}
          />
        ))}
      </Box>
      {look && <PlatformDialog wording={look} declaration={declaration} onClose={() => setLook(undefined)} />}
      {asking && (
        <LanguageDialog
          taken={wordings.filter(one => one.own).map(one => one.locale)}
          busy={isPending}
          refusal={refusal}
          onChoose={word}
          onClose={() => setAsking(false)}
        />
      )}
    </SectionCard>
  );
}
