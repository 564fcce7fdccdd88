//! The mails that a mail about a ticket comes after, by which the recipient's program puts them together.

use crate::app::App;
use crate::db::{Expr, Filter, Op, Page};
use crate::errors::{AppError, Result};
use crate::models::{InboundEmail, OutboundEmail, OutboundState, TicketMessage, Visibility};
use crate::permissions::TenantScope;
use bson::{doc, oid::ObjectId};

/// Earlier mails of each side that a mail names.
const MOST: i64 = 10;
/// Ends message ids that were made up here for mails without one.
const MADE_UP: &str = "@no-message-id.invalid";

/// What a mail comes after.
#[derive(Default)]
pub(super) struct Ancestors {
    /// Message ids in their brackets, oldest first.
    pub ids: Vec<String>,
    /// The recipient wrote one of them.
    pub theirs: bool,
}

/// What this person got and wrote about the ticket before. What others wrote is left out: their programs' names are in it.
pub(super) async fn ancestors(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Ancestors> {
    let Some(ticket) = email.ticket_id else { return refused(app, scope, email).await };
    let sent = Filter::eq(OutboundEmail::ticket_id(), ticket)
        .and(Filter::eq(OutboundEmail::to(), email.to.as_str()))
        .and(Filter::eq(OutboundEmail::state(), OutboundState::Sent))
        .and(Expr::cmp("_id", Op::Ne, email.id));
    let page = |id: &str| Page {
        sort: doc! { "created_at": -1, "_id": -1 },
        limit: MOST,
        projection: doc! { id: 1, "created_at": 1 },
        ..Page::default()
    };
    let page_sent = page("internet_message_id");
    let ours = app.db().within::<OutboundEmail>(scope).page(&sent.into_expr(), &page_sent).await?;
    let wrote = Filter::eq(TicketMessage::ticket_id(), ticket)
        .and(Filter::eq(TicketMessage::visibility(), Visibility::Public))
        .and(Expr::eq("email.from", email.to.as_str()));
    let theirs = app.db().within::<TicketMessage>(scope).page(&wrote.into_expr(), &page("mail_id")).await?;
    let mut all = Vec::new();
    for (rows, field) in [(&ours, "internet_message_id"), (&theirs, "mail_id")] {
        for row in rows {
            let at = row.get_datetime("created_at").map_err(AppError::internal)?;
            let place = (at, row.get_object_id("_id").map_err(AppError::internal)?);
            all.extend(row.get_str(field).ok().and_then(bracketed).map(|id| (place, id)));
        }
    }
    all.sort();
    let ids: Vec<String> = all.into_iter().map(|(_, id)| id).collect();
    let theirs = theirs.iter().any(|row| row.get_str("mail_id").ok().and_then(bracketed).is_some());
    Ok(Ancestors { ids, theirs })
}

/// The mail that was not taken in, where this one tells so.
async fn refused(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Ancestors> {
    let about = email.dedupe_key.strip_prefix("mail_too_large:").and_then(|id| ObjectId::parse_str(id).ok());
    let Some(about) = about else { return Ok(Ancestors::default()) };
    let mail = app.db().within::<InboundEmail>(scope).find_one(Filter::id(about)).await?;
    let id = mail.and_then(|mail| bracketed(&mail.message_id));
    Ok(Ancestors { theirs: id.is_some(), ids: id.into_iter().collect() })
}

/// A message id as headers have it. What would end the field, or was never in a mail, is none.
fn bracketed(id: &str) -> Option<String> {
    let id = id.trim_matches(['<', '>']);
    let plain = id.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()\\\",;".contains(&byte));
    (plain && id.contains('@') && !id.ends_with(MADE_UP)).then(|| format!("<{id}>"))
}

#[cfg(test)]
mod tests {
    use super::bracketed;

    #[test]
    fn only_what_a_header_can_hold_is_named() {
        assert_eq!(bracketed("a@b").as_deref(), Some("<a@b>"));
        assert_eq!(bracketed("<a.1@b>").as_deref(), Some("<a.1@b>"));
        for bad in ["", "a", "a b@c", "a@b\r\nBcc: x", "a@b> <c@d", "ä@b", "0@no-message-id.invalid"] {
            assert!(bracketed(bad).is_none(), "{bad}");
        }
    }
}
