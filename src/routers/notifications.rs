//! Notifications: list, unread count, marking as read, and each person's preferences.

use crate::app::App;
use crate::engine::{self, WriteRequest};
use crate::errors::{Code, Result};
use crate::models::{EMAIL_MATRIX, NOTIFICATION_MATRIX, Notification};
use crate::permissions::{Authorized, NotificationsRead, NotificationsUpdate};
use crate::schema::FieldSpec;
use crate::services::notification_preferences::Channel;
use crate::services::{notification_preferences, notifications};
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, reads};
use axum::extract::State;

const COUNT: &[FieldSpec] = &[
    FieldSpec::int(0, i64::MAX).named("count", "Unread notifications, counted up to 10000."),
    FieldSpec::flag(true).named("exact", "Whether there are no more than that."),
];

const UPDATED: &[FieldSpec] =
    &[FieldSpec::int(0, i64::MAX).named("updated", "Notifications that were marked as read.")];

/// Routes of notifications and of the preferences for them.
pub fn routes() -> Routes {
    reads::<Notification>()
        .get(
            "/api/notifications/unread_count",
            "unread_count",
            Doc::new("Count one's unread notifications.").answer(AnswerDoc::Fields(COUNT)),
            unread_count,
        )
        .change(
            "/api/notifications/{id}",
            "update",
            Doc::new("Mark a notification as read or unread.").body(BodyDoc::Changes),
            update,
        )
        .post("/api/notifications/{id}/read", "read", Doc::new("Mark a notification as read."), mark_read)
        .post(
            "/api/notifications/read_all",
            "read_all",
            Doc::new("Mark all one's notifications as read.").answer(AnswerDoc::Fields(UPDATED)),
            mark_all_read,
        )
        .merge(preferences())
        .merge(email_preferences())
}

fn preferences() -> Routes {
    let path = "/api/notification_preferences";
    let show = Doc::new("What one is notified of, by event and relation to the ticket.")
        .answer(AnswerDoc::Fields(NOTIFICATION_MATRIX))
        .codes(&[Code::NotFound]);
    let replace = Doc::new("Choose what to be notified of; what is left out gets its default.")
        .body(BodyDoc::Fields(NOTIFICATION_MATRIX))
        .answer(AnswerDoc::Fields(NOTIFICATION_MATRIX))
        .codes(&[Code::NotFound]);
    Routes::of("notification_preferences").get(path, "show", show, show_preferences).on(
        http::Method::PUT,
        path,
        "replace",
        replace,
        replace_preferences,
    )
}

fn email_preferences() -> Routes {
    let path = "/api/email_preferences";
    let show = Doc::new("What one is told by mail, by event and relation to the ticket.")
        .answer(AnswerDoc::Fields(EMAIL_MATRIX))
        .codes(&[Code::NotFound]);
    let replace = Doc::new("Choose what to be told by mail; what is left out gets its default.")
        .body(BodyDoc::Fields(EMAIL_MATRIX))
        .answer(AnswerDoc::Fields(EMAIL_MATRIX))
        .codes(&[Code::NotFound]);
    let method = http::Method::PUT;
    Routes::of("email_preferences").get(path, "show", show, show_email).on(
        method,
        path,
        "replace",
        replace,
        replace_email,
    )
}

async fn unread_count(
    Authorized(permit): Authorized<NotificationsRead>,
    State(app): State<App>,
) -> Result<Reply> {
    notifications::unread_count(app.db(), &permit).await
}

async fn update(
    Authorized(permit): Authorized<NotificationsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::update::<Notification>(app.db(), &permit, &id, &request).await
}

async fn mark_read(
    Authorized(permit): Authorized<NotificationsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    notifications::mark_read(app.db(), &permit, &id, request).await
}

async fn mark_all_read(
    Authorized(permit): Authorized<NotificationsUpdate>,
    State(app): State<App>,
    Write(WriteRequest { .. }): Write,
) -> Result<Reply> {
    notifications::mark_all_read(app.db(), &permit).await
}

async fn show_preferences(
    Authorized(permit): Authorized<NotificationsRead>,
    State(app): State<App>,
) -> Result<Reply> {
    notification_preferences::show(app.db(), &permit, Channel::InApp).await
}

async fn replace_preferences(
    Authorized(permit): Authorized<NotificationsUpdate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    notification_preferences::replace(app.db(), &permit, Channel::InApp, &request.body).await
}

async fn show_email(
    Authorized(permit): Authorized<NotificationsRead>,
    State(app): State<App>,
) -> Result<Reply> {
    notification_preferences::show(app.db(), &permit, Channel::Email).await
}

async fn replace_email(
    Authorized(permit): Authorized<NotificationsUpdate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    notification_preferences::replace(app.db(), &permit, Channel::Email, &request.body).await
}
