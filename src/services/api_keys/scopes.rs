//! Which scopes a person may put on a key.

use crate::errors::{Code, FieldErrors, Result};
use crate::permissions::{Actor, KEY_SCOPES, Reach, Row, key_scope};

/// Checks the scopes of a new key: permissions that a key may hold and that its maker holds, each with what it is useless
/// without.
///
/// # Errors
/// 422 naming every scope that is wrong and why.
pub(super) fn check(scopes: &[String], maker: &Actor) -> Result<()> {
    let mut errors = FieldErrors::default();
    let mut add = |message: String| errors.add("scopes", Code::ValidationFailed, message);
    if scopes.is_empty() {
        add("Must name at least one permission.".to_owned());
    }
    for name in scopes {
        match key_scope(name) {
            None => add(format!("{name} is no permission that a key may hold.")),
            Some(row) if maker.reach_of(row) == Reach::None => {
                add(format!("You do not hold {name} yourself."))
            }
            Some(row) => {
                if let Some(read) = needed(row).filter(|read| !scopes.iter().any(|scope| scope == read.name))
                {
                    add(format!("{name} finds nothing without {}.", read.name));
                }
            }
        }
    }
    errors.into_result()
}

/// The permission to see what this one changes: records that a key does not see it cannot change either.
fn needed(row: &Row) -> Option<&'static Row> {
    let of = |resource: &str| {
        KEY_SCOPES.iter().copied().find(|read| read.resource == resource && read.action == "read")
    };
    match (row.resource, row.action) {
        // What is below a ticket is found by the ticket.
        ("ticket_messages", "read" | "create") | ("ticket_events", "read") => of("tickets"),
        (_, "read" | "create") => None,
        (resource, _) => of(resource),
    }
}
