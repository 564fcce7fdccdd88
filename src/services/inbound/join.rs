//! Adds a mail to the ticket that it answers, as a message of the person who wrote it.

use super::act::{Outcome, Work};
use super::note;
use super::people::{Sender, is_requester, permit};
use super::stamp::{Marks, Texts, stamp};
use crate::db::Tx;
use crate::errors::{Code, Result};
use crate::models::{MessageKind, Status, User};
use crate::permissions::MessagesCreate;
use crate::services::tickets::Found;
use crate::services::tickets::messages::{NewMessage, create::add_in};

/// Adds the mail as a public message, with all that follows from one. None when the ticket is full.
pub(super) async fn join(
    tx: &mut Tx,
    work: &Work<'_>,
    found: &Found,
    user: &User,
    sender: &Sender,
) -> Result<Option<Outcome>> {
    let texts = Texts::of(work, true);
    let over = found.ticket.status == Status::Closed || found.ticket.archived;
    if over && user.role.is_staff() && !is_requester(user, &found.ticket) {
        // What staff writes cannot reach the requester any more; it must not be lost either.
        return note::add(tx, work, found, sender, Marks::default(), &texts).await.map(Some);
    }
    let new = NewMessage {
        body_html: texts.html.clone(),
        via: "email",
        ..NewMessage::plain(MessageKind::PublicReply, &texts.body)
    };
    let message = match add_in(tx, &permit::<MessagesCreate>(user, work.scope), found, &new).await {
        Ok(message) => message,
        Err(error) if error.code() == Code::MessageLimit => return Ok(None),
        Err(error) => return Err(error),
    };
    stamp(tx, work, message.id, sender, &texts, Marks::default()).await?;
    Ok(Some(Outcome::processed("none", message.ticket_id, Some(message.id))))
}
