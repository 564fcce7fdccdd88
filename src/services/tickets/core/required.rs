//! What a ticket must tell before it can be solved.

use super::super::find::Found;
use crate::db::{Filter, Tx};
use crate::errors::{Code, FieldErrors, Problem, Result};
use crate::models::{Category, Ticket};
use crate::permissions::Caller;
use bson::Bson;

/// Refuses to solve a ticket that lacks a field which its category requires.
pub async fn check_required(tx: &mut Tx, caller: &Caller, current: &Found) -> Result<()> {
    let Some(id) = current.ticket.category_id else { return Ok(()) };
    let category = tx.within::<Category>(caller.scope()).find_one(Filter::id(id)).await?;
    let required = category.map(|category| category.required_for_solved).unwrap_or_default();
    let missing: Vec<String> = required.into_iter().filter(|name| lacks(current, name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    // Names of fields that the caller does not see would tell of what is inside.
    let mask = caller.read_mask::<Ticket>();
    let mut problem = Problem::new(Code::RequiredForSolved, "The ticket lacks what its category requires.");
    let mut fields = FieldErrors::default();
    for name in missing.iter().filter(|name| mask.shows(name)) {
        fields.add(name, Code::RequiredForSolved, "Required before the ticket can be solved.");
    }
    problem.fields = fields;
    Err(problem.into())
}

fn lacks(current: &Found, name: &str) -> bool {
    match current.document.get(name) {
        None | Some(Bson::Null) => true,
        Some(Bson::String(text)) => text.is_empty(),
        Some(Bson::Array(items)) => items.is_empty(),
        Some(_) => false,
    }
}
