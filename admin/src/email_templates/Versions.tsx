// The versions of a wording that were published: to look at, and to take back.
import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Skeleton, Stack, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ErrorState, PersonName, SectionCard, TimeAgo, ToneChip, useErrorText } from '../components';
import { MailView, PlainMail } from '../mail/MailView';
import { ActButton } from '../structure/ActButton';
import type { EmailTemplate, TemplateVersion } from '../types';
import { useVersions } from './queries';
import { usePreview } from './usePreview';

/** A version with sample values; its source for those who may not preview. */
function VersionDialog({
  template,
  version,
  onClose,
}: {
  template: EmailTemplate;
  version: TemplateVersion;
  onClose: () => void;
}) {
  const t = useTranslate();
  const id = useId();
  const errorText = useErrorText();
  const mayPreview = useMay('email_templates', 'edit');
  const { subject, html, text } = version;
  const { mail, faults, error } = usePreview(template.id, { subject, html, text, ticket_id: null }, mayPreview);
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.emailTemplates.versions.number', { number: version.number })}</DialogTitle>
      <DialogContent>
        {faults.length > 0 && <Alert severity="error">{faults.map(fault => fault.message).join(' ')}</Alert>}
        {error !== undefined && <Alert severity="error">{errorText(error)}</Alert>}
        {!mayPreview ? (
          <>
            <Typography sx={{ fontWeight: 600, mb: 1 }}>{subject}</Typography>
            <PlainMail text={html} />
          </>
        ) : mail ? (
          <MailView mail={mail} height={300} />
        ) : (
          !faults.length && error === undefined && <Skeleton variant="rounded" height={360} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('ra.action.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

/** The list of versions. */
export function Versions({ template }: { template: EmailTemplate }) {
  const t = useTranslate();
  const mayRevert = useMay('email_templates', 'publish');
  const { data, isPending, error, refetch } = useVersions(template.id);
  const [shown, setShown] = useState<TemplateVersion>();
  const say = (key: string, values?: object) => t(`stoa.emailTemplates.versions.${key}`, values);
  return (
    <SectionCard title={say('title')}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton variant="rounded" height={60} />
      ) : data.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{say('none')}</Typography>
      ) : (
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {data.map(version => (
            <Stack
              component="li"
              key={version.number}
              direction="row"
              sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap', py: 0.75, borderTop: 1, borderColor: 'divider' }}
            >
              <Box sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{say('number', { number: version.number })}</Box>
              {version.number === template.published_version && <ToneChip label={say('sent')} tone="success" />}
              <Box sx={{ color: 'text.secondary' }}>
                <TimeAgo value={version.published_at} />
              </Box>
              {version.published_by && <PersonName id={version.published_by} />}
              <Box sx={{ flex: '1 1 160px', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                {version.subject}
              </Box>
              <Stack direction="row" sx={{ gap: 1, ml: 'auto' }}>
                <Button size="small" onClick={() => setShown(version)}>
                  {say('show')}
                </Button>
                {mayRevert && (
                  <ActButton
                    resource="email_templates"
                    id={template.id}
                    action="revert"
                    body={{ number: version.number }}
                    size="small"
                    variant="text"
                    label={say('revert')}
                    title={say('revertTitle', { number: version.number })}
                    done={say('reverted', { number: version.number })}
                  >
                    {say('revertBody')}
                  </ActButton>
                )}
              </Stack>
            </Stack>
          ))}
        </Box>
      )}
      {shown && <VersionDialog template={template} version={shown} onClose={() => setShown(undefined)} />}
    </SectionCard>
  );
}
