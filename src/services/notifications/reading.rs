//! What people do with their notifications: count the unread, mark one or all as read.

use crate::db::{Db, Draft, Expr, Filter, Op, Patch};
use crate::engine::audit::{self, Act};
use crate::engine::{self, COUNT_CAP, Rules, WriteRequest, Writing};
use crate::errors::{AppError, Code, Result};
use crate::models::Notification;
use crate::permissions::{NotificationsRead, NotificationsUpdate, Permit};
use crate::transaction;
use crate::web::Reply;
use bson::Bson;
use serde_json::{Value, json};

/// Most notifications that one transaction marks.
const BATCH: i64 = 500;

impl Rules for Notification {
    // Only the update is served. The other two are refused below, whoever might serve them one day.
    type Create = NotificationsUpdate;
    type Update = NotificationsUpdate;
    type Delete = NotificationsUpdate;

    async fn before_create(_: &mut Writing<'_>, _: &mut Draft<Self>) -> Result<()> {
        Err(AppError::problem(Code::Forbidden, "Notifications come from events only."))
    }

    async fn before_update(cx: &mut Writing<'_>, _: &Self, patch: &mut Patch<Self>) -> Result<()> {
        if let Some(read) = patch.get(Self::is_read()).and_then(Bson::as_bool) {
            patch.put(Self::read_at(), read.then(|| cx.tx.now()));
        }
        Ok(())
    }

    async fn before_delete(_: &mut Writing<'_>, _: &Self) -> Result<()> {
        Err(AppError::problem(Code::Forbidden, "Notifications go by themselves when they are old."))
    }
}

/// Number of the caller's unread notifications, from the index, as `{count, exact}`.
pub async fn unread_count(db: &Db, permit: &Permit<NotificationsRead>) -> Result<Reply> {
    let unread = Filter::eq(Notification::is_read(), false).into_expr();
    let count = db.of(permit).count(&unread, COUNT_CAP + 1, Some("notification_unread")).await?;
    Ok(Reply::ok(json!({ "count": count.min(COUNT_CAP), "exact": count <= COUNT_CAP })))
}

/// Marks one notification as read; once more changes nothing.
pub async fn mark_read(
    db: &Db,
    permit: &Permit<NotificationsUpdate>,
    id: &str,
    mut request: WriteRequest,
) -> Result<Reply> {
    request.body.insert("is_read".to_owned(), Value::Bool(true));
    engine::update::<Notification>(db, permit, id, &request).await
}

/// Marks all notifications of the caller as read that there are now, and tells how many as `{updated}`.
pub async fn mark_all_read(db: &Db, permit: &Permit<NotificationsUpdate>) -> Result<Reply> {
    let until = db.clock().now();
    let unread = Filter::eq(Notification::is_read(), false).and(Expr::cmp("created_at", Op::Lte, until));
    let mut updated = 0;
    loop {
        let ids = db.of(permit).ids(&unread.clone().into_expr(), BATCH).await?;
        if ids.is_empty() {
            return Ok(Reply::ok(json!({ "updated": updated })));
        }
        updated += transaction!(db, permit.actor().author(), |tx| {
            let now = tx.now();
            let patch = Patch::new().set(Notification::is_read(), true).set(Notification::read_at(), now);
            let these = Filter::ids(ids.iter().copied()).and(unread.clone());
            let marked = tx.of(permit).update_many(these, patch, true).await?;
            let action = "notifications.read_all";
            let act = Act { action, resource: "notifications", id: None, changes: Vec::new(), version: None };
            audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await?;
            Ok(marked)
        })?;
    }
}
