// The company in which the reader works.
import { useActing } from '../api/company';
import { useMe } from '../api/me';

/** Id of the own company, or of the one in which an operator acts; undefined outside, and until known. */
export function useCompanyId(): string | undefined {
  const me = useMe();
  const acting = useActing();
  return acting?.id ?? me?.company?.id ?? undefined;
}
