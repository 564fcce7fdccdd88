//! Attacks on one operation: ids of B in the path, in the body, in bulk, in headers, and keys that B used.

use super::matrix::{Duel, ONLY_IN_B, Stage};
use crate::world::{
    Principal, Shot, body_of, is_bulk, own_ids, params_of, put, references_of, settable, with_params,
};
use bson::{Document, oid::ObjectId};
use http::Method;
use serde_json::{Value, json};
use stoa::permissions::{Guard, Role};
use stoa::web::{BodyDoc, Operation};

/// Segments that cannot be ids; each is answered like an id that does not exist.
const MALFORMED: &[&str] =
    &["not-an-id", "zzzzzzzzzzzzzzzzzzzzzzzz", "%ff%fe", "%00%00%00", "%24ne", "%2e%2e%2fusers"];

/// All duels of an operation but those by header.
pub async fn on(stage: &Stage, operation: &Operation) -> Vec<Duel> {
    let mut duels = by_path(stage, operation).await;
    duels.extend(by_reference(stage, operation).await);
    if is_bulk(operation) {
        duels.extend(by_bulk(stage, operation).await);
    }
    duels
}

/// A principal whose session the operation may end.
async fn safe(stage: &Stage, operation: &Operation, principal: &Principal) -> Principal {
    match operation.guard {
        Guard::SignedIn if operation.method != Method::GET => {
            principal.disposable(&stage.world, &stage.a).await
        }
        _ => principal.clone(),
    }
}

async fn by_path(stage: &Stage, operation: &Operation) -> Vec<Duel> {
    let params = params_of(operation);
    if params.is_empty() {
        return Vec::new();
    }
    let mut duels = Vec::new();
    // Those who are refused everywhere are the business of another test.
    for principal in stage.outsiders(operation).filter(|principal| principal.role.is_some()) {
        let body = body_of(operation, &stage.a, stage.world.number(), &[], settable(operation, principal));
        let shoot =
            |values: &[String]| Shot::new(&operation.method, with_params(operation, values), body.clone());
        // Every non-empty choice of parameters that name B; the others name A.
        for choice in 1..(1_u32 << params.len()) {
            let (mut foreign, mut missing) = (Vec::new(), Vec::new());
            for (at, (_, resource)) in params.iter().enumerate() {
                let chosen = choice & (1 << at) != 0;
                let own = stage.a.id(resource).to_hex();
                foreign.push(if chosen { stage.b.id(resource).to_hex() } else { own.clone() });
                missing.push(if chosen { ObjectId::new().to_hex() } else { own });
            }
            let chief = principal.name == "company_admin";
            let conditions: &[Option<(&str, &str)>] = match (&operation.method, chief) {
                (_, false) => &[None],
                (&Method::GET, true) => {
                    &[None, Some(("if-none-match", "\"1.all\"")), Some(("if-none-match", "*"))]
                }
                (_, true) => &[
                    None,
                    Some(("if-match", "\"1\"")),
                    Some(("if-match", "\"99\"")),
                    Some(("if-match", "*")),
                ],
            };
            for condition in conditions {
                let add = |shot: Shot| match condition {
                    Some((name, value)) => {
                        shot.with(if *name == "if-match" { "if-match" } else { "if-none-match" }, *value)
                    }
                    None => shot,
                };
                duels.push(Duel {
                    kind: if condition.is_some() { "precondition on path id" } else { "path id" },
                    principal: safe(stage, operation, principal).await,
                    foreign: (add(shoot(&foreign)), foreign.clone()),
                    missing: (add(shoot(&missing)), missing.clone()),
                    refused: true,
                });
            }
        }
        if principal.name == "company_admin" {
            let met = |shot: Shot| if shot.method == Method::GET { shot } else { shot.with("if-match", "*") };
            let missing: Vec<String> = params.iter().map(|_| ObjectId::new().to_hex()).collect();
            for malformed in MALFORMED {
                let values: Vec<String> = params.iter().map(|_| (*malformed).to_owned()).collect();
                duels.push(Duel {
                    kind: "malformed path id",
                    principal: safe(stage, operation, principal).await,
                    foreign: (met(shoot(&values)), values.clone()),
                    missing: (met(shoot(&missing)), missing.clone()),
                    refused: true,
                });
            }
        }
    }
    duels
}

async fn by_reference(stage: &Stage, operation: &Operation) -> Vec<Duel> {
    let mut duels = Vec::new();
    let company = matches!(operation.guard, Guard::Permission(_) | Guard::SignedIn)
        && !matches!(operation.doc.body, BodyDoc::None);
    let mut places: Vec<_> = references_of(operation);
    if company {
        places.push((vec!["company_id"], "companies", false));
    }
    for (path, resource, list) in places {
        for principal in stage.chief() {
            let principal = safe(stage, operation, principal).await;
            let may = settable(operation, &principal);
            let ids = match is_bulk(operation) {
                true => vec![stage.world.fresh(&stage.a, operation.resource, Document::new()).await],
                false => Vec::new(),
            };
            let body = body_of(operation, &stage.a, stage.world.number(), &ids, |name| may(name));
            let url = with_params(operation, &own_ids(&stage.world, &stage.a, operation, &principal).await);
            let shoot = |id: &str| {
                let mut body = body.clone().unwrap_or_else(|| json!({}));
                put(&mut body, &path, list, id);
                Shot::new(&operation.method, url.clone(), Some(body))
            };
            let (foreign, missing) = (stage.b.id(resource).to_hex(), ObjectId::new().to_hex());
            duels.push(Duel {
                kind: if resource == "companies" { "company_id in body" } else { "body reference" },
                principal,
                foreign: (shoot(&foreign), vec![foreign]),
                missing: (shoot(&missing), vec![missing]),
                // A bulk call that is not all-or-none answers 200 and tells the refusal of each record.
                refused: !is_bulk(operation),
            });
        }
    }
    duels
}

async fn by_bulk(stage: &Stage, operation: &Operation) -> Vec<Duel> {
    let mut duels = Vec::new();
    let resource = operation.resource;
    let atomics: &[bool] = if matches!(operation.doc.body, BodyDoc::Fields(_) | BodyDoc::FormOrFields(_)) {
        &[false]
    } else {
        &[false, true]
    };
    for principal in stage.chief() {
        for atomic in atomics {
            for mixed in [false, true] {
                let number = stage.world.number();
                let mut sides = Vec::new();
                for id in [stage.b.id(resource), ObjectId::new()] {
                    let mut ids = vec![id];
                    if mixed {
                        ids.insert(0, stage.world.fresh(&stage.a, resource, Document::new()).await);
                    }
                    let mut body = body_of(operation, &stage.a, number, &ids, settable(operation, principal));
                    if let (true, Some(body)) = (*atomic, &mut body) {
                        body["atomic"] = json!(true);
                    }
                    let told = ids.iter().map(|id| id.to_hex()).collect::<Vec<_>>();
                    sides.push((Shot::new(&operation.method, operation.path.clone(), body), told));
                }
                let (missing, foreign) = (sides.pop().expect("two"), sides.pop().expect("two"));
                let kind = "bulk";
                duels.push(Duel { kind, principal: principal.clone(), foreign, missing, refused: false });
            }
        }
    }
    duels
}

/// `X-Company-Id: B`, which only selects among rights that the caller has.
pub fn by_header(stage: &Stage, operation: &Operation) -> Vec<Duel> {
    if matches!(operation.guard, Guard::Public) {
        return Vec::new();
    }
    let values: Vec<String> = params_of(operation).iter().map(|(_, of)| stage.a.id(of).to_hex()).collect();
    let path = with_params(operation, &values);
    let seconds = ["content_writer_2", "client_2"];
    let of_a = |principal: &&Principal| {
        principal.role.is_some_and(|role| role != Role::Superadmin) && !seconds.contains(&principal.name)
    };
    stage
        .cast
        .iter()
        .filter(of_a)
        .map(|principal| {
            let body = body_of(operation, &stage.a, 1, &[], |_| true);
            let shot =
                |id: &str| Shot::new(&operation.method, path.clone(), body.clone()).with("x-company-id", id);
            let (foreign, missing) = (stage.b.tenant.id.to_hex(), ObjectId::new().to_hex());
            Duel {
                kind: "X-Company-Id",
                principal: principal.clone(),
                foreign: (shot(&foreign), vec![foreign]),
                missing: (shot(&missing), vec![missing]),
                refused: true,
            }
        })
        .collect()
}

/// A value that is unique within B is free in A.
pub async fn collide(stage: &Stage, operation: &Operation) {
    if !matches!(operation.doc.body, BodyDoc::New) || !params_of(operation).is_empty() {
        return;
    }
    let keys = super::matrix::text_keys(operation.resource);
    let admin = &stage.cast[1];
    let body = body_of(operation, &stage.a, stage.world.number(), &[], settable(operation, admin));
    let mut body = body.unwrap_or_else(|| json!({}));
    let mut tried = 0;
    for key in keys.iter().filter(|key| !key.ends_with("_fold")) {
        if body.get(key).is_some() {
            body[key] = json!(ONLY_IN_B);
            tried += 1;
        }
    }
    if tried > 0 {
        let label = format!("{} with a value that is unique in B", operation.id);
        let answer =
            stage.fire(&label, admin, &Shot::new(&Method::POST, operation.path.clone(), Some(body))).await;
        stage.journal.cell("unique value of B");
        if answer.status != 201 {
            stage.journal.fail(format!("{label}: {} {}", answer.status, answer.text()));
        }
    }
}

/// An idempotency key that another company used finds nothing.
pub async fn repeat(stage: &Stage, operation: &Operation) {
    if !matches!(operation.doc.body, BodyDoc::New) || !params_of(operation).is_empty() {
        return;
    }
    let number = stage.world.number();
    let key = format!("key-{number}");
    let theirs = Principal::of(&stage.world, "other admin", &stage.c.tenant.admin, None).await;
    let ours = &stage.cast[1];
    for (principal, place) in [(&theirs, &stage.c), (ours, &stage.a)] {
        let mut body =
            body_of(operation, place, number, &[], settable(operation, ours)).unwrap_or_else(|| json!({}));
        // The same body in both: references would differ, and the other company's are refused.
        if let Value::Object(members) = &mut body {
            members.retain(|name, _| {
                !references_of(operation).iter().any(|(path, ..)| path.contains(&name.as_str()))
            });
            for (name, value) in members.iter_mut().filter(|(_, value)| value.is_string()) {
                if super::matrix::text_keys(operation.resource).contains(name) {
                    *value = json!(format!("same in both {number}"));
                }
            }
        }
        let shot =
            Shot::new(&Method::POST, operation.path.clone(), Some(body)).with("idempotency-key", &*key);
        let answer = stage.fire(&operation.id, principal, &shot).await;
        stage.journal.cell("idempotency key across companies");
        let told = answer.json();
        let foreign = told["company_id"].as_str().is_some_and(|id| id != place.tenant.id.to_hex());
        if !answer.header("idempotency-replayed").is_empty()
            || foreign
            || told["code"] == "idempotency_mismatch"
        {
            stage.journal.fail(format!("{}: another company's key was found: {told}", operation.id));
        }
    }
}
