// The signed address of a mailbox: made, replaced, ended; it is shown once.
import { Alert, Box, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { SectionCard, ToneChip } from '../components';
import { ActButton } from '../structure/ActButton';
import { OnceDialog } from '../structure/OnceDialog';
import { SecretValue } from '../structure/SecretValue';
import type { Mailbox } from '../types';

interface Fresh {
  url: string;
  secret: string;
}

const EXAMPLE = `t=$(date +%s)
v1=$({ printf '%s.' "$t"; cat mail.eml; } |
  openssl dgst -sha256 -hmac "$KEY" -r | cut -d' ' -f1)
curl --data-binary @mail.eml \\
  -H "Stoa-Signature: t=$t,v1=$v1" "$ADDRESS"`;

function Shown({ fresh }: { fresh: Fresh }) {
  const t = useTranslate();
  return (
    <Stack sx={{ gap: 2 }}>
      <Box>
        <Typography variant="subtitle2">{t('stoa.mailboxes.webhook.url')}</Typography>
        <SecretValue label={t('stoa.mailboxes.webhook.url')} text={fresh.url} />
      </Box>
      <Box>
        <Typography variant="subtitle2">{t('stoa.mailboxes.webhook.secret')}</Typography>
        <SecretValue label={t('stoa.mailboxes.webhook.secret')} text={fresh.secret} />
      </Box>
      <Alert severity="warning">{t('stoa.mailboxes.webhook.once')}</Alert>
      <Box>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('stoa.mailboxes.webhook.how')}
        </Typography>
        <Box
          component="pre"
          tabIndex={0}
          sx={{ m: 0, mt: 0.5, p: 1, overflowX: 'auto', bgcolor: 'background.default', borderRadius: 1, fontSize: '0.75rem' }}
        >
          {EXAMPLE}
        </Box>
      </Box>
    </Stack>
  );
}

/** The panel; nothing for those who may not make addresses. */
export function WebhookPanel({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const may = useMay('mailboxes', 'webhook');
  const [fresh, setFresh] = useState<Fresh>();
  const say = (key: string, values?: object) => t(`stoa.mailboxes.webhook.${key}`, values);
  const active = mailbox.webhook_active;
  const make = active ? 'rotate' : 'make';
  if (!may) return null;
  const shared = { resource: 'mailboxes', id: mailbox.id, action: 'webhook' };
  return (
    <SectionCard
      title={say('title')}
      actions={<ToneChip label={say(active ? 'active' : 'inactive')} tone={active ? 'success' : 'default'} />}
    >
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {say('body')}
      </Typography>
      <Stack direction="row" sx={{ gap: 1, mt: 1.5, flexWrap: 'wrap' }}>
        <ActButton
          {...shared}
          label={say(make)}
          title={say(`${make}Title`)}
          danger={active}
          onDone={answer => setFresh(answer as Fresh)}
        >
          {say(`${make}Body`)}
        </ActButton>
        {active && (
          <ActButton
            {...shared}
            options={{ method: 'DELETE' }}
            label={say('end')}
            title={say('endTitle')}
            done={say('ended')}
            danger
          >
            {say('endBody')}
          </ActButton>
        )}
      </Stack>
      {fresh && (
        <OnceDialog
          title={say('shown', { address: mailbox.address })}
          taken={say('taken')}
          onClose={() => setFresh(undefined)}
        >
          <Shown fresh={fresh} />
        </OnceDialog>
      )}
    </SectionCard>
  );
}
