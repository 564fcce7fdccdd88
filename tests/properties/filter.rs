//! The filter parser: whatever comes in, it answers, and what it makes holds only allowed fields and operators.

use super::models::for_each_model;
use crate::support::TestApp;
use crate::world::World;
use bson::{Bson, Document};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use stoa::db::{Expr, Model, Op, TenantModel};
use stoa::engine::parse_filter;
use stoa::errors::Code;
use stoa::permissions::{Actor, Mask, Role, masks};
use stoa::schema::FieldSpec;

/// What the database may be told.
const OPERATORS: &[&str] =
    &["$and", "$or", "$nor", "$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$all"];
/// What attackers send as values.
const CORPUS: &[&str] = &[
    r#"{"$ne":null}"#,
    r#"{"$gt":""}"#,
    r#"{"$regex":".*"}"#,
    r#"{"$where":"sleep(1000)"}"#,
    r#"{"$exists":true}"#,
    r#"[{"$ne":null}]"#,
    r#"[["a"]]"#,
    r#"{"$oid":"000000000000000000000000"}"#,
    r#""$where""#,
    r#"{"a":{"b":1}}"#,
    r#""' || '1'=='1""#,
    r#""\u0000""#,
    r#"{"$function":{"body":"x","args":[],"lang":"js"}}"#,
    r#"1e400"#,
    "null",
    r#"{"$expr":{"$eq":[1,1]}}"#,
    r#"{"$in":[]}"#,
    r#"{"$not":{"$eq":1}}"#,
    "-9223372036854775808",
    "1.5",
    "true",
    r#""000000000000000000000000""#,
    r#"{"$date":{"$numberLong":"0"}}"#,
    r#"{"__proto__":{"x":1}}"#,
    "[]",
    "{}",
];

/// Whether a condition is made of nothing but allowed parts.
fn check(expr: &Expr, fields: &[FieldSpec], mask: Mask) -> Result<(), String> {
    let allowed = |path: &str| {
        fields.iter().any(|spec| {
            let stored = if spec.name == "id" { "_id".to_owned() } else { spec.sort_path() };
            spec.filter && mask.shows(spec.name) && stored == path
        })
    };
    match expr {
        Expr::All | Expr::Nothing => Ok(()),
        Expr::Text(_) => Err("text search from a filter".to_owned()),
        Expr::Cmp(path, ..) if !allowed(path) => Err(format!("field {path}")),
        Expr::Cmp(_, Op::In | Op::Nin | Op::All, Bson::Array(values)) if values.iter().all(plain) => Ok(()),
        Expr::Cmp(_, Op::In | Op::Nin | Op::All, value) => Err(format!("list {value}")),
        Expr::Cmp(_, _, value) if plain(value) => Ok(()),
        Expr::Cmp(_, _, value) => Err(format!("value {value}")),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().try_for_each(|part| check(part, fields, mask)),
        Expr::Not(part) => check(part, fields, mask),
    }
}

fn plain(value: &Bson) -> bool {
    !matches!(
        value,
        Bson::Document(_) | Bson::Array(_) | Bson::RegularExpression(_) | Bson::JavaScriptCode(_)
    )
}

/// Every name with a dollar anywhere in what the database gets.
fn operators(document: &Document, found: &mut Vec<String>) {
    for (name, value) in document {
        if name.starts_with('$') {
            found.push(name.clone());
        }
        let inner = match value {
            Bson::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        inner.iter().filter_map(Bson::as_document).for_each(|document| operators(document, found));
    }
}

/// Parses for a model and checks the outcome; tells whether it was taken.
fn attempt<M: TenantModel>(value: &Value, actor: &Actor, role: Role) -> Result<bool, String> {
    let mask = masks::read_mask(M::RESOURCE, role);
    match parse_filter::<M>(value, mask, actor) {
        Ok(parsed) => {
            check(&parsed.expr, M::FIELDS, mask)?;
            let mut found = Vec::new();
            operators(&parsed.expr.to_document(), &mut found);
            match found.iter().find(|name| !OPERATORS.contains(&name.as_str())) {
                Some(name) => Err(format!("operator {name}")),
                None => Ok(true),
            }
        }
        Err(error) if error.code().status() == 422 && error.code() != Code::Internal => Ok(false),
        Err(error) => Err(format!("{error:?}")),
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "[a-z ]{200,400}".prop_map(Value::from),
        prop::sample::select(vec!["me", "open", "2026-01-01T00:00:00Z", "000000000000000000000000"])
            .prop_map(Value::from),
        prop::sample::select(CORPUS.to_vec())
            .prop_map(|text| serde_json::from_str(text).unwrap_or(Value::Null)),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((keys(), inner), 0..5)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

fn keys() -> impl Strategy<Value = String> {
    let names: Vec<&str> =
        stoa::models::ALL.iter().flat_map(|model| model.fields.iter().map(|spec| spec.name)).collect();
    let ends = [
        "", "_eq", "_neq", "_gt", "_gte", "_in", "_nin", "_isnull", "_prefix", "_inc_all", "@gte", "_fold",
        ".$",
    ];
    prop_oneof![
        6 => (prop::sample::select(names), prop::sample::select(ends.to_vec())).prop_map(|(name, end)| format!("{name}{end}")),
        2 => prop::sample::select(vec!["or", "not", "q", "$where", "$or", "", "a.b", "_id", "company_id", "\0"]).prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

#[test]
fn any_filter_is_parsed_or_refused_and_holds_only_allowed_parts() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let people = runtime.block_on(async {
        let world = World::start().await;
        let place = world.place("a", 1).await;
        let people = crate::roles::roles(&world, &place).await;
        world.app.finish().await;
        people
    });
    let actors: Vec<_> = people.into_iter().map(|one| (one.actor.unwrap(), one.role.unwrap())).collect();
    let filters = prop::collection::vec((keys(), values()), 0..6)
        .prop_map(|members| Value::Object(Map::from_iter(members)));
    let mut runner = TestRunner::new(Config { cases: 1000, failure_persistence: None, ..Config::default() });
    let taken = std::cell::Cell::new(0);
    let outcome = runner.run(&(filters, 0..actors.len()), |(filter, at)| {
        let (actor, role) = &actors[at];
        for_each_model!(M => {
            let done = attempt::<M>(&filter, actor, *role).map_err(TestCaseError::fail)?;
            taken.set(taken.get() + u32::from(done));
        });
        Ok(())
    });
    outcome.unwrap();
    assert!(taken.get() > 200, "only {} filters were taken: the generator misses the grammar", taken.get());
}

#[tokio::test]
async fn known_injections_never_become_operators() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    for one in crate::roles::roles(&world, &place).await {
        let (actor, role) = (one.actor.unwrap(), one.role.unwrap());
        for text in CORPUS {
            let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
            for_each_model!(M => {
                for spec in M::FIELDS {
                    for end in ["", "_neq", "_in", "_gte", "_prefix", "_isnull", "_inc_all"] {
                        let filter = json!({ format!("{}{end}", spec.name): value.clone() });
                        attempt::<M>(&filter, &actor, role).unwrap_or_else(|e| panic!("{} {filter}: {e}", M::RESOURCE));
                    }
                }
                for filter in [json!({ "or": value.clone() }), json!({ "not": value.clone() }), json!({ "q": value.clone() }), value.clone()] {
                    attempt::<M>(&filter, &actor, role).unwrap_or_else(|e| panic!("{} {filter}: {e}", M::RESOURCE));
                }
            });
        }
    }
    world.app.finish().await;
}

#[tokio::test]
async fn limits_hold_against_what_is_too_large() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let deep = (0..60).fold(json!({ "name": "x" }), |inner, _| json!({ "not": inner }));
    let wide = json!({ "or": (0..6).map(|_| json!({ "name": "x" })).collect::<Vec<_>>() });
    let long = json!({ "name": "x".repeat(257) });
    let many = json!({ "id_in": vec!["000000000000000000000000"; 201] });
    for filter in [deep, wide, long, many] {
        let text: String = form_urlencoded::byte_serialize(filter.to_string().as_bytes()).collect();
        let answer = a.admin.ask().get(&format!("/api/tags?filter={text}")).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    // A cursor is BSON that a client can write: levels upon levels must not exhaust the stack.
    for levels in [10, 100, 700] {
        // Built by hand: what writes such a document is no less recursive than what reads it.
        let sort = bson::serialize_to_vec(&bson::doc! { "s": "-created_at", "i": a.id }).unwrap();
        let mut value = vec![5, 0, 0, 0, 0];
        for _ in 0..levels {
            let length = u32::try_from(value.len() + 7).unwrap().to_le_bytes();
            value = [&length[..], &[4, 0], &value, &[0]].concat();
        }
        let members = [&sort[4..sort.len() - 1], &[4, b'v', 0], &value, &[0]].concat();
        let length = u32::try_from(members.len() + 4).unwrap().to_le_bytes();
        let bytes = [&length[..], &members].concat();
        let cursor = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
        let answer = a.admin.ask().get(&format!("/api/tags?after={cursor}")).await;
        assert!(answer.status == 422 || answer.status == 414, "{levels}: {}", answer.text());
    }
    app.finish().await;
}
