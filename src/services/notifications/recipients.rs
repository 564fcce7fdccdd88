//! Who is told of an event: people related to the ticket who want to know, and who may see it at this moment.

use crate::db::{Expr, Filter, Op, Tx};
use crate::errors::Result;
use crate::models::{
    EMAIL_MATRIX, NOTIFICATION_MATRIX, Relation, Ticket, TicketEvent, TicketMessage, User, UserStatus,
    matrix_default,
};
use crate::permissions::{EventsRead, MessagesRead, Role, TenantScope, TicketsRead, system};
use crate::schema::FieldSpec;
use bson::{Bson, Document, doc, oid::ObjectId};

/// Most people who are told of one event.
pub const MAX_RECIPIENTS: usize = 500;

/// The active people whom the ticket concerns, each once with all relations: first those whom it names, then the
/// staff in whose queue it waits.
pub async fn candidates(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: &Ticket,
    message: Option<&TicketMessage>,
) -> Result<Vec<(User, Vec<Relation>)>> {
    let mut mine: Vec<ObjectId> = vec![ticket.requester_id];
    mine.extend(ticket.assignee_id);
    mine.extend(&ticket.cc_ids);
    mine.extend(message.iter().flat_map(|message| &message.mention_ids));
    let named: Vec<ObjectId> = mine.iter().chain(&ticket.follower_ids).copied().collect();
    let queue = ticket.department_id.filter(|_| ticket.assignee_id.is_none());
    let mut users = active(tx, scope, Filter::ids(named.iter().copied())).await?;
    if let Some(department) = queue {
        let others = Filter::eq(User::department_ids(), department)
            .and(Filter::cmp(User::role(), Op::Ne, Role::Client))
            .and(Expr::cmp("_id", Op::Nin, named.into_iter().map(Bson::from).collect::<Vec<_>>()));
        users.extend(active(tx, scope, others).await?);
    }
    let related = |user: &User| {
        let waits = queue.is_some_and(|department| user.department_ids.contains(&department));
        let relations = [
            (Relation::Mine, mine.contains(&user.id)),
            (Relation::Followed, ticket.follower_ids.contains(&user.id)),
            (Relation::UnassignedInDepartment, waits && user.role != Role::Client),
        ];
        relations.into_iter().filter(|(_, holds)| *holds).map(|(relation, _)| relation).collect()
    };
    Ok(users.into_iter().map(|user| (related(&user), user)).map(|(held, user)| (user, held)).collect())
}

async fn active(tx: &mut Tx, scope: &TenantScope, wanted: Filter<User>) -> Result<Vec<User>> {
    let limit = i64::try_from(MAX_RECIPIENTS).unwrap_or(i64::MAX);
    let active = wanted.and(Filter::eq(User::status(), UserStatus::Active));
    tx.within::<User>(scope).find(active, doc! { "_id": 1 }, limit).await
}

/// Whether a person wants to know, by the own preferences or else the defaults.
pub fn wants(user: &User, row: &str, relations: &[Relation]) -> bool {
    chose(user.notification_preferences.as_ref(), NOTIFICATION_MATRIX, row, relations)
}

/// Whether a person wants to be told by mail.
pub fn wants_mail(user: &User, row: &str, relations: &[Relation]) -> bool {
    chose(user.email_preferences.as_ref(), EMAIL_MATRIX, row, relations)
}

fn chose(matrix: Option<&Document>, defaults: &[FieldSpec], row: &str, relations: &[Relation]) -> bool {
    let chosen = matrix.and_then(|matrix| matrix.get_document(row).ok());
    relations.iter().any(|relation| {
        chosen
            .and_then(|flags| flags.get_bool(relation.as_str()).ok())
            .unwrap_or_else(|| matrix_default(defaults, row, *relation))
    })
}

/// What a person must be able to see to be told.
pub struct Subject {
    /// The ticket as it is stored now.
    pub ticket: Document,
    event: Document,
    message: Option<Document>,
}

impl Subject {
    /// The parts of an event that decide about who sees it.
    pub fn new(ticket: Document, event: &TicketEvent, message: Option<&TicketMessage>) -> Self {
        let part = |visibility: crate::models::Visibility, author: Option<ObjectId>| {
            doc! { "ticket_id": event.ticket_id, "visibility": visibility, "author_id": author }
        };
        Self {
            ticket,
            event: part(event.visibility, event.actor_id),
            message: message.map(|message| part(message.visibility, message.author_id)),
        }
    }

    /// Whether a person may see all of it, asked when it happens: rights may have changed since the person followed.
    pub fn is_visible_to(&self, user: &User, scope: &TenantScope) -> bool {
        let sees = |rows: Expr, document: &Document| rows.matches(document);
        sees(system::view_as::<TicketsRead>(user, scope).rows(), &self.ticket)
            && sees(system::view_as::<EventsRead>(user, scope).rows(), &self.event)
            && self
                .message
                .as_ref()
                .is_none_or(|message| sees(system::view_as::<MessagesRead>(user, scope).rows(), message))
    }
}
