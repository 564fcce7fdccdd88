//! Roles as a lattice: whatever people of a company do to one another, nobody rises above it, nobody leaves it, and it
//! keeps an administrator.

use super::generate::{draw, runner};
use crate::support::{Tenant, TestApp};
use bson::{Document, doc, oid::ObjectId};
use futures::TryStreamExt;
use futures::future::join_all;
use proptest::prelude::*;
use serde_json::{Value, json};
use stoa::permissions::Role;

/// Something that one person tries with another; numbers are taken modulo the number of people.
#[derive(Clone, Debug)]
struct Attempt {
    /// The actor is one of the administrators: what others try is mostly refused.
    by_admin: bool,
    actor: usize,
    target: usize,
    act: Act,
}

#[derive(Clone, Debug)]
enum Act {
    SetRole(Role),
    Disable,
    Enable,
    Delete,
    Restore,
    Revoke,
    Add(Role),
    Change(&'static str, Value),
}

fn attempts() -> impl Strategy<Value = Attempt> {
    let role = || prop::sample::select(Role::ALL.to_vec());
    let change = prop::sample::select(vec![
        ("role", json!("superadmin")),
        ("role", json!("company_admin")),
        ("company_id", json!(ObjectId::new().to_hex())),
        ("company_id", Value::Null),
        ("status", json!("active")),
        ("epoch", json!(0)),
        ("email", json!("other@other.example")),
        ("name", json!("Changed")),
        ("department_ids", json!([])),
    ]);
    let act = prop_oneof![
        5 => role().prop_map(Act::SetRole),
        3 => Just(Act::Disable),
        2 => Just(Act::Enable),
        2 => Just(Act::Delete),
        2 => Just(Act::Restore),
        1 => Just(Act::Revoke),
        2 => role().prop_map(Act::Add),
        2 => change.prop_map(|(name, value)| Act::Change(name, value)),
    ];
    (any::<bool>(), any::<usize>(), any::<usize>(), act).prop_map(|(by_admin, actor, target, act)| Attempt {
        by_admin,
        actor,
        target,
        act,
    })
}

async fn people(app: &TestApp, company: ObjectId) -> Vec<Document> {
    let users = app.raw.collection::<Document>("users");
    let found = users.find(doc! { "company_id": company }).sort(doc! { "_id": 1 }).await.unwrap();
    found.try_collect().await.unwrap()
}

/// Whether the person may log in.
fn active(user: &Document) -> bool {
    user.get_str("status").is_ok_and(|status| status == "active")
        && user.get("deleted_at") == Some(&bson::Bson::Null)
}

fn is_admin(user: &Document) -> bool {
    user.get_str("role").is_ok_and(|role| role == "company_admin")
}

async fn carry_out(app: &TestApp, everyone: &[Document], attempt: &Attempt, number: usize) -> u16 {
    let able: Vec<&Document> =
        everyone.iter().filter(|user| !attempt.by_admin || (active(user) && is_admin(user))).collect();
    let actor = able[attempt.actor % able.len()];
    let target = everyone[attempt.target % everyone.len()].get_object_id("_id").unwrap();
    let whose = doc! { "user_id": actor.get_object_id("_id").unwrap() };
    let Some(ask) = app.ask_by_session(whose).await else { return 401 };
    let path = format!("/api/users/{target}");
    let answer = match &attempt.act {
        Act::SetRole(role) => ask.post(&format!("{path}/set_role"), json!({ "role": role })).await,
        Act::Disable => ask.post(&format!("{path}/disable"), json!({})).await,
        Act::Enable => ask.post(&format!("{path}/enable"), json!({})).await,
        Act::Delete => ask.delete(&path).await,
        Act::Restore => ask.post(&format!("{path}/restore"), json!({})).await,
        Act::Revoke => ask.post(&format!("{path}/revoke_sessions"), json!({})).await,
        Act::Add(role) => {
            let email = format!("added-{number}@a.example");
            ask.post("/api/users", json!({ "email": email, "name": "Added", "role": role })).await
        }
        Act::Change(name, value) => ask.patch(&path, json!({ *name: value.clone() })).await,
    };
    assert!(!answer.status.is_server_error(), "{attempt:?}: {}", answer.text());
    answer.status.as_u16()
}

/// What must hold after every step.
async fn check(app: &TestApp, a: &Tenant, others: &[Document], label: &str) {
    let everyone = people(app, a.id).await;
    let admins = everyone.iter().filter(|user| active(user) && is_admin(user)).count();
    assert!(admins >= 1, "{label}: no active administrator is left");
    assert!(
        everyone.iter().all(|user| user.get_str("role").is_ok_and(|role| role != "superadmin")),
        "{label}: someone rose too high"
    );
    let companies = app.raw.collection::<Document>("companies");
    let company = companies.find_one(doc! { "_id": a.id }).await.unwrap().unwrap();
    assert_eq!(
        company.get_i64("active_admins").unwrap(),
        admins as i64,
        "{label}: the count of administrators is wrong"
    );
    let users = app.raw.collection::<Document>("users");
    let outside = doc! { "company_id": { "$ne": a.id } };
    let outside: Vec<Document> =
        users.find(outside).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap();
    assert_eq!(outside, others, "{label}: someone outside of the company changed, or left it");
    let sessions: Vec<Document> = app
        .raw
        .collection::<Document>("sessions")
        .find(doc! { "user_company_id": a.id })
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    for session in sessions {
        let user = everyone
            .iter()
            .find(|user| user.get("_id") == session.get("user_id"))
            .expect("a session's person");
        assert!(active(user), "{label}: a session of someone who may not log in");
        assert_eq!(
            session.get("role"),
            user.get("role"),
            "{label}: a session with other rights than its person"
        );
    }
}

async fn walk(steps: usize, at_once: usize) {
    let app = TestApp::start().await;
    let (a, _b) = (app.tenant("a").await, app.tenant("b").await);
    app.superadmin().await;
    a.person(&app, Role::CompanyAdmin).await;
    a.person(&app, Role::ContentManager).await;
    let companies = app.raw.collection::<Document>("companies");
    companies.update_one(doc! { "_id": a.id }, doc! { "$set": { "active_admins": 2_i64 } }).await.unwrap();
    let users = app.raw.collection::<Document>("users");
    let outside = users.find(doc! { "company_id": { "$ne": a.id } }).sort(doc! { "_id": 1 }).await.unwrap();
    let others: Vec<Document> = outside.try_collect().await.unwrap();
    let (mut runner, attempts) = (runner(), attempts());
    let (mut done, mut history) = (0, Vec::new());
    for step in 0..steps {
        let everyone = people(&app, a.id).await;
        let tries: Vec<Attempt> = (0..at_once).map(|_| draw(&mut runner, &attempts)).collect();
        let number = |at: usize| step * at_once + at;
        let all = tries.iter().enumerate().map(|(at, one)| carry_out(&app, &everyone, one, number(at)));
        let statuses = join_all(all).await;
        done += statuses.iter().filter(|status| **status < 300).count();
        history.push(format!("{tries:?} -> {statuses:?}"));
        check(&app, &a, &others, &history[history.len().saturating_sub(4)..].join("\n")).await;
        revive(&app, &a).await;
    }
    eprintln!("{done} attempts accepted");
    assert!(done * 10 > steps, "only {done} attempts in {steps} steps were accepted: the walk proves little");
    app.finish().await;
}

/// Sessions end on the way; whoever is active and has none logs in again, so that the walk goes on.
async fn revive(app: &TestApp, a: &Tenant) {
    let sessions = app.raw.collection::<Document>("sessions");
    let with_session = sessions.distinct("user_id", doc! { "user_company_id": a.id }).await.unwrap();
    let everyone = people(app, a.id).await;
    let without = everyone.iter().filter(|user| active(user) && !with_session.contains(&user["_id"]));
    let now = bson::DateTime::now();
    let later = bson::DateTime::from_millis(now.timestamp_millis() + 86_400_000);
    for user in without {
        let session = doc! {
            "_id": ObjectId::new(), "user_id": user["_id"].clone(), "user_name": user["name"].clone(),
            "user_company_id": a.id, "role": user["role"].clone(), "department_ids": [],
            "ticket_scope": "department", "epoch": user["epoch"].clone(), "must_change_password": false,
            "amr": ["pwd"], "auth_time": now, "created_at": now, "last_seen_at": now, "expires_at": later,
            "idle_expires_at": later, "ip": null, "user_agent": null,
        };
        sessions.insert_one(session).await.unwrap();
    }
}

#[tokio::test]
async fn one_after_another_nobody_rises_leaves_or_orphans_the_company() {
    walk(150, 1).await;
}

#[tokio::test]
async fn all_at_once_nobody_rises_leaves_or_orphans_the_company() {
    walk(20, 8).await;
}
