//! How the database serves lists: for every resource that is listed, asked through HTTP and read from its profiler.

use crate::support::{Persona, Tenant, TestApp, url};
use bson::{Document, doc};
use futures::TryStreamExt;
use std::collections::HashMap;
use stoa::models::ModelInfo;
use stoa::permissions::{Reach, Role};
use stoa::schema::{FieldSpec, Kind};

/// A way to list a resource.
struct Case {
    resource: &'static str,
    /// The database may not have to sort.
    ordered: bool,
    path: String,
}

/// The resources that have a list at `/api/{resource}` which companies may read.
fn listed(app: &TestApp) -> Vec<&'static ModelInfo> {
    let is_listed = |model: &&ModelInfo| {
        let path = format!("/api/{}", model.resource);
        let here = |op: &stoa::web::Operation| op.method == http::Method::GET && op.path == path;
        let read = model.read.is_some_and(|row| row.reach_of(Role::CompanyAdmin) != Reach::None);
        model.scope_field.is_some() && read && app.app.operations().iter().any(here)
    };
    stoa::models::ALL.iter().filter(is_listed).collect()
}

fn sample(field: &FieldSpec) -> serde_json::Value {
    match field.kind {
        Kind::Bool => true.into(),
        Kind::Int { .. } => 1.into(),
        Kind::Time => "2026-01-01T00:00:00Z".into(),
        Kind::Enum(names) => names[0].into(),
        Kind::Id { .. } | Kind::Ids { .. } => "0123456789abcdef01234567".into(),
        _ => "x".into(),
    }
}

/// The lists of a model; those of a ticket's conversation and history are asked for this ticket, as they must be.
fn cases(model: &'static ModelInfo, ticket: &str) -> Vec<Case> {
    let path = format!("/api/{}", model.resource);
    let of_ticket = matches!(model.resource, "ticket_messages" | "ticket_events");
    let one = |pairs: &[(&str, &str)], ordered| {
        let parent = serde_json::json!({ "ticket_id": ticket }).to_string();
        let mut pairs = pairs.to_vec();
        if of_ticket && !pairs.iter().any(|(name, _)| *name == "filter") {
            pairs.push(("filter", &parent));
        }
        Case { resource: model.resource, ordered, path: url(&path, &pairs) }
    };
    // One record a company, and what one ticket holds, may be put in order in memory: it does not grow with the company.
    let ordered = !of_ticket && !matches!(model.resource, "settings" | "companies");
    let mut cases = vec![one(&[], ordered)];
    for sort in model.fields.iter().filter(|field| field.sort) {
        for sort in [sort.name.to_owned(), format!("-{}", sort.name)] {
            cases.push(one(&[("sort", &sort)], ordered));
            for field in model.fields.iter().filter(|field| field.filter) {
                let mut filter = serde_json::json!({ field.name: sample(field) });
                if of_ticket {
                    filter["ticket_id"] = ticket.into();
                }
                let filter = filter.to_string();
                cases.push(one(&[("sort", &sort), ("filter", &filter), ("page", "1")], false));
            }
        }
    }
    cases
}

/// Asks, and returns what the profiler noted of the queries on the resource's collection, by path.
async fn profile(app: &TestApp, asks: Vec<(&Persona, &Case)>) -> HashMap<String, Vec<Document>> {
    app.raw
        .run_command(doc! { "create": "system.profile", "capped": true, "size": 256 << 20 })
        .await
        .unwrap();
    app.raw.run_command(doc! { "profile": 2 }).await.unwrap();
    let mut paths = HashMap::new();
    for (n, (person, case)) in asks.iter().enumerate() {
        let id = format!("plan-{n:05}");
        person.ask().with("x-request-id", &id).get(&case.path).await.expect(200);
        paths.insert(id, format!("{} {}", person.role, case.path));
    }
    app.raw.run_command(doc! { "profile": 0 }).await.unwrap();
    let finds = doc! { "op": "query", "command.comment": { "$regex": "plan-[0-9]+$" } };
    let rows: Vec<Document> =
        app.raw.collection("system.profile").find(finds).await.unwrap().try_collect().await.unwrap();
    let mut found: HashMap<String, Vec<Document>> = HashMap::new();
    for row in rows {
        let comment = row.get_document("command").unwrap().get_str("comment").unwrap();
        // What spans companies says so before the request's id.
        let comment = comment.rsplit(':').next().unwrap();
        found.entry(paths[comment].clone()).or_default().push(row);
    }
    found
}

fn collection(row: &Document) -> &str {
    row.get_str("ns").unwrap().split_once('.').unwrap().1
}

async fn filed(tenant: &Tenant) -> String {
    let body = serde_json::json!({ "subject": "Printer", "description": "It burns." });
    let ticket = tenant.client.ask().post("/api/tickets", body).await.expect(201);
    ticket["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn no_list_scans_a_collection_and_none_sorts_without_need() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let models = listed(&app);
    assert!(models.len() >= 7, "{:?}", models.iter().map(|model| model.resource).collect::<Vec<_>>());
    let ticket = filed(&a).await;
    let cases: Vec<Case> = models.iter().flat_map(|model| cases(model, &ticket)).collect();
    let found = profile(&app, cases.iter().map(|case| (&a.admin, case)).collect()).await;
    let mut faults = Vec::new();
    for case in &cases {
        let rows = found.get(&format!("company_admin {}", case.path)).map(Vec::as_slice).unwrap_or_default();
        let rows: Vec<_> = rows.iter().filter(|row| collection(row) == case.resource).collect();
        assert!(!rows.is_empty(), "the profiler saw no query of {}", case.path);
        for row in rows {
            let plan = row.get_str("planSummary").unwrap_or("none");
            let sorts = row.get_bool("hasSortStage").unwrap_or(false);
            if !plan.contains("IXSCAN") && plan != "IDHACK" || plan.contains("COLLSCAN") {
                faults.push(format!("{}: {plan}", case.path));
            }
            if sorts && case.ordered {
                faults.push(format!("{}: sorts in memory, {plan}", case.path));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
    app.finish().await;
}

#[tokio::test]
async fn an_operators_lists_of_all_companies_are_walks_along_an_index() {
    let app = TestApp::start().await;
    let (a, root) = (app.tenant("a").await, app.superadmin().await);
    filed(&a).await;
    let lists = ["companies", "users", "audit_log", "jobs", "workers"];
    let case = |resource: &&'static str| Case { resource, ordered: true, path: format!("/api/{resource}") };
    let cases: Vec<Case> = lists.iter().map(case).collect();
    let found = profile(&app, cases.iter().map(|case| (&root, case)).collect()).await;
    for case in &cases {
        let rows = &found[&format!("superadmin {}", case.path)];
        let row = rows.iter().find(|row| collection(row) == case.resource).expect(case.resource);
        let plan = row.get_str("planSummary").unwrap_or("none");
        let sorts = row.get_bool("hasSortStage").unwrap_or(false);
        assert!(plan.contains("IXSCAN") && !sorts, "{}: {plan}", case.path);
    }
    app.finish().await;
}

#[tokio::test]
async fn the_default_list_of_every_role_uses_an_index() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut asks = Vec::new();
    let ticket = filed(&a).await;
    let models = listed(&app);
    let cases: Vec<Case> =
        models.iter().flat_map(|model| cases(model, &ticket).into_iter().take(1)).collect();
    for person in a.everyone() {
        for case in &cases {
            if person.ask().get(&case.path).await.status == 200 {
                asks.push((person, case));
            }
        }
    }
    assert!(asks.len() > 20);
    for (path, rows) in profile(&app, asks).await {
        for row in rows {
            let plan = row.get_str("planSummary").unwrap_or("none");
            // Global collections are asked by their key; what is tenant's must come by an index too.
            assert!(!plan.contains("COLLSCAN"), "{path} in {}: {plan}", collection(&row));
        }
    }
    app.finish().await;
}
