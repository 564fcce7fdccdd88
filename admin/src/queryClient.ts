// The cache of what the server said, shared by all pages.
import { QueryClient } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  // Requests are repeated by the data layer, which knows what is worth it.
  defaultOptions: { queries: { retry: false, staleTime: 2_000, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
