//! Finds the ticket of an action and tells whether it may be changed at all.

use crate::db::{Tx, from_document};
use crate::engine::{find_missing, visible};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::Ticket;
use crate::permissions::{Caller, Permission, Permit, TicketsDelete};
use bson::{Bson, Document};

/// A ticket as stored and as read.
pub struct Found {
    /// The stored form.
    pub document: Document,
    /// The record.
    pub ticket: Ticket,
}

impl Found {
    /// Reads a stored ticket.
    pub fn read(document: Document) -> Result<Self> {
        Ok(Self { ticket: from_document(&document)?, document })
    }
}

/// The ticket that a path names, if the caller sees it and the permission covers it.
///
/// # Errors
/// 404 when the caller does not see it, 403 when the permission does not cover it, 409 `deleted` for those who see
/// the trash.
pub async fn find<P: Permission<Resource = Ticket>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    id: &str,
) -> Result<Found> {
    match visible(tx, permit, id, false).await {
        Ok(document) => Found::read(document),
        Err(error) => Err(explain(tx, permit.caller(), id, error).await?),
    }
}

/// What is not found may lie in the trash: those who may look there are told so.
pub async fn explain(tx: &mut Tx, caller: &Caller, id: &str, error: AppError) -> Result<AppError> {
    let (Code::NotFound, Some(wanted)) = (error.code(), <Ticket as crate::db::TenantModel>::lookup(id))
    else {
        return Ok(error);
    };
    let trash = caller.permit::<TicketsDelete>();
    let lies_there = tx.of(&trash).with_trash().document(&wanted).await?;
    let deleted =
        lies_there.is_some_and(|ticket| ticket.get("deleted_at").is_some_and(|at| *at != Bson::Null));
    let detail = "The ticket is in the trash. Restore it first.";
    Ok(if deleted { AppError::problem(Code::Deleted, detail) } else { error })
}

/// Refuses to change a ticket that was merged into another, which is named to those who see it.
pub async fn check_not_merged(tx: &mut Tx, caller: &Caller, ticket: &Ticket) -> Result<()> {
    let Some(target) = ticket.merged_into else { return Ok(()) };
    if find_missing(tx, caller, "tickets", &[target]).await?.is_empty() {
        let problem = Problem::new(Code::TicketMerged, "The ticket was merged into another. Go on there.");
        return Err(problem.with("target_id", target.to_hex()).into());
    }
    Err(AppError::problem(Code::TicketMerged, "The ticket was merged into another."))
}

/// Refuses to change a ticket that is merged or archived.
pub async fn check_writable(tx: &mut Tx, caller: &Caller, ticket: &Ticket) -> Result<()> {
    check_not_merged(tx, caller, ticket).await?;
    if ticket.archived {
        return Err(AppError::problem(Code::Archived, "The ticket is archived: it can only be read."));
    }
    Ok(())
}
