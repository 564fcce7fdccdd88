// The permissions that a key can hold, in the order in which they are offered.

/** By resource; in line with the server's own list, which decides. */
export const KEY_SCOPES: Record<string, string[]> = {
  tickets: ['read', 'create', 'update', 'transition', 'assign'],
  ticket_messages: ['read', 'create', 'update'],
  ticket_events: ['read'],
  users: ['read', 'update'],
  departments: ['read'],
  categories: ['read', 'create', 'update'],
  tags: ['read', 'create', 'update'],
  companies: ['read'],
  reports: ['read'],
  audit_log: ['read'],
};

/** React Admin's name of an action, as the permissions of a person spell it. */
export function asked(action: string): string {
  return { read: 'list', update: 'edit' }[action] ?? action;
}

/** The scopes of a resource. */
export function scopesOf(resource: string): string[] {
  return (KEY_SCOPES[resource] ?? []).map(action => `${resource}.${action}`);
}

/** Scopes by resource, in the order of the picker; those that it does not know come last. */
export function grouped(scopes: string[]): [string, string[]][] {
  const order = Object.keys(KEY_SCOPES);
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    const [resource = '', action = ''] = scope.split('.');
    groups.set(resource, [...(groups.get(resource) ?? []), action]);
  }
  const rank = (resource: string) => (order.includes(resource) ? order.indexOf(resource) : order.length);
  const place = (resource: string, action: string) => {
    const at = (KEY_SCOPES[resource] ?? []).indexOf(action);
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return [...groups]
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([resource, actions]) => [resource, actions.sort((one, other) => place(resource, one) - place(resource, other))]);
}

/** Adds or takes away a scope. Who changes or makes something also reads it. */
export function toggled(scopes: string[], scope: string, on: boolean): string[] {
  const [resource = '', action = ''] = scope.split('.');
  if (!on) return scopes.filter(one => one !== scope && !(action === 'read' && one.startsWith(`${resource}.`)));
  const read = `${resource}.read`;
  const needs = scopesOf(resource).includes(read) ? [read, scope] : [scope];
  return [...new Set([...scopes, ...needs])];
}
