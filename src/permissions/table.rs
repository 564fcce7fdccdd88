//! Who may do what: one row a permission, one column a role, cells say how far it goes. No row, no right.

crate::permission_table! {
//  permission                     model         resource          action          superadmin company_admin content_manager content_writer client
    CompaniesRead      [global]    Company       "companies"       "read":         All        All           All             All            All,    "See the company: its name, and for its administrator all of it.";
    CompaniesCreate    [global]    Company       "companies"       "create":       All        None          None            None           None,   "Open a company.";
    CompaniesUpdate    [global]    Company       "companies"       "update":       All        All           None            None           None,   "Change the company's name and preferences.";
    CompaniesDelete    [global]    Company       "companies"       "delete":       All        None          None            None           None,   "Close a company, or take it back from the trash.";
    CompaniesSuspend   [global]    Company       "companies"       "suspend":      All        None          None            None           None,   "Suspend or resume a company.";

    UsersRead          [global]    User          "users"           "read":         All        All           All             All            Staff,  "See people: names for all, details for administrators.";
    UsersCreate        [global]    User          "users"           "create":       All        All           Clients         None           None,   "Add a person whose role the caller may grant.";
    UsersUpdate        [global]    User          "users"           "update":       All        Ranked        Clients         Myself         Myself, "Change a person's profile; everyone their own.";
    UsersDelete        [global]    User          "users"           "delete":       All        Ranked        None            None           None,   "Remove a person, or take them back from the trash.";
    UsersSetRole       [global]    User          "users"           "set_role":     All        Ranked        None            None           None,   "Give a person another role.";
    UsersDisable       [global]    User          "users"           "disable":      All        Ranked        None            None           None,   "Disable or enable a person's account.";
    UsersRevoke        [global]    User          "users"           "revoke":       All        Ranked        None            None           None,   "End all sessions of a person.";

    DepartmentsRead                Department    "departments"     "read":         All        All           All             All            Public, "See departments.";
    DepartmentsCreate              Department    "departments"     "create":       All        All           None            None           None,   "Add a department.";
    DepartmentsUpdate              Department    "departments"     "update":       All        All           Lead            None           None,   "Change a department; leads their own.";
    DepartmentsDelete              Department    "departments"     "delete":       All        All           None            None           None,   "Remove a department that nothing uses.";

    CategoriesRead                 Category      "categories"      "read":         All        All           All             All            Public, "See categories.";
    CategoriesCreate               Category      "categories"      "create":       All        All           All             None           None,   "Add a category.";
    CategoriesUpdate               Category      "categories"      "update":       All        All           All             None           None,   "Change a category.";
    CategoriesDelete               Category      "categories"      "delete":       All        All           All             None           None,   "Remove a category that nothing uses.";

    TagsRead                       Tag           "tags"            "read":         All        All           All             All            None,   "See tags.";
    TagsCreate                     Tag           "tags"            "create":       All        All           All             All            None,   "Add a tag.";
    TagsUpdate                     Tag           "tags"            "update":       All        All           All             None           None,   "Change a tag.";
    TagsDelete                     Tag           "tags"            "delete":       All        All           All             None           None,   "Remove a tag that no ticket carries.";

    TicketsRead                    Ticket        "tickets"         "read":         All        All           All             Scope          Part,   "See tickets.";
    TicketsCreate                  Ticket        "tickets"         "create":       All        All           All             All            Own,    "File a ticket; clients for themselves.";
    TicketsUpdate                  Ticket        "tickets"         "update":       All        All           All             Scope          Own,    "Change a ticket's fields.";
    TicketsDelete                  Ticket        "tickets"         "delete":       All        All           All             None           None,   "Move a ticket to the trash, or back.";
    TicketsTransition              Ticket        "tickets"         "transition":   All        All           All             Scope          Own,    "Move a ticket through its states.";
    TicketsAssign                  Ticket        "tickets"         "assign":       All        All           All             Scope          None,   "Give a ticket to a person or department.";
    TicketsArchive                 Ticket        "tickets"         "archive":      All        All           All             None           None,   "Archive a ticket, or take it back.";
    TicketsMerge                   Ticket        "tickets"         "merge":        All        All           All             None           None,   "Merge tickets, and undo it.";
    TicketsSplit                   Ticket        "tickets"         "split":        All        All           All             None           None,   "Split messages off into a new ticket.";
    TicketsBulk                    Ticket        "tickets"         "bulk":         All        All           All             None           None,   "Change many tickets at once.";
    TicketsFollow                  Ticket        "tickets"         "follow":       All        All           All             Scope          Part,   "Follow a ticket, or stop.";
    TicketsPresence                TicketPresence "tickets"        "presence":     All        All           All             Scope          None,   "Say that one has a ticket open, and see who else has.";
    TicketsSpam                    Ticket        "tickets"         "spam":         All        All           All             None           None,   "Mark a ticket as spam.";

    MessagesRead                   TicketMessage "ticket_messages" "read":         All        All           All             All            PublicPart, "Read the messages of visible tickets.";
    MessagesCreate                 TicketMessage "ticket_messages" "create":       All        All           All             All            PublicPart, "Write to a visible ticket.";
    MessagesUpdate                 TicketMessage "ticket_messages" "update":       All        All           Own             Own            Own,    "Correct an own message shortly after sending.";
    MessagesDelete                 TicketMessage "ticket_messages" "delete":       All        All           All             None           None,   "Redact a message.";
    EventsRead                     TicketEvent   "ticket_events"   "read":         All        All           All             All            PublicPart, "See what happened to a visible ticket.";

    NotificationsRead              Notification  "notifications"   "read":         Own        Own           Own             Own            Own,    "Read one's notifications.";
    NotificationsUpdate            Notification  "notifications"   "update":       Own        Own           Own             Own            Own,    "Mark one's notifications.";

    SavedViewsRead                 SavedView     "saved_views"     "read":         Shared     Shared        Shared          Shared         Own,    "See own views and those shared with one.";
    SavedViewsCreate               SavedView     "saved_views"     "create":       Own        Own           Own             Own            Own,    "Save a view.";
    SavedViewsUpdate               SavedView     "saved_views"     "update":       Own        Own           Own             Own            Own,    "Change an own view.";
    SavedViewsDelete               SavedView     "saved_views"     "delete":       Own        Own           Own             Own            Own,    "Remove an own view.";

    AuditRead          [global]    AuditEntry    "audit_log"       "read":         All        All           Own             Own            Own,    "Read the audit log; others their own acts.";
    AuditVerify        [global]    AuditEntry    "audit_log"       "verify":       All        All           None            None           None,   "Check that the audit log is unbroken.";

    ReportsRead                    Ticket        "reports"         "read":         All        All           All             Scope          None,   "See numbers of the tickets that one sees.";

    JobsRead           [global]    Job           "jobs"            "read":         All        All           None            None           None,   "See the jobs of the company and how far they are.";

    JobsRetry          [global]    Job           "jobs"            "retry":        All        All           None            None           None,   "Try a job again that was given up or cancelled.";
    JobsCancel         [global]    Job           "jobs"            "cancel":       All        All           None            None           None,   "Cancel a job that is not done yet.";
    WorkersRead        [global]    Worker        "workers"         "read":         All        None          None            None           None,   "See the processes that do jobs.";

    OutboundEmailsRead [global]    OutboundEmail "outbound_emails" "read":         All        All           None            None           None,   "See the mail that was sent, or waits to be.";

    ApiKeysRead                    ApiKey        "api_keys"        "read":         All        All           None            None           None,   "See the company's API keys, but not their secrets.";
    ApiKeysCreate                  ApiKey        "api_keys"        "create":       None       All           None            None           None,   "Make an API key that holds no more than oneself.";
    ApiKeysUpdate                  ApiKey        "api_keys"        "update":       None       All           None            None           None,   "Change the name and the addresses of an API key.";
    ApiKeysRotate                  ApiKey        "api_keys"        "rotate":       None       Own           None            None           None,   "Give an own API key a new secret.";
    ApiKeysRevoke                  ApiKey        "api_keys"        "revoke":       All        All           None            None           None,   "End an API key for good.";
    WebhooksRead                   Webhook       "webhooks"        "read":         All        All           None            None           None,   "See webhooks, without their secrets.";
    WebhooksCreate                 Webhook       "webhooks"        "create":       All        All           None            None           None,   "Add a webhook.";
    WebhooksUpdate                 Webhook       "webhooks"        "update":       All        All           None            None           None,   "Change a webhook, test it, and give it a new secret.";
    WebhooksDelete                 Webhook       "webhooks"        "delete":       All        All           None            None           None,   "Remove a webhook.";
    WebhookDeliveriesRead          WebhookDelivery "webhook_deliveries" "read":    All        All           None            None           None,   "See what was sent to webhooks and what they answered.";
    WebhookDeliveriesReplay        WebhookDelivery "webhook_deliveries" "replay":  All        All           None            None           None,   "Send an event to a webhook once more.";
    TeamsConnectionsRead           TeamsConnection "teams_connections" "read":     All        All           None            None           None,   "See connections to Microsoft Teams, without their addresses.";
    TeamsConnectionsCreate         TeamsConnection "teams_connections" "create":   All        All           None            None           None,   "Add a connection to Microsoft Teams.";
    TeamsConnectionsUpdate         TeamsConnection "teams_connections" "update":   All        All           None            None           None,   "Change a connection to Microsoft Teams, and test it.";
    TeamsConnectionsDelete         TeamsConnection "teams_connections" "delete":   All        All           None            None           None,   "Remove a connection to Microsoft Teams.";
    UsersInvite        [global]    User          "users"           "invite":       All        Ranked        Clients         None           None,   "Send an invitation again.";
    UsersResetPassword [global]    User          "users"           "reset_password": All      Ranked        None            None           None,   "Have a person choose a new password.";
    UsersResetMfa      [global]    User          "users"           "reset_mfa":    All        Ranked        None            None           None,   "Take a person's second factor off.";
    UploadsRead                    Upload        "uploads"         "read":         All        All           All             Own            Own,    "See files: own ones, and those of messages that one sees.";
    UploadsCreate                  Upload        "uploads"         "create":       Own        Own           Own             Own            Own,    "Send files; clients smaller ones of fewer types.";
    UploadsDelete                  Upload        "uploads"         "delete":       All        All           Own             Unlinked       Unlinked, "Remove a file, for writers and clients as long as it is not attached.";
    MailboxesRead                  Mailbox       "mailboxes"       "read":         All        All           All             None           None,   "See the mailboxes; managers without their servers.";
    MailboxesCreate                Mailbox       "mailboxes"       "create":       All        All           None            None           None,   "Add a mailbox.";
    MailboxesUpdate                Mailbox       "mailboxes"       "update":       All        All           None            None           None,   "Change a mailbox, test it, make its signing key.";
    MailboxesDelete                Mailbox       "mailboxes"       "delete":       All        All           None            None           None,   "Remove a mailbox, or take it back from the trash.";

    EmailTemplatesRead             EmailTemplate "email_templates" "read":         All        All           All             All            None,   "See how the company words its mails.";
    EmailTemplatesCreate           EmailTemplate "email_templates" "create":       All        All           None            None           None,   "Word a mail anew, or in another language.";
    EmailTemplatesUpdate           EmailTemplate "email_templates" "update":       All        All           All             None           None,   "Change the wording of a mail; preview it; send it to oneself.";
    EmailTemplatesPublish          EmailTemplate "email_templates" "publish":      All        All           None            None           None,   "Publish the wording of a mail, or take an earlier one back.";
    EmailTemplatesDelete           EmailTemplate "email_templates" "delete":       All        All           None            None           None,   "Remove a wording: the platform's is sent again.";

    OutboundEmailsContent [global] OutboundEmail "outbound_emails" "content":      All        All           None            None           None,   "Read the text of a mail; with a credential only while the program is tried out.";
    OutboundEmailsRetry [global]   OutboundEmail "outbound_emails" "retry":        All        All           None            None           None,   "Send a mail once more that could not be sent.";
    InboundEmailsRead              InboundEmail  "inbound_emails"  "read":         All        All           All             None           None,   "See the mail that came in and what became of it.";
    InboundEmailsReprocess         InboundEmail  "inbound_emails"  "reprocess":    All        All           None            None           None,   "Have a mail looked at once more.";
    InboundEmailsRaw               InboundChunk  "inbound_emails"  "raw":          All        All           None            None           None,   "Read a mail as it came in, byte by byte.";
    EmailRecipientsRead            EmailRecipient "email_recipients" "read":       All        All           All             None           None,   "See to which addresses no automatic mail goes.";
    EmailRecipientsRelease         EmailRecipient "email_recipients" "release":    All        All           None            None           None,   "Let automatic mail go to an address again.";
    MailboxesWebhook               Mailbox       "mailboxes"       "webhook":      All        All           None            None           None,   "Make, replace or end the address that takes mail in.";

    SettingsRead                   Settings      "settings"        "read":         All        All           All             All            All,    "See the company's settings; clients a public part.";
    SettingsUpdate                 Settings      "settings"        "update":       All        All           None            None           None,   "Change the company's settings.";
}
