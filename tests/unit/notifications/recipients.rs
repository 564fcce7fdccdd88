//! Who is told of an event, and who is not.

use super::world::{Happening, World};
use crate::db::Draft;
use crate::models::{Department, EventKind, Ticket, TicketScope, User, UserStatus, Visibility};
use crate::permissions::Role;
use bson::{doc, oid::ObjectId};

fn sorted<const N: usize>(users: [&User; N]) -> Vec<ObjectId> {
    let mut ids: Vec<_> = users.iter().map(|user| user.id).collect();
    ids.sort();
    ids
}

fn plain(draft: Draft<User>) -> Draft<User> {
    draft
}

#[tokio::test]
async fn those_whom_it_concerns_are_told_but_not_who_did_it() {
    let world = World::new().await;
    let requester = world.user(Role::Client, plain).await;
    let copied = world.user(Role::Client, plain).await;
    let assignee = world.user(Role::ContentWriter, plain).await;
    let follower = world.user(Role::ContentManager, plain).await;
    let muting = world.user(Role::ContentManager, plain).await;
    let disabled =
        world.user(Role::ContentManager, |draft| draft.set(User::status(), UserStatus::Disabled)).await;
    world.user(Role::CompanyAdmin, plain).await;
    let ticket = world
        .ticket(&requester, |draft| {
            draft
                .set(Ticket::cc_ids(), vec![copied.id])
                .set(Ticket::assignee_id(), assignee.id)
                .set(Ticket::follower_ids(), vec![follower.id, muting.id, disabled.id])
                .set(Ticket::muted_ids(), vec![muting.id])
        })
        .await;
    let told = world.told(&ticket, Happening::message(Visibility::Public).by(&assignee)).await;
    assert_eq!(told, sorted([&requester, &copied, &follower]));
    let told = world.told(&ticket, Happening::message(Visibility::Public).by(&requester)).await;
    assert_eq!(told, sorted([&copied, &assignee, &follower]));
    let told = world.told(&ticket, Happening::of(EventKind::Updated)).await;
    assert_eq!(told, [], "off by default");
    world.end().await;
}

#[tokio::test]
async fn clients_never_hear_of_what_is_private() {
    let world = World::new().await;
    let requester = world.user(Role::Client, plain).await;
    let copied = world.user(Role::Client, plain).await;
    let assignee = world.user(Role::ContentWriter, plain).await;
    let ticket = world
        .ticket(&requester, |draft| {
            draft
                .set(Ticket::cc_ids(), vec![copied.id])
                .set(Ticket::assignee_id(), assignee.id)
                .set(Ticket::follower_ids(), vec![requester.id])
        })
        .await;
    let note =
        Happening { mentions: vec![requester.id, copied.id], ..Happening::message(Visibility::Private) };
    assert_eq!(world.told(&ticket, note).await, sorted([&assignee]));
    // Each part alone keeps it private.
    let half = Happening { visibility: Visibility::Public, ..Happening::message(Visibility::Private) };
    assert_eq!(world.told(&ticket, half).await, sorted([&assignee]));
    let half = Happening { visibility: Visibility::Private, ..Happening::message(Visibility::Public) };
    assert_eq!(world.told(&ticket, half).await, sorted([&assignee]));
    let event = Happening { visibility: Visibility::Private, ..Happening::of(EventKind::Assigned) };
    assert_eq!(world.told(&ticket, event).await, sorted([&assignee]));
    world.end().await;
}

#[tokio::test]
async fn who_may_not_see_the_ticket_any_more_is_not_told() {
    let world = World::new().await;
    let requester = world.user(Role::Client, plain).await;
    let stranger = world.user(Role::Client, plain).await;
    let home = world.insert(|| Draft::new().set(Department::name(), "home")).await;
    // Demoted to client since: a follower list still names the person, the permissions do not.
    let demoted = world.user(Role::Client, plain).await;
    let writer =
        world.user(Role::ContentWriter, |draft| draft.set(User::ticket_scope(), TicketScope::Own)).await;
    let ticket = world
        .ticket(&requester, |draft| {
            draft
                .set(Ticket::department_id(), home.id)
                .set(Ticket::follower_ids(), vec![demoted.id, writer.id])
        })
        .await;
    let mention =
        Happening { mentions: vec![stranger.id, writer.id], ..Happening::message(Visibility::Public) };
    assert_eq!(world.told(&ticket, mention).await, sorted([&requester, &writer]));
    let trashed = world.db.for_migrations().collection::<bson::Document>("tickets");
    trashed
        .update_one(
            doc! { "company_id": { "$eq": world.scope.company() }, "_id": ticket.id },
            doc! { "$set": { "deleted_at": bson::DateTime::now() } },
        )
        .await
        .expect("trash");
    assert_eq!(world.told(&ticket, Happening::message(Visibility::Public)).await, []);
    world.end().await;
}

#[tokio::test]
async fn a_waiting_ticket_calls_the_staff_of_its_department_only() {
    let world = World::new().await;
    let home = world.insert(|| Draft::new().set(Department::name(), "home")).await;
    let within = |draft: Draft<User>| draft.set(User::department_ids(), vec![home.id]);
    let requester = world.user(Role::Client, within).await;
    let (first, second) =
        (world.user(Role::ContentWriter, within).await, world.user(Role::ContentManager, within).await);
    let elsewhere = world.user(Role::ContentWriter, plain).await;
    world.user(Role::Client, within).await;
    let waiting = world.ticket(&requester, |draft| draft.set(Ticket::department_id(), home.id)).await;
    let told = world.told(&waiting, Happening::of(EventKind::Created).by(&requester)).await;
    assert_eq!(told, sorted([&first, &second]));
    let taken = world
        .ticket(&requester, |draft| {
            draft.set(Ticket::department_id(), home.id).set(Ticket::assignee_id(), elsewhere.id)
        })
        .await;
    let told = world.told(&taken, Happening::of(EventKind::Created).by(&requester)).await;
    assert_eq!(told, sorted([&elsewhere]));
    world.end().await;
}

#[tokio::test]
async fn preferences_overrule_the_defaults_row_by_row() {
    let world = World::new().await;
    let requester = world.user(Role::Client, plain).await;
    let choice = doc! {
        "message_added": { "mine": false, "followed": true, "unassigned_in_department": false },
        "ticket_updated": { "mine": true },
    };
    let picky = world
        .user(Role::ContentWriter, |draft| draft.set(User::notification_preferences(), choice.clone()))
        .await;
    let mine = world.ticket(&requester, |draft| draft.set(Ticket::assignee_id(), picky.id)).await;
    assert_eq!(world.told(&mine, Happening::message(Visibility::Public).by(&requester)).await, []);
    assert_eq!(world.told(&mine, Happening::of(EventKind::Updated).by(&requester)).await, sorted([&picky]));
    let status = Happening::of(EventKind::StatusChanged).by(&requester);
    assert_eq!(
        world.told(&mine, status).await,
        sorted([&picky]),
        "rows that were not chosen keep the default"
    );
    let followed = world
        .ticket(&requester, |draft| {
            draft.set(Ticket::assignee_id(), picky.id).set(Ticket::follower_ids(), vec![picky.id])
        })
        .await;
    let message = Happening::message(Visibility::Public).by(&requester);
    assert_eq!(world.told(&followed, message).await, sorted([&picky]), "one relation is enough");
    world.end().await;
}
