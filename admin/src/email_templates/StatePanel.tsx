// How far a wording is, and what can be done with it: publish it, send it to oneself.
import { Alert, Button, Stack, Typography } from '@mui/material';
import { useFormIsDirty, useNotify, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ActButton } from '../structure/ActButton';
import { useAct } from '../structure/useAct';
import type { EmailTemplate } from '../types';
import { stateOf } from './rows';
import { WordingChip } from './WordingChip';

function Test({ template, ticket, dirty }: { template: EmailTemplate; ticket: string | null; dirty: boolean }) {
  const t = useTranslate();
  const notify = useNotify();
  const { run, busy, refusal } = useAct<{ to: string }>('email_templates', template.id);
  const send = async () => {
    const answer = await run('test', ticket ? { ticket_id: ticket } : {});
    if (answer) notify(t('stoa.emailTemplates.test.sent', { to: answer.to }), { type: 'success' });
  };
  return (
    <>
      <Button
        variant="outlined"
        onClick={() => void send()}
        disabled={busy || dirty}
        title={t('stoa.emailTemplates.test.hint')}
      >
        {t('stoa.emailTemplates.test.action')}
      </Button>
      {refusal && (
        <Alert severity="error" sx={{ width: '100%' }}>
          {refusal}
        </Alert>
      )}
    </>
  );
}

/** State and acts of a template; inside its form, as only what is saved can be published. */
export function StatePanel({ template, ticket }: { template: EmailTemplate; ticket: string | null }) {
  const t = useTranslate();
  const dirty = useFormIsDirty();
  const mayEdit = useMay('email_templates', 'edit');
  const mayPublish = useMay('email_templates', 'publish');
  const draft = template.status === 'draft';
  const hint = dirty
    ? t('stoa.emailTemplates.publish.dirty')
    : draft && mayEdit && !mayPublish && t('stoa.emailTemplates.publish.manager');
  return (
    <Stack sx={{ gap: 1, mb: 1.5, alignItems: 'flex-start !important' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'baseline !important' }}>
        <WordingChip own={template} />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`stoa.emailTemplates.explain.${stateOf(template)}`, { version: template.published_version ?? '' })}
        </Typography>
      </Stack>
      {mayEdit && (
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center !important' }}>
          {mayPublish && draft && (
            <ActButton
              resource="email_templates"
              id={template.id}
              action="publish"
              options={{ version: template.version }}
              variant="contained"
              disabled={dirty}
              label={t('stoa.emailTemplates.publish.action')}
              title={t('stoa.emailTemplates.publish.title')}
              done={t('stoa.emailTemplates.publish.done')}
            >
              {t('stoa.emailTemplates.publish.body')}
            </ActButton>
          )}
          <Test template={template} ticket={ticket} dirty={dirty} />
          {hint && (
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {hint}
            </Typography>
          )}
        </Stack>
      )}
    </Stack>
  );
}
