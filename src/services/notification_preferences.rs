//! A person's own choice of what to be notified of.

use crate::db::{Db, Expr, Patch};
use crate::engine::audit::{self, Act};
use crate::engine::changes;
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{NOTIFICATION_MATRIX, User};
use crate::permissions::{NotificationsRead, NotificationsUpdate, Permit};
use crate::schema::{bson_to_json, parse_value};
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, Document};
use serde_json::{Map, Value};

/// The caller's matrix: what was chosen, and the defaults where nothing was.
pub async fn show(db: &Db, permit: &Permit<NotificationsRead>) -> Result<Reply> {
    let user = db.within::<User>(permit.scope()).get(permit.actor().user_id()).await?;
    Ok(answer(user.notification_preferences.as_ref()))
}

/// Takes over the caller's matrix; rows and members left out get their defaults.
pub async fn replace(
    db: &Db,
    permit: &Permit<NotificationsUpdate>,
    body: &Map<String, Value>,
) -> Result<Reply> {
    let matrix = parse(body)?;
    let id = permit.actor().user_id();
    transaction!(db, permit.actor().author(), |tx| {
        let wanted = Expr::eq("_id", id);
        let before = tx.within::<User>(permit.scope()).document(&wanted).await?;
        let before = before.ok_or_else(AppError::not_found)?;
        let patch = Patch::new().set(User::notification_preferences(), matrix.clone());
        let after = tx.within::<User>(permit.scope()).update_document(id, &Expr::All, patch).await?;
        let after = after.ok_or_else(AppError::not_found)?;
        let act = Act {
            action: "users.update",
            resource: <User as crate::db::Model>::RESOURCE,
            id: Some(id),
            changes: changes::<User>(Some(&before), &after),
            version: after.get_i64("version").ok(),
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await?;
        Ok(answer(Some(&matrix)))
    })
}

fn parse(body: &Map<String, Value>) -> Result<Document> {
    let mut errors = FieldErrors::default();
    for name in body.keys().filter(|name| !NOTIFICATION_MATRIX.iter().any(|row| row.name == name.as_str())) {
        errors.add(name, Code::UnknownField, "There is no such event.");
    }
    let mut matrix = Document::new();
    for row in NOTIFICATION_MATRIX {
        let given = body.get(row.name).map(|value| parse_value(row, row.name, value, &mut errors));
        match given {
            Some(parsed) => matrix.extend(parsed.map(|value| (row.name.to_owned(), value))),
            None => drop(matrix.insert(row.name, row.initial())),
        }
    }
    errors.into_result()?;
    Ok(matrix)
}

/// The whole matrix; rows that came later than the choice have their defaults.
fn answer(chosen: Option<&Document>) -> Reply {
    let row = |spec: &crate::schema::FieldSpec| {
        let mut flags = spec.initial();
        let kept = chosen.and_then(|matrix| matrix.get_document(spec.name).ok());
        if let (Bson::Document(flags), Some(kept)) = (&mut flags, kept) {
            flags.extend(kept.clone());
        }
        (spec.name.to_owned(), bson_to_json(&flags))
    };
    Reply::ok(Value::Object(NOTIFICATION_MATRIX.iter().map(row).collect()))
}
