//! Attacks on lists: ids, filters, cursors, orders, dialects, trash and search that aim at B.

use super::matrix::{AT_ONCE, Stage};
use crate::world::{Principal, Shot, differences, info, params_of, resource_of_answer, with_params};
use bson::oid::ObjectId;
use futures::StreamExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use stoa::permissions::Role;
use stoa::schema::FieldSpec;
use stoa::web::Operation;

/// Who sweeps: the rows of the other roles are parts of theirs.
const SWEEPERS: &[&str] = &["company_admin", "content_writer", "client", "superadmin_acting"];

/// Queries about B beside those about nothing; the answers must be alike.
fn queries(
    stage: &Stage,
    resource: &'static str,
) -> Vec<(&'static str, String, String, Vec<String>, Vec<String>)> {
    let model = info(resource);
    let mut queries = Vec::new();
    let mut add = |kind, make: &dyn Fn(&str) -> String, of: &str| {
        let (foreign, missing) = (stage.b.id(of).to_hex(), ObjectId::new().to_hex());
        queries.push((kind, make(&foreign), make(&missing), vec![foreign], vec![missing]));
    };
    let filter = |value: Value| format!("filter={}", encode(&value.to_string()));
    add("ids", &|id| format!("ids={id}"), resource);
    add("ids beside own", &|id| format!("ids={},{id}", stage.a.id(own_record(resource))), resource);
    add("id filter", &|id| filter(json!({ "id": id })), resource);
    add("id filter", &|id| filter(json!({ "id_in": [id] })), resource);
    add("id filter", &|id| filter(json!({ "or": [{ "id": id }, { "id_eq": id }] })), resource);
    add("id filter", &|id| filter(json!({ "not": { "not": { "id": id } } })), resource);
    add("company filter", &|id| filter(json!({ "company_id": id })), "companies");
    add("company filter", &|id| filter(json!({ "or": [{ "company_id": id }] })), "companies");
    add("company parameter", &|id| format!("company_id={id}"), "companies");
    add("company parameter", &|id| format!("skip=0&company_id={id}"), "companies");
    add("operator filter", &|id| filter(json!({ "company_id": { "$eq": id } })), "companies");
    add("operator filter", &|id| filter(json!({ "id": { "$in": [id] } })), resource);
    add("dialect ids", &|id| format!("id={id}"), resource);
    add("dialect ids", &|id| filter(json!({ "id": [id] })), resource);
    for spec in model.fields.iter().filter(|spec| spec.filter) {
        if let Some(of) = spec.kind.reference() {
            add("reference filter", &|id| filter(json!({ spec.name: id })), of);
            add("reference filter", &|id| format!("skip=0&{}={id}", spec.name), of);
        }
    }
    queries
}

/// A resource of which A holds a record for sure.
fn own_record(resource: &'static str) -> &'static str {
    if resource == "audit_log" { "tags" } else { resource }
}

/// Queries whose answers must hold nothing of B. The words are the part of B's texts that is no secret.
fn sweeps(resource: &str) -> Vec<String> {
    let fields = info(resource).fields;
    let named = |wanted: &dyn Fn(&&FieldSpec) -> bool| -> Vec<&'static str> {
        fields.iter().filter(wanted).filter(|spec| spec.is_shown()).map(|spec| spec.name).collect()
    };
    let mut sweeps = vec![
        "per_page=1000&total=exact".to_owned(),
        "trash=true".to_owned(),
        "q=canary".to_owned(),
        "skip=0&limit=1000".to_owned(),
        "range=%5B0%2C999%5D&sort=%5B%22id%22%2C%22ASC%22%5D".to_owned(),
        "_start=0&_end=1000".to_owned(),
        "total=none&fields=id".to_owned(),
    ];
    for name in named(&|spec| spec.sort) {
        sweeps.push(format!("sort={name}"));
        sweeps.push(format!("sort=-{name}"));
    }
    for name in named(&|spec| spec.filter && spec.fold) {
        sweeps.push(format!("filter={}", encode(&json!({ format!("{name}_prefix"): "canary" }).to_string())));
        sweeps.push(format!("filter={}", encode(&json!({ format!("{name}_gte"): "canary" }).to_string())));
    }
    for name in named(&|spec| spec.filter && !spec.kind.is_list()) {
        sweeps.push(format!("filter={}", encode(&json!({ format!("{name}_isnull"): false }).to_string())));
    }
    sweeps
}

/// All attacks on a list.
pub async fn attack(stage: &Stage, operation: &Operation) {
    let Some(resource) = resource_of_answer(operation) else { return };
    let values: Vec<String> = params_of(operation).iter().map(|(_, of)| stage.a.id(of).to_hex()).collect();
    let path = with_params(operation, &values);
    let label = |principal: &Principal, query: &str| format!("GET {path}?{query} as {}", principal.name);
    let get = |query: &str| Shot::new(&operation.method, format!("{path}?{query}"), None);
    let outsiders: Vec<_> = stage.outsiders(operation).filter(|principal| principal.role.is_some()).collect();
    let seconds = ["content_writer_2", "client_2"];
    let mut tries: Vec<BoxFuture<'_, ()>> = Vec::new();
    for (kind, foreign, missing, foreign_ids, missing_ids) in queries(stage, resource) {
        for principal in outsiders.iter().filter(|one| !seconds.contains(&one.name)) {
            let (label, left, right) = (label(principal, &foreign), get(&foreign), get(&missing));
            let (foreign_ids, missing_ids) = (foreign_ids.clone(), missing_ids.clone());
            tries.push(Box::pin(async move {
                let left = stage.fire(&label, principal, &left).await;
                let right = stage.fire(&label, principal, &right).await;
                stage.journal.cell(kind);
                if let Some(difference) = differences(&left, &foreign_ids, &right, &missing_ids) {
                    stage.journal.fail(format!("{label}: {difference}"));
                }
            }));
        }
    }
    for query in sweeps(resource) {
        for principal in outsiders.iter().filter(|one| SWEEPERS.contains(&one.name)) {
            let (label, shot) = (label(principal, &query), get(&query));
            tries.push(Box::pin(async move {
                stage.fire(&label, principal, &shot).await;
                stage.journal.cell("list sweep");
            }));
        }
    }
    futures::stream::iter(tries).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    cursor(stage, operation, &outsiders, &path).await;
}

/// A place in B's list is a place only: what follows it in A is A's.
async fn cursor(stage: &Stage, operation: &Operation, outsiders: &[&Principal], path: &str) {
    let values: Vec<String> = params_of(operation).iter().map(|(_, of)| stage.b.id(of).to_hex()).collect();
    let theirs = format!("{}?per_page=1", with_params(operation, &values));
    let first = stage.b.tenant.admin.ask().get(&theirs).await;
    let after = first.json()["pageInfo"]["nextCursor"].as_str().map(str::to_owned);
    let Some(after) = after else { return };
    for principal in outsiders.iter().filter(|one| one.role != Some(Role::Superadmin)) {
        let shot = Shot::new(&operation.method, format!("{path}?after={after}&per_page=100"), None);
        let answer =
            stage.fire(&format!("{path} after a cursor of B as {}", principal.name), principal, &shot).await;
        stage.journal.cell("cursor of B");
        if answer.status == 200 {
            for row in answer.json()["data"].as_array().expect("a list") {
                let home = row["company_id"].as_str().or(row["id"].as_str()).unwrap_or_default();
                if home != stage.a.tenant.id.to_hex() {
                    stage
                        .journal
                        .fail(format!("{path}: a row of another company after a cursor of B: {row}"));
                }
            }
        }
    }
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
