//! A company in a database of its own, where tickets and events are written as the ticket service writes them.

use crate::db::{Author, ConnectOptions, Db, Draft, Filter, TenantModel};
use crate::errors::Result;
use crate::models::{
    Company, EventKind, MessageKind, Notification, Ticket, TicketEvent, TicketMessage, User, Visibility,
};
use crate::permissions::{CrossTenant, Role, TenantScope, TicketsRead, system};
use crate::services::notifications::on_event;
use crate::support::Clock;
use crate::transaction;
use bson::{doc, oid::ObjectId};
use std::time::Duration;

/// A company in a database of its own.
pub struct World {
    pub db: Db,
    pub clock: Clock,
    pub scope: TenantScope,
}

/// What happens to a ticket.
pub struct Happening<'a> {
    pub actor: Option<&'a User>,
    pub kind: EventKind,
    pub visibility: Visibility,
    pub message: Option<Visibility>,
    pub mentions: Vec<ObjectId>,
}

impl<'a> Happening<'a> {
    pub fn of(kind: EventKind) -> Self {
        Self { actor: None, kind, visibility: Visibility::Public, message: None, mentions: Vec::new() }
    }

    pub fn message(visibility: Visibility) -> Self {
        Self { visibility, message: Some(visibility), ..Self::of(EventKind::MessageAdded) }
    }

    pub fn by(mut self, actor: &'a User) -> Self {
        self.actor = Some(actor);
        self
    }
}

impl World {
    pub async fn new() -> Self {
        let uri = std::env::var("STOA_TEST_MONGO_URI").expect("STOA_TEST_MONGO_URI is not set");
        let options = ConnectOptions {
            uri: uri.into(),
            database: format!("u_{}", crate::auth::random::base62(16)),
            max_pool: 10,
            selection_timeout: Duration::from_secs(5),
            monitor_reads: true,
        };
        let clock = Clock::default();
        let db = Db::connect(&options, clock.clone()).await.expect("connect");
        crate::migrate::up(&db).await.expect("migrate");
        let across = system::across(CrossTenant::Setup, "test");
        let company: Result<Company> = async {
            transaction!(&db, Author::default(), |tx| {
                let draft = Draft::new().set(Company::name(), "a").set(Company::slug(), "aa");
                tx.within::<Company>(&across).insert(draft).await
            })
        }
        .await;
        let scope = system::company_of(&company.expect("company"), "test").expect("scope");
        Self { db, clock, scope }
    }

    pub async fn insert<M: TenantModel>(&self, draft: impl Fn() -> Draft<M>) -> M {
        let made: Result<M> = async {
            transaction!(&self.db, Author::default(), |tx| {
                tx.within::<M>(&self.scope).insert(draft()).await
            })
        }
        .await;
        made.expect("insert")
    }

    pub async fn user(&self, role: Role, change: impl Fn(Draft<User>) -> Draft<User>) -> User {
        let draft = || {
            let draft = Draft::new();
            let email = format!("{}@a.example", draft.id().to_hex());
            change(draft.set(User::email(), email).set(User::name(), role.as_str()).set(User::role(), role))
        };
        self.insert(draft).await
    }

    pub async fn ticket(&self, requester: &User, change: impl Fn(Draft<Ticket>) -> Draft<Ticket>) -> Ticket {
        let number = i64::from(rand::random_range(1..i32::MAX));
        let draft = || {
            let draft = Draft::new().set(Ticket::number(), number).set(Ticket::reference(), "T-1");
            change(draft.set(Ticket::subject(), "Printer").set(Ticket::requester_id(), requester.id))
        };
        self.insert(draft).await
    }

    /// Writes event and message and tells people, in one transaction, as the ticket service does.
    pub async fn happens(&self, ticket: &Ticket, what: &Happening<'_>) -> TicketEvent {
        let seq = i64::from(rand::random_range(1..i32::MAX));
        let actor = what.actor.map(|user| system::view_as::<TicketsRead>(user, &self.scope).actor().clone());
        let done: Result<TicketEvent> = async {
            transaction!(&self.db, Author::default(), |tx| {
                let message = match what.message {
                    Some(visibility) => {
                        let kind = match visibility {
                            Visibility::Public => MessageKind::PublicReply,
                            Visibility::Private => MessageKind::PrivateNote,
                        };
                        let draft = Draft::new()
                            .set(TicketMessage::ticket_id(), ticket.id)
                            .set(TicketMessage::seq(), seq)
                            .set(TicketMessage::kind(), kind)
                            .set(TicketMessage::visibility(), visibility)
                            .set(TicketMessage::author_name(), "someone")
                            .set(TicketMessage::body(), "secret word")
                            .set(TicketMessage::mention_ids(), what.mentions.clone());
                        Some(tx.within::<TicketMessage>(&self.scope).insert(draft).await?)
                    }
                    None => None,
                };
                let draft = Draft::new()
                    .set(TicketEvent::ticket_id(), ticket.id)
                    .set(TicketEvent::seq(), seq)
                    .set(TicketEvent::kind(), what.kind)
                    .set(TicketEvent::visibility(), what.visibility)
                    .set(TicketEvent::actor_id(), what.actor.map(|user| user.id));
                let event = tx.within::<TicketEvent>(&self.scope).insert(draft).await?;
                on_event(&mut tx, &self.scope, actor.as_ref(), ticket, &event, message.as_ref()).await?;
                Ok(event)
            })
        }
        .await;
        done.expect("event")
    }

    pub async fn notifications(&self) -> Vec<Notification> {
        self.db.within::<Notification>(&self.scope).find(Filter::all(), 1000).await.expect("notifications")
    }

    /// Tells of one event and returns who was notified, then forgets it.
    pub async fn told(&self, ticket: &Ticket, what: Happening<'_>) -> Vec<ObjectId> {
        self.happens(ticket, &what).await;
        let mut told: Vec<_> = self.notifications().await.iter().map(|one| one.user_id).collect();
        told.sort();
        let all = self.db.for_migrations().collection::<bson::Document>("notifications");
        all.delete_many(doc! { "company_id": { "$eq": self.scope.company() } }).await.expect("forget");
        told
    }

    pub async fn end(self) {
        assert!(self.db.tripwire().misses().is_empty(), "{:?}", self.db.tripwire().misses());
        self.db.for_migrations().drop().await.expect("drop");
    }
}
