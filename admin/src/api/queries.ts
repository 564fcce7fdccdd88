// The query cache of the running application, for the parts of the data layer that live outside React.
import type { QueryClient } from '@tanstack/react-query';

let client: QueryClient | undefined;

/** Makes the application's query client known. */
export function setQueryClient(next: QueryClient): void {
  client = next;
}

/** The application's query client, once it is known. */
export function queryClient(): QueryClient | undefined {
  return client;
}
