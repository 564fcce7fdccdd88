// What the pages of templates ask the server besides records.
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client';
import type { MailDeclaration, TemplateVersion } from '../types';

/** The mails that can be worded, what each can print, and the platform's own texts. */
export function useDeclarations() {
  return useQuery({
    queryKey: ['email_templates', 'variables'],
    queryFn: async ({ signal }) =>
      (await request<{ data: MailDeclaration[] }>('/api/email_templates/variables', { signal })).data.data,
    // It changes with the program only.
    staleTime: Infinity,
  });
}

/** The versions of a template that were published, newest first. */
export function useVersions(id: string) {
  return useQuery({
    queryKey: ['email_templates', 'versions', id],
    queryFn: async ({ signal }) =>
      (await request<{ data: TemplateVersion[] }>(`/api/email_templates/${id}/versions`, { signal })).data.data,
  });
}
