// The company whose numbers the start page shows: the own one, or that in which an operator acts.
import { useActing } from '../api/company';
import { useMe } from '../api/me';

/** Its name, as soon as it is known. */
export function useCompanyName(): string | undefined {
  const me = useMe();
  const acting = useActing();
  return acting?.name ?? me?.company?.name;
}
