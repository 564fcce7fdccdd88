// Other programs that are told what happens to tickets.
import type { Priority, StoaRecord } from './base';

/** What is told of another program's side, alike for all kinds. */
export interface Connected extends StoaRecord {
  /** When the server switched it off. */
  disabled_at: string | null;
  /** Why the server switched it off. */
  disabled_reason: string | null;
  /** Events that are told. */
  events: string[];
  /** Failed tries since the last success. */
  failures: number;
  /** Private notes are told too. */
  include_private: boolean;
  /** Events are sent. */
  is_active: boolean;
  /** Last success, to about a minute. */
  last_ok_at: string | null;
  /** What people call it. */
  name: string;
}

/** An address of another program that is told what happens to tickets. */
export interface Webhook extends Connected {
  /** What it is for. */
  description: string | null;
  /** First failed try since the last success. */
  failing_since: string | null;
  /** Until then events are also signed with the secret before the last rotation. */
  previous_secret_until: string | null;
  /** Address that events are sent to. */
  url: string;
}

/** A webhook as it is answered once, when it is made. */
export interface FreshWebhook extends Webhook {
  /** What events are signed with; absent when the answer is the repetition of one that got lost. */
  secret?: string;
}

/** What is answered once when the secret was changed. */
export interface RotatedSecret {
  id: string;
  secret?: string;
  previous_secret_until: string;
}

export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event on its way to one webhook. */
export interface WebhookDelivery extends StoaRecord {
  /** Tries so far. */
  attempts: number;
  /** Milliseconds that the last try took. */
  duration_ms: number | null;
  /** Why the last try failed. */
  error: string | null;
  /** The event's id, the same in every try and in a replay. */
  event_id: string;
  /** What happened. */
  event_type: string;
  /** When it was delivered or given up. */
  finished_at: string | null;
  /** When it is tried next; none while an earlier event of the ticket is under way. */
  next_at: string | null;
  /** Delivery that this one repeats. */
  replay_of: string | null;
  /** Begin of the last answer. */
  response_excerpt: string | null;
  /** How far it has come. */
  state: DeliveryState;
  /** Status of the last answer. */
  status_code: number | null;
  /** Ticket that the event is about. */
  ticket_id: string | null;
  /** Webhook. */
  webhook_id: string;
}

/** A channel of Microsoft Teams in which cards tell of tickets. */
export interface TeamsConnection extends Connected {
  /** Name of the channel, for people. */
  channel_label: string | null;
  /** Only tickets of these departments; of all when empty. */
  department_ids: string[];
  /** How cards get there. */
  kind: string;
  /** Why the last try failed. */
  last_error: string | null;
  /** Only tickets of these priorities; of all when empty. */
  priorities: Priority[];
  /** Host of the workflow's address, which itself is never answered. */
  url_host: string | null;
}
