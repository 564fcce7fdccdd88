// Names of the resources of webhooks and Teams and of their fields, and the words of their lists.
import { recordFields } from './record_fields';

/** Beside the names of the other resources. */
export const integrationResources = {
  webhooks: {
    name: 'Webhook |||| Webhooks',
    fields: {
      ...recordFields,
      description: 'Description',
      disabled_at: 'Switched off at',
      disabled_reason: 'Switched off because',
      events: 'Events',
      failing_since: 'Failing since',
      failures: 'Failures',
      include_private: 'Private notes too',
      is_active: 'In use',
      last_ok_at: 'Last success',
      name: 'Name',
      previous_secret_until: 'Former secret until',
      url: 'Address',
    },
  },
  webhook_deliveries: {
    name: 'Delivery |||| Deliveries',
    fields: {
      ...recordFields,
      attempts: 'Tries',
      duration_ms: 'Took',
      error: 'Error',
      event_id: 'Id of the event',
      event_type: 'Event',
      finished_at: 'Ended',
      next_at: 'Next try',
      replay_of: 'Repeats',
      response_excerpt: 'Answer',
      state: 'State',
      status_code: 'Status of the answer',
      ticket_id: 'Ticket',
      webhook_id: 'Webhook',
    },
  },
  teams_connections: {
    name: 'Connection to Teams |||| Microsoft Teams',
    fields: {
      ...recordFields,
      channel_label: 'Channel',
      department_ids: 'Departments',
      disabled_at: 'Switched off at',
      disabled_reason: 'Switched off because',
      events: 'Events',
      failures: 'Failures',
      include_private: 'Private notes too',
      is_active: 'In use',
      kind: 'Way',
      last_error: 'Last error',
      last_ok_at: 'Last success',
      name: 'Name',
      priorities: 'Priorities',
      url: 'Address of the workflow',
      url_host: 'Host',
    },
  },
};

/** Beside the words of the other lists and forms. */
export const integrationLists = {
  webhooks: {
    create: 'New webhook',
    empty: 'No webhooks yet',
    emptyBody: 'Add one to tell a CRM, a chat or a program of your own what happens to tickets, as it happens.',
    emptyReader: 'Nobody has added a webhook.',
    removeBody: 'Nothing is sent to it any more, and what waits is cancelled. It moves to the trash and can be restored.',
    inUseAdvice: '',
  },
  webhook_deliveries: {
    create: '',
    empty: 'Nothing was sent yet',
    emptyBody: '',
    emptyReader: 'What is sent to webhooks shows here. To see one now, open a webhook and send a test.',
  },
  teams_connections: {
    create: 'New connection',
    empty: 'No channel is told yet',
    emptyBody: 'Connect a channel of Microsoft Teams, and cards there tell of new tickets and answers.',
    emptyReader: 'Nobody has connected a channel.',
    removeBody: 'No cards are sent any more. It moves to the trash and can be restored. The workflow in Teams stays.',
    inUseAdvice: '',
  },
};
