// Whether the pages show what belongs to all companies.
import { useActing } from './company';
import { useMe } from './me';

/** An operator outside companies sees the platform and all of them. */
export function useEverywhere(): boolean {
  const me = useMe();
  const acting = useActing();
  return me?.role === 'superadmin' && acting === null;
}
