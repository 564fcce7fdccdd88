// Companies, their people, structure and settings.
import type { StoaRecord, Role, Priority, NotificationMatrix } from './base';

/** A company on the platform, with its own people, tickets and settings. */
export interface Company extends StoaRecord {
  /** Logo and colour. */
  branding: { colour?: string | null; logo_url?: string | null } | null;
  /** BCP 47 language tag, such as `en`. */
  locale: string;
  /** Roles whose people must have a second factor. */
  mfa_required_roles?: Role[] | null;
  /** Name of the company. */
  name: string;
  /** Short name in addresses, unique on the platform. */
  slug: string;
  /** Whether its people may log in. */
  status: 'active' | 'suspended';
  /** Bytes that its files may take up; none when the platform's usual limit holds. */
  storage_quota_bytes?: number | null;
  /** Bytes that its files take up. */
  storage_used_bytes?: number;
  /** What the platform's operators may do inside the company. */
  support_access: 'off' | 'read' | 'write';
  /** IANA name of the time zone, such as `Europe/Berlin`. */
  timezone: string;
}

/** A person: staff or client of a company, or an operator of the platform. */
export interface User extends StoaRecord {
  /** Picture. */
  avatar_url: string | null;
  /** Most open tickets that automatic assignment gives the person; 0 for no limit. */
  capacity: number;
  /** Departments that the person works in. */
  department_ids: string[];
  /** Address for log-in and mail, unique on the platform. */
  email: string;
  /** When the person last logged in. */
  last_login_at: string | null;
  /** Language. */
  locale: string | null;
  /** Since when the person has a second factor; none without one. */
  mfa_enrolled_at?: string | null;
  /** The person must choose a password of their own before anything else. */
  must_change_password: boolean;
  /** Display name. */
  name: string;
  /** What to be notified of, by event and relation to the ticket; the defaults when null. */
  notification_preferences: NotificationMatrix | null;
  /** Absence during which nothing is assigned. */
  out_of_office: { from?: string; to?: string } | null;
  /** Telephone number. */
  phone: string | null;
  /** Role; changed only by its own action. */
  role: Role;
  /** What the person is good at, for assignment by skill. */
  skills: string[];
  /** Whether the person may log in; changed only by its own actions. */
  status: 'active' | 'disabled' | 'invited';
  /** Which tickets a content writer sees. */
  ticket_scope: 'own' | 'department' | 'all';
  /** Time zone. */
  timezone: string | null;
}

/** A group of staff that shares a queue of tickets. */
export interface Department extends StoaRecord {
  /** How new tickets are assigned. */
  assignment_strategy: 'manual' | 'round_robin' | 'least_open' | 'skill';
  /** What the department does. */
  description: string | null;
  /** In use. */
  is_active: boolean;
  /** Clients may see and choose it. */
  is_public: boolean;
  /** People who lead it. */
  lead_ids: string[];
  /** Name, unique in the company. */
  name: string;
  /** Department above it. */
  parent_id: string | null;
}

/** What a ticket is about; decides department, priority and what must be known to solve it. */
export interface Category extends StoaRecord {
  /** Priority of tickets that do not name one. */
  default_priority: Priority | null;
  /** Department that gets its tickets. */
  department_id: string | null;
  /** When to choose it. */
  description: string | null;
  /** In use. */
  is_active: boolean;
  /** Clients may see and choose it. */
  is_public: boolean;
  /** Name, unique in the company. */
  name: string;
  /** Category above it. */
  parent_id: string | null;
  /** Order among its siblings. */
  position: number;
  /** Ticket fields that must have a value before it can be solved. */
  required_for_solved: ('description' | 'cc_ids' | 'assignee_id' | 'department_id' | 'category_id' | 'tag_ids' | 'external_id')[];
  /** Skill that automatic assignment looks for. */
  skill: string | null;
}

/** A word that staff put on tickets. */
export interface Tag extends StoaRecord {
  /** Colour in lists. */
  colour: string | null;
  /** When to use it. */
  description: string | null;
  /** The word, unique in the company. */
  name: string;
}

/** How a company's helpdesk works. There is one record a company, with the company's id. */
export interface Settings extends StoaRecord {
  /** How tickets without a department are assigned. */
  assignment_strategy: 'manual' | 'round_robin' | 'least_open' | 'skill';
  /** Hours after which a solved ticket is closed. */
  auto_close_hours: number;
  /** Clients may set the priority of their tickets. */
  client_priority: boolean;
  /** Anyone may make an account of their own, as a client. */
  self_registration?: boolean | null;
  /** Letters before ticket numbers, as in `ACME-123`. */
  ticket_prefix: string;
}
