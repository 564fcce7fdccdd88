// The key that signs a mailbox's mail, and the DNS record to publish for it.
import { FormControl, InputLabel, MenuItem, Select, Stack, TextField, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { SectionCard, ToneChip } from '../components';
import { ActButton } from '../structure/ActButton';
import { CopyValue } from '../structure/CopyValue';
import type { Dkim, Mailbox } from '../types';

/** Longest text of a DNS record in one piece. */
const PIECE = 255;

function Record({ dkim }: { dkim: Dkim }) {
  const t = useTranslate();
  return (
    <Stack sx={{ gap: 1.5, mt: 1.5 }}>
      <Typography variant="body2">{t('stoa.mailboxes.dkim.record', { domain: dkim.domain })}</Typography>
      <CopyValue label={t('stoa.mailboxes.dkim.name')} value={dkim.dns_name} />
      <CopyValue label={t('stoa.mailboxes.dkim.value')} value={dkim.dns_value} />
      {dkim.dns_value.length > PIECE && (
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {t('stoa.mailboxes.dkim.long')}
        </Typography>
      )}
    </Stack>
  );
}

function Make({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const id = useId();
  const [algorithm, setAlgorithm] = useState('rsa-sha256');
  const [selector, setSelector] = useState('');
  const say = (key: string) => t(`stoa.mailboxes.dkim.${key}`);
  return (
    <ActButton
      resource="mailboxes"
      id={mailbox.id}
      action="dkim"
      body={{ algorithm, ...(selector.trim() ? { selector: selector.trim() } : {}) }}
      label={say(mailbox.dkim ? 'renew' : 'make')}
      title={say('makeTitle')}
      done={say('done')}
      sx={{ mt: 1.5 }}
    >
      <Typography sx={{ mb: 2 }}>{say(mailbox.dkim ? 'renewBody' : 'makeBody')}</Typography>
      <FormControl fullWidth size="small" margin="dense">
        <InputLabel id={id}>{say('algorithm')}</InputLabel>
        <Select
          labelId={id}
          label={say('algorithm')}
          value={algorithm}
          onChange={event => setAlgorithm(event.target.value)}
        >
          <MenuItem value="rsa-sha256">{say('rsa')}</MenuItem>
          <MenuItem value="ed25519-sha256">{say('ed25519')}</MenuItem>
        </Select>
      </FormControl>
      <TextField
        label={say('selector')}
        value={selector}
        onChange={event => setSelector(event.target.value)}
        helperText={say('selectorHelp')}
        size="small"
        margin="dense"
        fullWidth
        slotProps={{ htmlInput: { maxLength: 63 } }}
      />
    </ActButton>
  );
}

/** The panel; nothing for those who do not see it. */
export function DkimPanel({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const may = useMay('mailboxes', 'edit');
  if (mailbox.dkim === undefined) return null;
  const { dkim } = mailbox;
  return (
    <SectionCard
      title={t('stoa.mailboxes.dkim.title')}
      actions={
        <ToneChip
          label={t(`stoa.mailboxes.dkim.${dkim ? 'signed' : 'unsigned'}`)}
          tone={dkim ? 'success' : 'default'}
        />
      }
    >
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.mailboxes.dkim.body')}
      </Typography>
      {dkim && <Record dkim={dkim} />}
      {may && <Make mailbox={mailbox} />}
    </SectionCard>
  );
}
