// The head of the page: which ticket, whose, where it stands, and what is done with it most.
import BackIcon from '@mui/icons-material/ArrowBack';
import NextIcon from '@mui/icons-material/ChevronRight';
import PreviousIcon from '@mui/icons-material/ChevronLeft';
import FollowIcon from '@mui/icons-material/StarBorder';
import FollowedIcon from '@mui/icons-material/Star';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import TakeIcon from '@mui/icons-material/PanToolAltOutlined';
import { Box, Button, IconButton, Stack, Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { PersonName, PriorityChip, TimeAgo } from '../../../components';
import { useTicketPage } from '../context';
import { useFollowing } from '../useFollowing';
import { useKey } from '../useKey';
import { HeaderStatus } from './HeaderStatus';
import { MoreMenu, type Opens } from './MoreMenu';
import { SubjectLine } from './SubjectLine';
import { useNeighbours } from './useNeighbours';

function Neighbours() {
  const t = useTranslate();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const { ticket } = useTicketPage();
  const { previous, next } = useNeighbours(ticket.id);
  const path = (id: string) => createPath({ resource: 'tickets', type: 'show', id });
  useKey('h', () => previous && navigate(path(previous)), Boolean(previous));
  useKey('l', () => next && navigate(path(next)), Boolean(next));
  if (!previous && !next) return null;
  const arrow = (id: string | undefined, name: string, icon: ReactNode) =>
    id ? (
      <Tooltip title={t(`stoa.ticket.header.${name}`)}>
        <IconButton component={Link} to={path(id)} aria-label={t(`stoa.ticket.header.${name}`)}>
          {icon}
        </IconButton>
      </Tooltip>
    ) : (
      <IconButton disabled aria-label={t(`stoa.ticket.header.${name}`)}>
        {icon}
      </IconButton>
    );
  return (
    <Box sx={{ display: { xs: 'none', sm: 'flex' } }}>
      {arrow(previous, 'previous', <PreviousIcon fontSize="small" />)}
      {arrow(next, 'next', <NextIcon fontSize="small" />)}
    </Box>
  );
}

function Take({ compact }: { compact: boolean }) {
  const t = useTranslate();
  const { ticket, rights, me, act } = useTicketPage();
  // Operators of the platform are not of the company's staff.
  const member = me.company_id === ticket.company_id;
  const may = rights.assign && member && !ticket.assignee_id && ticket.status !== 'closed';
  const take = () => void act('take', undefined, { assignee_id: me.id });
  useKey('a', take, may);
  if (!may) return null;
  return (
    <Button variant="contained" startIcon={compact ? undefined : <TakeIcon />} onClick={take} sx={{ flexShrink: 0 }}>
      {t('stoa.ticket.header.take')}
    </Button>
  );
}

function Follow({ compact }: { compact: boolean }) {
  const t = useTranslate();
  const { ticket, rights, me } = useTicketPage();
  const may = rights.follow && me.company_id === ticket.company_id;
  const { following, follow, unfollow } = useFollowing();
  const toggle = () => void (following ? unfollow(me.id) : follow(me.id));
  useKey('f', toggle, may);
  if (!may) return null;
  const label = t(`stoa.ticket.header.${following ? 'unfollow' : 'follow'}`);
  const icon = following ? <FollowedIcon fontSize="small" /> : <FollowIcon fontSize="small" />;
  return compact ? (
    <IconButton aria-label={label} aria-pressed={following} onClick={toggle} color={following ? 'primary' : 'default'}>
      {icon}
    </IconButton>
  ) : (
    <Button color="inherit" startIcon={icon} onClick={toggle} sx={{ flexShrink: 0 }}>
      {label}
    </Button>
  );
}

/** Stands above both panes. */
export function Header({
  narrow,
  onOpen,
  onDetails,
}: {
  narrow: boolean;
  onOpen: (dialog: Opens) => void;
  /** Opens the details where they have no place of their own. */
  onDetails?: () => void;
}) {
  const t = useTranslate();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const { ticket } = useTicketPage();
  const list = createPath({ resource: 'tickets', type: 'list' });
  useKey('u', () => navigate(list));
  return (
    <Box
      component="header"
      sx={{
        borderBottom: 1,
        borderColor: 'divider',
        px: { xs: 1, sm: 2 },
        py: 0.75,
        flexShrink: 0,
        bgcolor: 'background.paper',
      }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, flexWrap: narrow ? 'wrap' : 'nowrap' }}>
        <Tooltip title={t('stoa.ticket.header.list')}>
          <IconButton component={Link} to={list} aria-label={t('stoa.ticket.header.list')} edge="start">
            <BackIcon fontSize="small" />
          </IconButton>
        </Tooltip>
        <Typography component="span" variant="body2" color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
          {ticket.reference}
        </Typography>
        <HeaderStatus />
        {narrow ? <Box sx={{ flex: 1 }} /> : <SubjectLine />}
        <Take compact={narrow} />
        <Follow compact={narrow} />
        <Neighbours />
        {onDetails && (
          <Tooltip title={t('stoa.ticket.header.details')}>
            <IconButton aria-label={t('stoa.ticket.header.details')} onClick={onDetails}>
              <InfoIcon fontSize="small" />
            </IconButton>
          </Tooltip>
        )}
        <MoreMenu onOpen={onOpen} />
        {narrow && (
          <Box sx={{ flexBasis: '100%', minWidth: 0, display: 'flex' }}>
            <SubjectLine />
          </Box>
        )}
      </Stack>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          columnGap: 1.5,
          rowGap: 0.25,
          flexWrap: 'wrap',
          color: 'text.secondary',
          mt: 0.25,
          fontSize: '0.8125rem',
          pl: narrow ? 0 : 4.5,
        }}
      >
        <Box component="span" sx={{ display: 'inline-flex', gap: 0.5, minWidth: 0 }}>
          <span>{t('stoa.ticket.header.from')}</span>
          <PersonName id={ticket.requester_id} />
        </Box>
        <span>
          {t('stoa.ticket.header.opened')} <TimeAgo value={ticket.created_at} /> ·{' '}
          {t(`stoa.common.channel.${ticket.channel}`)}
        </span>
        {ticket.priority !== 'normal' && <PriorityChip priority={ticket.priority} />}
        <Box component="span" sx={{ display: 'inline-flex', gap: 0.5, minWidth: 0 }}>
          <span>{t('stoa.ticket.header.assignee')}</span>
          {ticket.assignee_id ? <PersonName id={ticket.assignee_id} /> : <b>{t('stoa.ticket.header.nobody')}</b>}
        </Box>
      </Stack>
    </Box>
  );
}
