// What records name: tickets, mailboxes and webhooks, with ways to them.
import { Box, Link, Skeleton } from '@mui/material';
import type { ReactNode } from 'react';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import type { Mailbox, StoaRecord, Ticket, Webhook } from '../types';

/** How a name leads to its record: as text in cards, which are links themselves; quietly in rows; plainly on pages. */
type Way = 'text' | 'row' | 'page';

type Named = 'tickets' | 'mailboxes' | 'webhooks';

function Ref<R extends StoaRecord>({
  resource,
  id,
  way,
  none,
  type = 'edit',
  title,
  children,
}: {
  resource: Named;
  id: string | null | undefined;
  way: Way;
  /** Said where none is named. */
  none: string;
  type?: 'edit' | 'show';
  title?: (record: R) => string;
  /** Its name. */
  children: (record: R) => ReactNode;
}) {
  const t = useTranslate();
  const sees = useMay(resource, 'show');
  const enabled = Boolean(id) && sees;
  const { data, isPending } = useGetManyAggregate<R>(resource, { ids: id ? [id] : [] }, { enabled });
  if (!id) return <>{none}</>;
  if (sees && isPending) {
    return <Skeleton variant="text" width={way === 'row' ? 60 : 130} sx={{ display: 'inline-block' }} />;
  }
  const record = sees ? data?.[0] : undefined;
  if (!record) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t(`stoa.common.gone.${resource}`)}
      </Box>
    );
  }
  if (way === 'text') return <>{children(record)}</>;
  const quiet = way === 'row';
  return (
    <Link
      component={RouterLink}
      to={`/${resource}/${id}${type === 'show' ? '/show' : ''}`}
      title={title?.(record)}
      onClick={event => event.stopPropagation()}
      underline={quiet ? 'hover' : 'always'}
      color={quiet ? 'text.primary' : 'primary'}
      sx={{ overflowWrap: 'anywhere' }}
    >
      {children(record)}
    </Link>
  );
}

interface RefProps {
  id: string | null | undefined;
  way?: Way;
}

/** A ticket by its number; on pages with its subject. */
export function TicketRef({ id, way = 'page' }: RefProps) {
  return (
    <Ref<Ticket> resource="tickets" id={id} way={way} none="–" type="show" title={ticket => ticket.subject}>
      {({ reference, subject }) =>
        way === 'page' ? `${reference} ${subject}` : <span style={{ whiteSpace: 'nowrap' }}>{reference}</span>
      }
    </Ref>
  );
}

/** A mailbox by its address; none is the platform's own. */
export function MailboxRef({ id, way = 'page' }: RefProps) {
  const t = useTranslate();
  return (
    <Ref<Mailbox> resource="mailboxes" id={id} way={way} none={t('stoa.mail.platform')}>
      {mailbox => mailbox.address}
    </Ref>
  );
}

/** A webhook by its name. */
export function WebhookRef({ id, way = 'page' }: RefProps) {
  return (
    <Ref<Webhook> resource="webhooks" id={id} way={way} none="–">
      {webhook => webhook.name}
    </Ref>
  );
}
