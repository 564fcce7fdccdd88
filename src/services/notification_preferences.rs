//! A person's own choice of what to be notified of.

use crate::db::{Db, Expr, Field, Patch};
use crate::engine::audit::{self, Act};
use crate::engine::changes;
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EMAIL_MATRIX, NOTIFICATION_MATRIX, User};
use crate::permissions::{NotificationsRead, NotificationsUpdate, Permit};
use crate::schema::{FieldSpec, bson_to_json, parse_value};
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, Document};
use serde_json::{Map, Value};

/// By which way people are told.
#[derive(Clone, Copy, Debug)]
pub enum Channel {
    /// In the dashboard.
    InApp,
    /// By mail.
    Email,
}

impl Channel {
    fn matrix(self) -> &'static [FieldSpec] {
        match self {
            Self::InApp => NOTIFICATION_MATRIX,
            Self::Email => EMAIL_MATRIX,
        }
    }

    fn field(self) -> Field<User> {
        match self {
            Self::InApp => User::notification_preferences(),
            Self::Email => User::email_preferences(),
        }
    }
}

/// The caller's matrix: what was chosen, and the defaults where nothing was.
pub async fn show(db: &Db, permit: &Permit<NotificationsRead>, channel: Channel) -> Result<Reply> {
    let user = db.within::<User>(permit.scope()).get(permit.actor().user_id()).await?;
    let chosen = match channel {
        Channel::InApp => user.notification_preferences,
        Channel::Email => user.email_preferences,
    };
    Ok(answer(channel.matrix(), chosen.as_ref()))
}

/// Takes over the caller's matrix; rows and members left out get their defaults.
pub async fn replace(
    db: &Db,
    permit: &Permit<NotificationsUpdate>,
    channel: Channel,
    body: &Map<String, Value>,
) -> Result<Reply> {
    let matrix = parse(channel.matrix(), body)?;
    let id = permit.actor().user_id();
    transaction!(db, permit.actor().author(), |tx| {
        let wanted = Expr::eq("_id", id);
        let before = tx.within::<User>(permit.scope()).document(&wanted).await?;
        let before = before.ok_or_else(AppError::not_found)?;
        let patch = Patch::new().set(channel.field(), matrix.clone());
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
        Ok(answer(channel.matrix(), Some(&matrix)))
    })
}

fn parse(rows: &[FieldSpec], body: &Map<String, Value>) -> Result<Document> {
    let mut errors = FieldErrors::default();
    for name in body.keys().filter(|name| !rows.iter().any(|row| row.name == name.as_str())) {
        errors.add(name, Code::UnknownField, "There is no such event.");
    }
    let mut matrix = Document::new();
    for row in rows {
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
fn answer(rows: &[FieldSpec], chosen: Option<&Document>) -> Reply {
    let row = |spec: &FieldSpec| {
        let mut flags = spec.initial();
        let kept = chosen.and_then(|matrix| matrix.get_document(spec.name).ok());
        if let (Bson::Document(flags), Some(kept)) = (&mut flags, kept) {
            flags.extend(kept.clone());
        }
        (spec.name.to_owned(), bson_to_json(&flags))
    };
    Reply::ok(Value::Object(rows.iter().map(row).collect()))
}
