//! Lists in pieces: by page, by offset, by cursor and backwards, they are the whole list, in order, without gaps.

use super::generate::{document, draw, runner};
use super::models::for_each_model;
use crate::support::Persona;
use crate::world::{Place, World};
use axum::extract::FromRequestParts;
use bson::{Bson, Document, doc, oid::ObjectId};
use http::Request;
use std::cmp::Ordering;
use stoa::app::App;
use stoa::db::{Model, TenantModel};
use stoa::engine::{ListQuery, Listing, Total, list};
use stoa::models::Ticket;
use stoa::permissions::{Authorized, Origin, Permit};
use stoa::schema::FieldSpec;

const RECORDS: usize = 40;
const PAGE: usize = 7;

/// The permit to read that the program itself gives to a person.
async fn permit<M: TenantModel>(app: &App, person: &Persona) -> Permit<M::Read> {
    let request = Request::builder().header("authorization", format!("Bearer {}", person.token));
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    parts.extensions.insert(Origin { request_id: "test-request".into(), ip: None, user_agent: None });
    let Authorized(permit) =
        Authorized::<M::Read>::from_request_parts(&mut parts, app).await.expect("a permit");
    permit
}

async fn ask<M: TenantModel>(app: &App, permit: &Permit<M::Read>, query: &str) -> Listing {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let parsed = ListQuery::parse::<M>(&pairs, permit.read_mask(), permit.actor());
    let parsed = parsed.unwrap_or_else(|e| panic!("{query}: {e}"));
    list(app.db(), permit, &parsed).await.unwrap_or_else(|e| panic!("{} {query}: {e:?}", M::RESOURCE))
}

fn ids(listing: &Listing) -> Vec<ObjectId> {
    listing.rows.stored().iter().map(|row| row.get_object_id("_id").unwrap()).collect()
}

/// The order that the list promises: null first, then by value, ties by id.
fn expected(all: &[Document], spec: &FieldSpec) -> Vec<ObjectId> {
    let path = if spec.name == "id" { "_id".to_owned() } else { spec.sort_path() };
    let mut sorted: Vec<&Document> = all.iter().collect();
    sorted.sort_by(|a, b| {
        let value = |one: &Document| one.get(&path).cloned().unwrap_or(Bson::Null);
        let id = |one: &Document| one.get_object_id("_id").unwrap().bytes();
        compare(&value(a), &value(b)).then_with(|| id(a).cmp(&id(b)))
    });
    sorted.iter().map(|one| one.get_object_id("_id").unwrap()).collect()
}

fn compare(a: &Bson, b: &Bson) -> Ordering {
    match (a, b) {
        (Bson::Null, Bson::Null) => Ordering::Equal,
        (Bson::Null, _) => Ordering::Less,
        (_, Bson::Null) => Ordering::Greater,
        (Bson::String(a), Bson::String(b)) => a.cmp(b),
        (Bson::Int64(a), Bson::Int64(b)) => a.cmp(b),
        (Bson::DateTime(a), Bson::DateTime(b)) => a.cmp(b),
        (Bson::ObjectId(a), Bson::ObjectId(b)) => a.bytes().cmp(&b.bytes()),
        other => panic!("cannot be compared: {other:?}"),
    }
}

/// Random values of the right type for what lists sort and filter by; everything else stays as the fixture has it.
fn scatter(model: &stoa::models::ModelInfo, drawn: &Document, unique: &[&str]) -> Document {
    let mut set = Document::new();
    for spec in
        model.fields.iter().filter(|spec| spec.sort && spec.name != "id" && !unique.contains(&spec.name))
    {
        let null = Bson::Null;
        let value = drawn.get(spec.name).unwrap_or(&null);
        let typed = match (spec.initial(), value) {
            (_, Bson::Null) if spec.nullable => Some(Bson::Null),
            (_, Bson::DateTime(_)) if matches!(spec.kind, stoa::schema::Kind::Time) => Some(value.clone()),
            (Bson::Int64(_), Bson::Int64(_)) => Some(value.clone()),
            _ => None,
        };
        set.extend(typed.map(|value| (spec.name.to_owned(), value)));
    }
    set
}

#[tokio::test]
async fn pieces_of_a_list_are_the_list() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let mut runner = runner();
    let mut lists = 0;
    for_each_model!(M => {
        let model = crate::world::info(M::RESOURCE);
        // There is one record of settings a company, and an operator sees one company when inside it. Presences have no
        // list.
        if !["settings", "companies", "ticket_presences", "workers"].contains(&M::RESOURCE) {
            let documents = document(model);
            for _ in 0..RECORDS {
                let set = scatter(model, &draw(&mut runner, &documents), &crate::world::unique_fields(M::RESOURCE));
                // Rows of a person's own must be the asking person's.
                let mut set = set;
                for (name, of) in [("notifications", "user_id"), ("saved_views", "owner_id")] {
                    if M::RESOURCE == name {
                        set.insert(of, place.tenant.admin.id);
                    }
                }
                world.fresh(&place, M::RESOURCE, set).await;
            }
            lists += pieces::<M>(&world, &place).await;
        }
    });
    assert!(lists > 20, "only {lists} orders were tried");
    world.app.finish().await;
}

/// Records were written past the program: brings the counters to what it would have counted.
async fn count<M: TenantModel>(world: &World, place: &Place, all: &[Document]) {
    let counters = world.app.raw.collection::<Document>("counters");
    for facet in all.iter().flat_map(M::counted) {
        let key = format!("{}:{}:{facet}:0", place.tenant.id.to_hex(), M::RESOURCE);
        counters
            .update_one(doc! { "_id": key }, doc! { "$inc": { "value": 1_i64 } })
            .upsert(true)
            .await
            .unwrap();
    }
}

/// All orders of one model; returns how many.
async fn pieces<M: TenantModel>(world: &World, place: &Place) -> usize {
    let app = &world.app.app;
    let permit = permit::<M>(app, &place.tenant.admin).await;
    let scope = doc! { "company_id": place.tenant.id, "deleted_at": null };
    let rows = world.app.raw.collection::<Document>(M::COLLECTION);
    let mut all: Vec<Document> =
        futures::TryStreamExt::try_collect(rows.find(scope).await.unwrap()).await.unwrap();
    all.retain(|document| {
        permit.rows().matches(document) && M::DEFAULT_FILTER.is_none_or(|f| f().matches(document))
    });
    count::<M>(world, place, &all).await;
    let mut orders = 0;
    for spec in M::FIELDS.iter().filter(|spec| spec.sort) {
        let up = expected(&all, spec);
        let down: Vec<_> = up.iter().rev().copied().collect();
        for (direction, whole) in [("", &up), ("-", &down)] {
            let order = format!("sort={direction}{}", spec.name);
            let label = format!("{} {order}", M::RESOURCE);
            let full = ask::<M>(app, &permit, &format!("{order}&per_page=1000")).await;
            assert_eq!(ids(&full), *whole, "{label}");
            assert_eq!(full.total, Total::Exact(whole.len() as u64), "{label}");
            let mut paged = Vec::new();
            for page in 1..=whole.len() / PAGE + 2 {
                let listing = ask::<M>(app, &permit, &format!("{order}&per_page={PAGE}&page={page}")).await;
                assert_eq!(listing.total, Total::Exact(whole.len() as u64), "{label} page {page}");
                assert_eq!(listing.has_next, page * PAGE < whole.len(), "{label} page {page}");
                assert_eq!(listing.has_previous, page > 1, "{label} page {page}");
                paged.extend(ids(&listing));
            }
            assert_eq!(paged, *whole, "{label} by page");
            let skipped = ask::<M>(app, &permit, &format!("{order}&skip=3&limit=1000")).await;
            // In this dialect the direction is a parameter of its own.
            if direction.is_empty() {
                assert_eq!(ids(&skipped), whole[3..], "{label} by offset");
            }
            let (mut walked, mut after) = (Vec::new(), String::new());
            loop {
                let listing = ask::<M>(app, &permit, &format!("{order}&per_page={PAGE}{after}")).await;
                walked.extend(ids(&listing));
                assert!(walked.len() <= whole.len(), "{label}: the cursor goes in circles");
                match listing.next_cursor {
                    Some(cursor) => after = format!("&after={cursor}"),
                    None => break,
                }
            }
            assert_eq!(walked, *whole, "{label} by cursor");
            orders += 1;
        }
    }
    orders
}

#[tokio::test]
async fn exact_totals_are_what_the_database_counts() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let admin = &place.tenant.admin;
    let permit = permit::<Ticket>(&world.app.app, admin).await;
    let rows = world.app.raw.collection::<Document>("tickets");
    for at in 0..60_usize {
        let status = ["new", "open", "pending", "solved"][at % 4];
        let priority = ["low", "high"][at % 2];
        let set = doc! { "status": status, "archived": at % 7 == 0, "priority": priority };
        world.fresh(&place, "tickets", set).await;
    }
    for (filter, stored) in [
        (r#"{"priority":"high"}"#, doc! { "priority": "high", "archived": false }),
        (r#"{"status_in":["new","open"]}"#, doc! { "status": { "$in": ["new", "open"] }, "archived": false }),
        (r#"{"archived":true}"#, doc! { "archived": true }),
        (
            r#"{"or":[{"status":"open"},{"priority":"low"}]}"#,
            doc! { "$or": [{ "status": "open" }, { "priority": "low" }], "archived": false },
        ),
        (r#"{"not":{"priority":"low"}}"#, doc! { "priority": { "$ne": "low" }, "archived": false }),
    ] {
        let mut scope = doc! { "company_id": place.tenant.id, "deleted_at": null };
        scope.extend(stored);
        let counted = rows.count_documents(scope).await.unwrap();
        let text: String = form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        for page in [
            "per_page=5",
            "per_page=5&page=3",
            "per_page=1000",
            "per_page=5&total=exact",
            "per_page=5&page=900",
        ] {
            let listing = ask::<Ticket>(&world.app.app, &permit, &format!("filter={text}&{page}")).await;
            assert_eq!(listing.total, Total::Exact(counted), "{filter} {page}");
        }
    }
    world.app.finish().await;
}
