// The log of what was sent to webhooks: what came back, what is tried again, what can be replayed.
import OutboxIcon from '@mui/icons-material/Outbox';
import { Stack } from '@mui/material';
import { DataTable, SelectInput, useGetList, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { TimeNear } from '../components';
import { FilterSlot } from '../structure/FilterSlot';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { TicketRef, WebhookRef } from '../structure/Refs';
import { RowLink } from '../structure/RowLink';
import { DELIVERY_STATES, type Webhook, type WebhookDelivery } from '../types';
import { AnswerLine } from './Answer';
import { DeliveryStateChip } from './DeliveryStateChip';
import { EventName, NextTry } from './Parts';
import { ReplayAction } from './ReplayAction';
import { deliveriesRefresh } from './standing';

function Filters() {
  const t = useTranslate();
  const { data = [] } = useGetList<Webhook>('webhooks', {
    sort: { field: 'name', order: 'ASC' },
    pagination: { page: 1, perPage: 100 },
  });
  return (
    <>
      <FilterSlot width={180}>
        <SelectInput
          source="webhook_id"
          label={t('stoa.integrations.deliveries.onlyOf')}
          choices={data.map(({ id, name }) => ({ id, name }))}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={130}>
        <SelectInput
          source="state"
          choices={DELIVERY_STATES.map(id => ({ id, name: t(`stoa.integrations.deliveries.state.${id}`) }))}
          fullWidth
        />
      </FilterSlot>
    </>
  );
}

/** List of deliveries. */
export default function DeliveryList() {
  const t = useTranslate();
  const opens = useMay('webhook_deliveries', 'show');
  const word = (name: string) => t(`stoa.integrations.deliveries.${name}`);
  return (
    <ListPage<WebhookDelivery>
      icon={<OutboxIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      mayOpen={() => opens}
      refreshEvery={deliveriesRefresh}
      before={
        <ListNote>{word('about')}</ListNote>
      }
      filters={<Filters />}
      columns={[
        <DataTable.Col<WebhookDelivery>
          key="event_type"
          source="event_type"
          label={word('event')}
          disableSort
          render={delivery => (
            <RowLink id={delivery.id} opens={opens}>
              <EventName delivery={delivery} />
            </RowLink>
          )}
        />,
        <DataTable.Col<WebhookDelivery>
          key="state"
          source="state"
          disableSort
          render={delivery => <DeliveryStateChip delivery={delivery} />}
        />,
        <DataTable.Col<WebhookDelivery>
          key="webhook_id"
          source="webhook_id"
          disableSort
          render={delivery => <WebhookRef id={delivery.webhook_id} way="row" />}
        />,
        <DataTable.Col<WebhookDelivery>
          key="ticket_id"
          source="ticket_id"
          disableSort
          render={delivery => <TicketRef id={delivery.ticket_id} way="row" />}
        />,
        <DataTable.Col<WebhookDelivery>
          key="status_code"
          source="status_code"
          label={word('answer')}
          disableSort
          render={delivery => <AnswerLine delivery={delivery} />}
        />,
        <DataTable.Col<WebhookDelivery> key="attempts" source="attempts" label={word('tries')} disableSort />,
        <DataTable.Col<WebhookDelivery>
          key="next_at"
          source="next_at"
          label={word('next')}
          disableSort
          render={delivery => <NextTry delivery={delivery} />}
        />,
        <DataTable.Col<WebhookDelivery>
          key="created_at"
          source="created_at"
          label={word('when')}
          sortByOrder="DESC"
          render={delivery => <TimeNear value={delivery.created_at} />}
        />,
        <DataTable.Col<WebhookDelivery>
          key="replay"
          label={t('stoa.jobs.acts')}
          disableSort
          sx={{ textAlign: 'right' }}
          render={delivery => <ReplayAction delivery={delivery} compact />}
        />,
      ]}
      card={delivery => ({
        title: <EventName delivery={delivery} />,
        end: <DeliveryStateChip delivery={delivery} />,
        lines: [
          <span key="where">
            <WebhookRef id={delivery.webhook_id} way="text" />
            {delivery.ticket_id && (
              <>
                {' · '}
                <TicketRef id={delivery.ticket_id} way="text" />
              </>
            )}
            {' · '}
            <TimeNear value={delivery.created_at} />
          </span>,
          delivery.attempts > 0 && (
            <Stack key="answer" direction="row" component="span" sx={{ gap: 1, flexWrap: 'wrap' }}>
              <span>
                {word('answer')}: <AnswerLine delivery={delivery} />
              </span>
              <span>
                {word('tries')}: {delivery.attempts}
              </span>
            </Stack>
          ),
          delivery.state === 'pending' && (
            <span key="next">
              {word('next')}: <NextTry delivery={delivery} />
            </span>
          ),
          // What an answer says is above already.
          delivery.status_code === null && delivery.error,
        ],
      })}
    />
  );
}
