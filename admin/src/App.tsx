// The application: who provides data and rights, and which page stands at which address.
import { Suspense, type ReactNode } from 'react';
import { Route, RouterProvider, createBrowserRouter } from 'react-router-dom';
import { Admin, CustomRoutes, Resource, localStorageStore } from 'react-admin';
import { authProvider } from './authProvider';
import { dataProvider } from './dataProvider';
import { TemplateName } from './email_templates/TemplateName';
import { i18nProvider } from './i18n';
import { lazyPage } from './lazyPage';
import { Layout } from './layout/Layout';
import { LoginPage } from './layout/LoginPage';
import { NotFoundPage } from './layout/NotFoundPage';
import { queryClient } from './queryClient';
import { darkTheme, lightTheme } from './theme';
import { TicketCreatePage, TicketListPage, TicketShowPage } from './tickets';
import type { InboundEmail, OutboundEmail } from './types';

const StartPage = lazyPage(() => import('./layout/StartPage'));
const AccountPage = lazyPage(() => import('./account/AccountPage'));
const SettingsPage = lazyPage(() => import('./settings/SettingsPage'));
const NotificationList = lazyPage(() => import('./notifications/NotificationList'));
const NotificationPreferences = lazyPage(() => import('./notifications/NotificationPreferences'));
const UserList = lazyPage(() => import('./users/UserList'));
const UserCreate = lazyPage(() => import('./users/UserCreate'));
const UserEdit = lazyPage(() => import('./users/UserEdit'));
const DepartmentList = lazyPage(() => import('./departments/DepartmentList'));
const DepartmentCreate = lazyPage(() => import('./departments/DepartmentCreate'));
const DepartmentEdit = lazyPage(() => import('./departments/DepartmentEdit'));
const CategoryList = lazyPage(() => import('./categories/CategoryList'));
const CategoryCreate = lazyPage(() => import('./categories/CategoryCreate'));
const CategoryEdit = lazyPage(() => import('./categories/CategoryEdit'));
const TagList = lazyPage(() => import('./tags/TagList'));
const TagCreate = lazyPage(() => import('./tags/TagCreate'));
const TagEdit = lazyPage(() => import('./tags/TagEdit'));
const ApiKeyList = lazyPage(() => import('./api_keys/ApiKeyList'));
const ApiKeyCreate = lazyPage(() => import('./api_keys/ApiKeyCreate'));
const ApiKeyPage = lazyPage(() => import('./api_keys/ApiKeyPage'));
const UploadList = lazyPage(() => import('./uploads/UploadList'));
const TemplateList = lazyPage(() => import('./email_templates/TemplateList'));
const TemplateEdit = lazyPage(() => import('./email_templates/TemplateEdit'));
const OutboundList = lazyPage(() => import('./outbound_emails/OutboundList'));
const OutboundPage = lazyPage(() => import('./outbound_emails/OutboundPage'));
const InboundList = lazyPage(() => import('./inbound_emails/InboundList'));
const InboundPage = lazyPage(() => import('./inbound_emails/InboundPage'));
const RecipientList = lazyPage(() => import('./email_recipients/RecipientList'));
const MailboxList = lazyPage(() => import('./mailboxes/MailboxList'));
const MailboxCreate = lazyPage(() => import('./mailboxes/MailboxCreate'));
const MailboxEdit = lazyPage(() => import('./mailboxes/MailboxEdit'));
const WebhookList = lazyPage(() => import('./webhooks/WebhookList'));
const WebhookCreate = lazyPage(() => import('./webhooks/WebhookCreate'));
const WebhookEdit = lazyPage(() => import('./webhooks/WebhookEdit'));
const DeliveryList = lazyPage(() => import('./webhook_deliveries/DeliveryList'));
const DeliveryPage = lazyPage(() => import('./webhook_deliveries/DeliveryPage'));
const TeamsList = lazyPage(() => import('./teams_connections/TeamsList'));
const TeamsCreate = lazyPage(() => import('./teams_connections/TeamsCreate'));
const TeamsEdit = lazyPage(() => import('./teams_connections/TeamsEdit'));
const JobList = lazyPage(() => import('./jobs/JobList'));
const JobPage = lazyPage(() => import('./jobs/JobPage'));
const WorkerList = lazyPage(() => import('./workers/WorkerList'));
const AuditLogList = lazyPage(() => import('./audit_log/AuditLogList'));
const CompanyList = lazyPage(() => import('./companies/CompanyList'));
const CompanyCreate = lazyPage(() => import('./companies/CompanyCreate'));
const CompanyEdit = lazyPage(() => import('./companies/CompanyEdit'));
const AcceptInvitePage = lazyPage(() => import('./entry/AcceptInvitePage'));
const ForgotPasswordPage = lazyPage(() => import('./entry/ForgotPasswordPage'));
const ResetPasswordPage = lazyPage(() => import('./entry/ResetPasswordPage'));
const VerifyEmailPage = lazyPage(() => import('./entry/VerifyEmailPage'));
const RegisterPage = lazyPage(() => import('./entry/RegisterPage'));

/** A page that needs no log-in and stands in no frame. */
const open = (page: ReactNode) => <Suspense fallback={null}>{page}</Suspense>;

const store = localStorageStore('1', 'stoa');

function Dashboard() {
  return (
    <Admin
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      queryClient={queryClient}
      store={store}
      layout={Layout}
      loginPage={LoginPage}
      catchAll={NotFoundPage}
      dashboard={StartPage}
      lightTheme={lightTheme}
      darkTheme={darkTheme}
      title="Stoa"
      requireAuth
      disableTelemetry
    >
      <Resource
        name="tickets"
        list={TicketListPage}
        create={TicketCreatePage}
        show={TicketShowPage}
        recordRepresentation="reference"
      />
      <Resource name="users" list={UserList} create={UserCreate} edit={UserEdit} recordRepresentation="name" />
      <Resource
        name="departments"
        list={DepartmentList}
        create={DepartmentCreate}
        edit={DepartmentEdit}
        recordRepresentation="name"
      />
      <Resource
        name="categories"
        list={CategoryList}
        create={CategoryCreate}
        edit={CategoryEdit}
        recordRepresentation="name"
      />
      <Resource name="tags" list={TagList} create={TagCreate} edit={TagEdit} recordRepresentation="name" />
      <Resource
        name="api_keys"
        list={ApiKeyList}
        create={ApiKeyCreate}
        edit={ApiKeyPage}
        recordRepresentation="name"
      />
      <Resource name="uploads" list={UploadList} recordRepresentation="filename" />
      <Resource
        name="email_templates"
        list={TemplateList}
        edit={TemplateEdit}
        recordRepresentation={<TemplateName />}
      />
      <Resource
        name="outbound_emails"
        list={OutboundList}
        edit={OutboundPage}
        recordRepresentation={(mail: OutboundEmail) => mail.subject ?? mail.to}
      />
      <Resource
        name="inbound_emails"
        list={InboundList}
        edit={InboundPage}
        recordRepresentation={(mail: InboundEmail) => mail.subject || mail.from || mail.message_id}
      />
      <Resource name="email_recipients" list={RecipientList} recordRepresentation="address" />
      <Resource
        name="mailboxes"
        list={MailboxList}
        create={MailboxCreate}
        edit={MailboxEdit}
        recordRepresentation="address"
      />
      <Resource
        name="webhooks"
        list={WebhookList}
        create={WebhookCreate}
        edit={WebhookEdit}
        recordRepresentation="name"
      />
      <Resource name="webhook_deliveries" list={DeliveryList} edit={DeliveryPage} />
      <Resource
        name="teams_connections"
        list={TeamsList}
        create={TeamsCreate}
        edit={TeamsEdit}
        recordRepresentation="name"
      />
      <Resource name="jobs" list={JobList} edit={JobPage} />
      <Resource name="workers" list={WorkerList} />
      <Resource name="audit_log" list={AuditLogList} />
      <Resource
        name="companies"
        list={CompanyList}
        create={CompanyCreate}
        edit={CompanyEdit}
        recordRepresentation="name"
      />
      <Resource name="saved_views" recordRepresentation="name" />
      <Resource name="notifications" recordRepresentation="title" />
      <CustomRoutes>
        <Route path="/account" element={<AccountPage />} />
        <Route path="/settings" element={<SettingsPage />} />
        <Route path="/notifications" element={<NotificationList />} />
        <Route path="/notifications/preferences" element={<NotificationPreferences />} />
      </CustomRoutes>
      <CustomRoutes noLayout>
        <Route path="/accept-invite" element={open(<AcceptInvitePage />)} />
        <Route path="/forgot-password" element={open(<ForgotPasswordPage />)} />
        <Route path="/reset-password" element={open(<ResetPasswordPage />)} />
        <Route path="/verify-email" element={open(<VerifyEmailPage />)} />
        <Route path="/register" element={open(<RegisterPage />)} />
      </CustomRoutes>
    </Admin>
  );
}

// A data router: only these can hold people back from leaving a form with unsaved changes.
const router = createBrowserRouter([{ path: '*', element: <Dashboard /> }]);

/** All of the dashboard. */
export function App() {
  // Without transitions: a page must be left before what it showed is forgotten.
  return <RouterProvider router={router} useTransitions={false} />;
}
