//! People who follow a ticket. Clients follow for themselves only; staff also add and remove others.

use super::super::body::parse_body;
use super::super::change::Change;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable, find};
use crate::answer_once;
use crate::db::{Db, Filter, Patch, Tx};
use crate::engine::{WriteRequest, find_missing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EventKind, Ticket, User};
use crate::permissions::{Permit, Role, TicketsFollow, TicketsRead, system};
use crate::schema::FieldSpec;
use crate::web::Reply;
use bson::oid::ObjectId;
use serde_json::{Value, json};

/// Most followers of a ticket.
const MAX_FOLLOWERS: usize = 200;

/// Body that names a follower.
pub const BODY: &[FieldSpec] = &[FieldSpec::id_of("users").required().named("user_id", "Person, or `me`.")];

/// Where a request names a person.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// In its body, by [`BODY`].
    Body,
    /// In its path: an id, or `me`.
    Path(&'a str),
}

/// Who follows a ticket. Clients learn only whether they do.
pub async fn list(db: &Db, permit: &Permit<TicketsFollow>, id: &str) -> Result<Reply> {
    let view = permit.other::<TicketsRead>();
    let found = Found::read(crate::engine::get(db, &view, id).await?)?;
    let wanted = Filter::ids(shown(permit, &found.ticket));
    let limit = i64::try_from(MAX_FOLLOWERS).unwrap_or(i64::MAX);
    let people = db.within::<User>(permit.scope()).find(wanted, limit).await?;
    Ok(listing(&people))
}

/// Makes a person follow a ticket and answers with its followers. Doing it twice changes nothing.
///
/// # Errors
/// 422 `reference_not_found` for a person in the body that the caller does not see, 404 for one in the path.
pub async fn follow(
    db: &Db,
    permit: &Permit<TicketsFollow>,
    id: &str,
    named: Named<'_>,
    request: &WriteRequest,
) -> Result<Reply> {
    let who = person(permit, named, request)?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        check_writable(&mut tx, permit.caller(), &current.ticket).await?;
        let user = look_up(&mut tx, permit, who).await?.ok_or_else(|| unknown(named))?;
        let sees = system::view_as::<TicketsRead>(&user, permit.scope()).rows().matches(&current.document);
        if user.role == Role::Client && !sees {
            return Err(refuse("Names a client who may not see the ticket."));
        }
        let known = current.ticket.requester_id == user.id || current.ticket.follower_ids.contains(&user.id);
        if !known && current.ticket.follower_ids.len() >= MAX_FOLLOWERS {
            return Err(refuse(&format!("A ticket has {MAX_FOLLOWERS} followers at most.")));
        }
        let patch = Patch::new().add_to_set(Ticket::follower_ids(), [user.id]);
        settle(&mut tx, permit, current, (!known).then_some(patch)).await
    })
}

/// Makes a person stop following and answers with the followers. Doing it twice changes nothing.
///
/// # Errors
/// 404 for a person whom the caller does not see; followers who left the company can be removed.
pub async fn unfollow(
    db: &Db,
    permit: &Permit<TicketsFollow>,
    id: &str,
    who: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let named = Named::Path(who);
    let who = person(permit, named, request)?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        check_writable(&mut tx, permit.caller(), &current.ticket).await?;
        let follower = who.filter(|who| shown(permit, &current.ticket).contains(who));
        if follower.is_none() && look_up(&mut tx, permit, who).await?.is_none() {
            return Err(unknown(named));
        }
        let patch = follower.map(|who| Patch::new().pull(Ticket::follower_ids(), [who]));
        settle(&mut tx, permit, current, patch).await
    })
}

/// The id that a request names; none when it cannot be one.
fn person(
    permit: &Permit<TicketsFollow>,
    named: Named<'_>,
    request: &WriteRequest,
) -> Result<Option<ObjectId>> {
    match named {
        Named::Body => Ok(parse_body(BODY, &request.body, permit.actor())?.get_object_id("user_id").ok()),
        Named::Path("me") => Ok(Some(permit.actor().user_id())),
        Named::Path(id) => Ok(ObjectId::parse_str(id).ok()),
    }
}

/// A person of the company whom the caller sees; clients name nobody but themselves.
async fn look_up(tx: &mut Tx, permit: &Permit<TicketsFollow>, who: Option<ObjectId>) -> Result<Option<User>> {
    let actor = permit.actor();
    let may = |who: &ObjectId| actor.role() != Role::Client || *who == actor.user_id();
    let Some(who) = who.filter(may) else { return Ok(None) };
    if !find_missing(tx, permit.caller(), "users", &[who]).await?.is_empty() {
        return Ok(None);
    }
    tx.within::<User>(permit.scope()).find_one(Filter::id(who)).await
}

async fn settle(
    tx: &mut Tx,
    permit: &Permit<TicketsFollow>,
    current: Found,
    patch: Option<Patch<Ticket>>,
) -> Result<Reply> {
    let after = match patch {
        Some(patch) => {
            let change = Change {
                scope: permit.scope(),
                actor: Some(permit.actor()),
                action: "tickets.follow",
                patch,
                events: vec![NewEvent::private(EventKind::FollowersChanged)],
                message: None,
            };
            change.apply(tx, &current).await?
        }
        None => current,
    };
    let wanted = Filter::ids(shown(permit, &after.ticket));
    let limit = i64::try_from(MAX_FOLLOWERS).unwrap_or(i64::MAX);
    let people = tx.within::<User>(permit.scope()).find(wanted, bson::doc! { "_id": 1 }, limit).await?;
    Ok(listing(&people))
}

fn shown(permit: &Permit<TicketsFollow>, ticket: &Ticket) -> Vec<ObjectId> {
    let me = permit.actor().user_id();
    let client = permit.actor().role() == Role::Client;
    ticket.follower_ids.iter().copied().filter(|id| !client || *id == me).collect()
}

fn listing(people: &[User]) -> Reply {
    let data: Vec<Value> = people
        .iter()
        .map(|user| json!({ "id": user.id.to_hex(), "name": user.name, "role": user.role.as_str() }))
        .collect();
    Reply::ok(json!({ "total": data.len(), "data": data }))
}

fn unknown(named: Named<'_>) -> AppError {
    match named {
        Named::Path(_) => AppError::not_found(),
        Named::Body => {
            FieldErrors::one("user_id", Code::ReferenceNotFound, "Names a record that does not exist.").into()
        }
    }
}

fn refuse(why: &str) -> AppError {
    FieldErrors::one("user_id", Code::ValidationFailed, why).into()
}
