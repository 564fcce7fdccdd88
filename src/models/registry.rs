//! The list of all models: what migrations, the command monitor and the documentation need to know of them.

use super::{
    AccountToken, ApiKey, AuditEntry, AuditHead, Category, Company, Counter, Department, EmailRecipient,
    EmailTemplate, IdempotencyKey, InboundChunk, InboundEmail, InboundToken, Job, JobProbe, KnownDevice,
    Mailbox, MailboxAddress, MfaFactor, Notification, OutboundEmail, RefreshToken, SavedView, Schedule,
    Session, Settings, Tag, TeamsConnection, ThrottleBucket, Ticket, TicketEvent, TicketMessage,
    TicketPresence, Upload, User, UserEmail, Webhook, WebhookDelivery, Worker,
};
use crate::db::{Expr, Index, TenantModel};
use crate::permissions::{Actor, Permission, Reach, Row};
use crate::schema::FieldSpec;

/// What the migrations, the monitor and the documentation need to know of a model.
#[derive(Clone, Copy)]
pub struct ModelInfo {
    /// Path of the type; its last part is the name of the record.
    pub type_name: fn() -> &'static str,
    /// Collection.
    pub collection: &'static str,
    /// Resource on the wire.
    pub resource: &'static str,
    /// What a record is.
    pub doc: &'static str,
    /// Fields.
    pub fields: &'static [FieldSpec],
    /// Indexes.
    pub indexes: &'static [Index],
    /// The field that holds the company; none for records of the platform.
    pub scope_field: Option<&'static str>,
    /// Order of lists when nothing is said.
    pub default_sort: &'static str,
    /// Changes must carry `If-Match`.
    pub require_match: bool,
    /// The permission to see records; none for records of the platform.
    pub read: Option<&'static Row>,
    /// Its lists can be searched by words.
    pub words: bool,
    /// The rows that a reach admits for an actor.
    pub rows: fn(Reach, &Actor) -> Expr,
}

impl ModelInfo {
    /// Name of one record, such as `Ticket`.
    pub fn name(&self) -> &'static str {
        let path = (self.type_name)();
        path.rsplit("::").next().unwrap_or(path)
    }

    /// Whether lists can be searched by words.
    pub fn has_words(&self) -> bool {
        self.words
    }
}

const fn tenant<M: TenantModel>() -> ModelInfo {
    ModelInfo {
        type_name: std::any::type_name::<M>,
        collection: M::COLLECTION,
        resource: M::RESOURCE,
        doc: M::DOC,
        fields: M::FIELDS,
        indexes: M::INDEXES,
        scope_field: Some(M::SCOPE_FIELD),
        default_sort: M::DEFAULT_SORT,
        require_match: M::REQUIRE_MATCH,
        words: M::WORDS,
        read: Some(<M::Read as Permission>::ROW),
        rows: M::rows,
    }
}

const fn global<M: crate::db::GlobalModel>() -> ModelInfo {
    ModelInfo {
        type_name: std::any::type_name::<M>,
        collection: M::COLLECTION,
        resource: M::RESOURCE,
        doc: M::DOC,
        fields: M::FIELDS,
        indexes: M::INDEXES,
        scope_field: None,
        default_sort: "",
        require_match: false,
        words: false,
        read: None,
        rows: |_, _| Expr::Nothing,
    }
}

/// Every model.
pub const ALL: &[ModelInfo] = &[
    tenant::<Company>(),
    tenant::<User>(),
    tenant::<Department>(),
    tenant::<Category>(),
    tenant::<Tag>(),
    tenant::<Ticket>(),
    tenant::<TicketMessage>(),
    tenant::<TicketEvent>(),
    tenant::<TicketPresence>(),
    tenant::<Notification>(),
    tenant::<SavedView>(),
    tenant::<AuditEntry>(),
    tenant::<Settings>(),
    tenant::<Job>(),
    tenant::<OutboundEmail>(),
    tenant::<Webhook>(),
    tenant::<WebhookDelivery>(),
    tenant::<TeamsConnection>(),
    tenant::<Upload>(),
    tenant::<Worker>(),
    tenant::<Mailbox>(),
    tenant::<EmailTemplate>(),
    tenant::<InboundEmail>(),
    tenant::<InboundChunk>(),
    tenant::<EmailRecipient>(),
    global::<AuditHead>(),
    global::<Counter>(),
    global::<IdempotencyKey>(),
    global::<RefreshToken>(),
    global::<Session>(),
    global::<ThrottleBucket>(),
    global::<UserEmail>(),
    global::<AccountToken>(),
    global::<KnownDevice>(),
    global::<MfaFactor>(),
    global::<JobProbe>(),
    global::<Schedule>(),
    global::<MailboxAddress>(),
    global::<InboundToken>(),
    tenant::<ApiKey>(),
];

/// The field that holds the company in a tenant collection; none for other collections.
pub fn scope_field(collection: &str) -> Option<&'static str> {
    ALL.iter().find(|model| model.collection == collection).and_then(|model| model.scope_field)
}
