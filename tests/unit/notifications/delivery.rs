//! How events become notifications: once each, like ones together, and never without bound.

use super::world::{Happening, World};
use crate::db::{Author, Draft};
use crate::errors::Result;
use crate::models::{
    Department, EventKind, NOTIFICATION_MATRIX, Relation, Ticket, User, Visibility, matrix_default,
};
use crate::permissions::Role;
use crate::services::notifications::on_event;
use crate::transaction;
use bson::doc;
use std::time::Duration;

#[tokio::test]
async fn like_events_within_a_minute_are_one_notification_until_it_is_read() {
    let world = World::new().await;
    let requester = world.user(Role::Client, |draft| draft).await;
    let ticket = world.ticket(&requester, |draft| draft).await;
    let message = Happening::message(Visibility::Public);
    world.happens(&ticket, &message).await;
    world.clock.advance(Duration::from_secs(59));
    let second = world.happens(&ticket, &message).await;
    let all = world.notifications().await;
    assert_eq!((all.len(), all[0].count, all[0].event_id, all[0].version), (1, 2, second.id, 2));
    assert!(!all[0].title.contains("secret"), "{}", all[0].title);

    world.happens(&ticket, &Happening::of(EventKind::StatusChanged)).await;
    assert_eq!(world.notifications().await.len(), 2, "another kind of event");
    let other = world.ticket(&requester, |draft| draft).await;
    world.happens(&other, &message).await;
    assert_eq!(world.notifications().await.len(), 3, "another ticket");
    world.clock.advance(Duration::from_secs(2));
    world.happens(&ticket, &message).await;
    assert_eq!(world.notifications().await.len(), 4, "a minute after the first");

    let read = world.db.for_migrations().collection::<bson::Document>("notifications");
    let company = doc! { "company_id": { "$eq": world.scope.company() } };
    read.update_many(company, doc! { "$set": { "is_read": true } }).await.expect("read");
    world.happens(&ticket, &message).await;
    assert_eq!(world.notifications().await.len(), 5, "what was read does not count on");
    world.end().await;
}

#[tokio::test]
async fn an_event_told_twice_makes_one_notification() {
    let world = World::new().await;
    let requester = world.user(Role::Client, |draft| draft).await;
    let ticket = world.ticket(&requester, |draft| draft).await;
    let event = world.happens(&ticket, &Happening::message(Visibility::Public)).await;
    let again: Result<()> = async {
        transaction!(&world.db, Author::default(), |tx| {
            on_event(&mut tx, &world.scope, None, &ticket, &event, None).await
        })
    }
    .await;
    again.expect("again");
    let all = world.notifications().await;
    assert_eq!((all.len(), all[0].count), (1, 1));
    world.end().await;
}

#[tokio::test]
async fn no_more_than_five_hundred_are_told_of_one_event() {
    let world = World::new().await;
    let home = world.insert(|| Draft::new().set(Department::name(), "home")).await;
    let requester = world.user(Role::Client, |draft| draft).await;
    let many: Result<()> = async {
        transaction!(&world.db, Author::default(), |tx| {
            let person = |n: i32| {
                Draft::new()
                    .set(User::email(), format!("{n}@a.example"))
                    .set(User::name(), "staff")
                    .set(User::role(), Role::ContentWriter)
                    .set(User::department_ids(), vec![home.id])
            };
            tx.within::<User>(&world.scope).insert_many((0..600).map(person).collect()).await
        })
    }
    .await;
    many.expect("staff");
    let ticket = world.ticket(&requester, |draft| draft.set(Ticket::department_id(), home.id)).await;
    let told = world.told(&ticket, Happening::message(Visibility::Public)).await;
    assert_eq!(told.len(), 500);
    assert!(told.contains(&requester.id), "those whom the ticket names come first");
    world.end().await;
}

#[test]
fn the_documented_matrix_is_the_one_in_force() {
    let page = include_str!("../../../docs/notifications.md");
    for row in NOTIFICATION_MATRIX {
        let cell = |relation| {
            if matrix_default(crate::models::NOTIFICATION_MATRIX, row.name, relation) { "yes" } else { "no" }
        };
        let cells: Vec<_> = Relation::ALL.iter().map(|relation| cell(*relation)).collect();
        let line = format!("| `{}` | {} | {} |", row.name, row.doc, cells.join(" | "));
        assert!(page.contains(&line), "docs/notifications.md lacks: {line}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `") && line.matches('|').count() == 6).count();
    assert_eq!(rows, NOTIFICATION_MATRIX.len(), "rows that do not exist");
}
