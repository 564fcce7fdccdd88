//! Lets people not hear of a ticket. It is their own affair: no version, no history.

use super::super::body::parse_body;
use super::super::find::find;
use crate::answer_once;
use crate::db::{Db, Filter, Patch};
use crate::engine::WriteRequest;
use crate::errors::{Code, FieldErrors, Result};
use crate::models::Ticket;
use crate::permissions::{Permit, TicketsFollow, TicketsRead};
use crate::web::Reply;
use serde_json::json;

/// Most people who mute one ticket.
const MAX_MUTED: usize = 200;

/// Mutes a ticket for the caller, or ends that, and answers with `{muted}`.
pub async fn mute(
    db: &Db,
    permit: &Permit<TicketsFollow>,
    id: &str,
    request: &WriteRequest,
    quiet: bool,
) -> Result<Reply> {
    parse_body(&[], &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let ticket = find(&mut tx, &permit.other::<TicketsRead>(), id).await?.ticket;
        let me = permit.actor().user_id();
        let patch = if quiet {
            Patch::new().add_to_set(Ticket::muted_ids(), [me])
        } else {
            Patch::new().pull(Ticket::muted_ids(), [me])
        };
        if quiet && ticket.muted_ids.len() >= MAX_MUTED && !ticket.muted_ids.contains(&me) {
            let message = format!("{MAX_MUTED} people have muted the ticket; no more can.");
            return Err(FieldErrors::one("muted", Code::ValidationFailed, message).into());
        }
        tx.within::<Ticket>(permit.scope()).update_many(Filter::id(ticket.id), patch, false).await?;
        Ok(Reply::ok(json!({ "muted": quiet })))
    })
}
