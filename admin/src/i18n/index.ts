// All texts of the dashboard, one file an area; another language is another folder beside `en`.
import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import { account } from './en/account';
import { apiKeys } from './en/api_keys';
import { auditLog } from './en/audit_log';
import { common } from './en/common';
import { companies } from './en/companies';
import { emailTemplates } from './en/email_templates';
import { entry } from './en/entry';
import { files } from './en/files';
import { home } from './en/home';
import { integrationLists, integrationResources } from './en/integration_resources';
import { integrations } from './en/integrations';
import { jobLists, jobResources } from './en/job_resources';
import { jobs } from './en/jobs';
import { layout } from './en/layout';
import { mail } from './en/mail';
import { mailLists, mailResources } from './en/mail_resources';
import { mailboxes } from './en/mailboxes';
import { notifications } from './en/notifications';
import { portal } from './en/portal';
import { resources } from './en/resources';
import { security } from './en/security';
import { settings } from './en/settings';
import { structure } from './en/structure';
import { ticket } from './en/ticket';
import { ticketResources } from './en/ticket_resources';
import { tickets } from './en/tickets';
import { uploads } from './en/uploads';
import { users } from './en/users';

const english = {
  ...englishMessages,
  resources: { ...resources, ...ticketResources, ...mailResources, ...integrationResources, ...jobResources },
  stoa: {
    account,
    apiKeys,
    auditLog,
    common,
    companies,
    emailTemplates,
    entry,
    files,
    home,
    integrations,
    jobs,
    layout,
    mail,
    mailboxes,
    notifications,
    portal,
    security,
    settings,
    structure: { ...structure, ...mailLists, ...integrationLists, ...jobLists },
    ticket,
    tickets,
    uploads,
    users,
  },
};

export const i18nProvider = polyglotI18nProvider(() => english, 'en', [{ locale: 'en', name: 'English' }], {
  allowMissing: false,
});
