// Above the text: what it is going to be, and who will read it.
import LockIcon from '@mui/icons-material/LockOutlined';
import ReplyIcon from '@mui/icons-material/Reply';
import { Stack, Tab, Tabs, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { PersonName } from '../../../components';
import { useTicketPage } from '../context';
import type { DraftKind } from './drafts';

const TAB = { minHeight: 32, py: 0.5, px: 1, gap: 0.5, fontSize: '0.8125rem' } as const;

function Address({ kind, own }: { kind: DraftKind; own: boolean }) {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  if (kind === 'private_note') return t('stoa.ticket.composer.to_staff');
  if (own && ticket.status === 'closed') return t('stoa.ticket.composer.to_follow_up');
  return (
    <>
      {t('stoa.ticket.composer.to')}
      <PersonName id={ticket.requester_id} avatar={false} />
      {ticket.cc_ids.length > 0 && t('stoa.ticket.composer.cc', { smart_count: ticket.cc_ids.length })}
    </>
  );
}

/** The choice of kind, and where there is room the address. */
export function ComposerHead({
  kind,
  onKind,
  mayReply,
  own,
  wide,
}: {
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  mayReply: boolean;
  /** The writer is the one who asked. */
  own: boolean;
  wide: boolean;
}) {
  const t = useTranslate();
  const isNote = kind === 'private_note';
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mb: 0.5 }}>
      <Tabs
        value={kind}
        onChange={(_, wanted: DraftKind) => onKind(wanted)}
        aria-label={t('stoa.ticket.composer.kinds')}
        sx={{ minHeight: 32, flexShrink: 0, '& .MuiTabs-indicator': isNote ? { bgcolor: 'note.text' } : {} }}
      >
        {mayReply && (
          <Tab
            value="public_reply"
            icon={<ReplyIcon sx={{ fontSize: 16 }} />}
            iconPosition="start"
            label={t('stoa.ticket.composer.public_reply')}
            sx={TAB}
          />
        )}
        <Tab
          value="private_note"
          icon={<LockIcon sx={{ fontSize: 15 }} />}
          iconPosition="start"
          label={t('stoa.ticket.composer.private_note')}
          sx={{ ...TAB, '&.Mui-selected': { color: 'note.text' } }}
        />
      </Tabs>
      <Typography
        variant="caption"
        component="div"
        noWrap
        sx={{ display: 'flex', gap: 0.5, minWidth: 0, color: isNote ? 'note.text' : 'text.secondary' }}
      >
        {wide && <Address kind={kind} own={own} />}
      </Typography>
    </Stack>
  );
}
