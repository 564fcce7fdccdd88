// Keys with which programs use the API.
import type { StoaRecord } from './base';

/** A key with which a program acts for the person who made it, no further than its scopes. */
export interface ApiKey extends StoaRecord {
  /** Addresses and networks, such as `192.0.2.0/24`, that it may be used from; empty for any. */
  allowed_ips: string[];
  /** Until when it is good. */
  expires_at: string;
  /** Until when the secret before the last rotation is still good. */
  former_until: string | null;
  /** Last four digits of its secret. */
  last_four: string;
  /** Last use, to the minute. */
  last_used_at: string | null;
  /** Address of the last use. */
  last_used_ip: string | null;
  /** What the key is for. */
  name: string;
  /** Person who made it and for whom it acts. */
  owner_id: string;
  /** Begin of the key, which is no secret. */
  prefix: string;
  /** When it was revoked. */
  revoked_at: string | null;
  /** Permissions that the key may use, as far as its owner holds them. */
  scopes: string[];
}

/** A key as it is answered once: when it is made and when it is rotated. */
export interface FreshApiKey extends ApiKey {
  /** The key itself; null when the answer is the repetition of one that got lost. */
  key: string | null;
}
