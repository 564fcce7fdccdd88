//! Filters of lists: every operator finds what it says, and nothing that a client sends becomes an operator.

use crate::support::{Persona, TestApp, url};
use serde_json::{Value, json};

async fn found(person: &Persona, filter: &Value) -> Vec<String> {
    let path = url("/api/categories", &[("filter", &filter.to_string()), ("sort", "name")]);
    let body = person.ask().get(&path).await.expect(200);
    assert_eq!(body["total"], body["data"].as_array().unwrap().len(), "{filter}");
    body["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// Categories alpha, Beta (below alpha, not public) and gamma (not active).
async fn three(person: &Persona) -> Vec<Value> {
    let add = |body: Value| {
        let ask = person.ask();
        async move { ask.post("/api/categories", body).await.expect(201) }
    };
    let alpha = add(json!({ "name": "alpha" })).await;
    let beta = add(json!({ "name": "Beta", "parent_id": alpha["id"], "is_public": false })).await;
    let gamma = add(json!({ "name": "gamma", "is_active": false, "position": 7 })).await;
    vec![alpha, beta, gamma]
}

#[tokio::test]
async fn every_operator_finds_what_it_says() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let all = three(&a.admin).await;
    let (alpha, beta, created) = (&all[0]["id"], &all[1]["id"], &all[1]["created_at"]);
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({}), &["alpha", "Beta", "gamma"]),
        (json!({ "name": "BETA" }), &["Beta"]),
        (json!({ "name_eq": "beta" }), &["Beta"]),
        (json!({ "name": ["alpha", "GAMMA"] }), &["alpha", "gamma"]),
        (json!({ "name_in": ["alpha"] }), &["alpha"]),
        (json!({ "name_eq_any": ["alpha"] }), &["alpha"]),
        (json!({ "name_in": [] }), &[]),
        (json!({ "name_nin": ["alpha"] }), &["Beta", "gamma"]),
        (json!({ "name_neq": "alpha" }), &["Beta", "gamma"]),
        (json!({ "name_neq": ["alpha", "beta"] }), &["gamma"]),
        (json!({ "name_neq_any": ["alpha", "beta"] }), &["gamma"]),
        (json!({ "name@neq": "alpha" }), &["Beta", "gamma"]),
        (json!({ "name_gt": "alpha", "name_lte": "beta" }), &["Beta"]),
        (json!({ "name_gte": "beta", "name_lt": "gamma" }), &["Beta"]),
        (json!({ "name_prefix": "B" }), &["Beta"]),
        (json!({ "name_prefix": ".*" }), &[]),
        (json!({ "parent_id": alpha }), &["Beta"]),
        (json!({ "parent_id": null }), &["alpha", "gamma"]),
        (json!({ "parent_id_isnull": true }), &["alpha", "gamma"]),
        (json!({ "parent_id_isnull": false }), &["Beta"]),
        (json!({ "parent_id_neq": null }), &["Beta"]),
        (json!({ "id": beta }), &["Beta"]),
        (json!({ "_id": [alpha, beta] }), &["alpha", "Beta"]),
        (json!({ "is_public": true, "is_active": true }), &["alpha"]),
        (json!({ "created_at_gte": created }), &["Beta", "gamma"]),
        (json!({ "created_at_lt": created }), &["alpha"]),
        (json!({ "created_at": created }), &["Beta"]),
        (json!({ "or": [{ "name": "alpha" }, { "is_active": false }] }), &["alpha", "gamma"]),
        (json!({ "or": [{ "name": "alpha" }, { "is_active": false }], "is_active": true }), &["alpha"]),
        (json!({ "not": { "name": "alpha" } }), &["Beta", "gamma"]),
        (json!({ "not": { "or": [{ "name": "alpha" }, { "name": "beta" }] } }), &["gamma"]),
        (json!({ "or": [{}] }), &["alpha", "Beta", "gamma"]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(&a.writer, &filter).await, expected, "{filter}");
    }
    // The rows of the role hold whatever the filter says.
    let wide = json!({ "or": [{ "is_public": false }, { "is_public": true }] });
    assert_eq!(found(&a.client, &wide).await, ["alpha"]);
    assert_eq!(found(&a.client, &json!({ "not": { "is_public": true } })).await, [""; 0]);
    app.finish().await;
}

#[tokio::test]
async fn flat_parameters_filter_alike() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let all = three(&a.admin).await;
    let alpha = all[0]["id"].as_str().unwrap();
    let cases: &[(&[(&str, &str)], u64)] = &[
        (&[("is_public", "true")], 2),
        (&[("parent_id", alpha)], 1),
        (&[("name", "alpha"), ("name", "beta")], 2),
        (&[("name_in", "alpha,beta")], 2),
        (&[("parent_id_isnull", "true")], 2),
        (&[("name_prefix", "g")], 1),
        (&[("is_public", "true"), ("is_active", "true")], 1),
    ];
    for (flat, expected) in cases {
        let pairs = [&[("skip", "0")], *flat].concat();
        let body = a.writer.ask().get(&url("/api/categories", &pairs)).await.expect(200);
        assert_eq!(body["total"], *expected, "{flat:?}");
    }
    app.finish().await;
}

/// Values that another program might take for an operator.
fn poisons() -> Vec<Value> {
    vec![
        json!({ "$ne": null }),
        json!({ "$gt": "" }),
        json!({ "$in": ["alpha"] }),
        json!({ "$regex": ".*" }),
        json!({ "$where": "1" }),
        json!({ "$expr": { "$eq": [1, 1] } }),
        json!([{ "$ne": null }]),
        json!([["alpha"]]),
        json!({}),
        json!({ "$oid": "0123456789abcdef01234567" }),
    ]
}

#[tokio::test]
async fn no_value_in_a_filter_becomes_an_operator() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    three(&a.admin).await;
    let suffixes = [
        "", "_neq", "_gt", "_gte", "_lt", "_lte", "_in", "_nin", "_inc_any", "_inc_all", "_prefix", "_isnull",
    ];
    let fields = ["id", "name", "parent_id", "is_public", "created_at"];
    for poison in poisons() {
        for field in fields {
            for suffix in suffixes {
                let mut filter = serde_json::Map::new();
                filter.insert(format!("{field}{suffix}"), poison.clone());
                let filter = Value::Object(filter);
                // Nested, a field is read as on the outside: one operator shows it.
                let nested = [json!({ "not": filter.clone() }), json!({ "or": [filter.clone()] })];
                let others = if suffix.is_empty() { &nested[..] } else { &[] };
                for whole in [filter].iter().chain(others) {
                    let path = url("/api/categories", &[("filter", &whole.to_string()), ("page", "1")]);
                    a.writer.ask().get(&path).await.expect(422);
                }
            }
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn no_key_and_no_parameter_becomes_an_operator() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    three(&a.admin).await;
    for key in [
        "$where",
        "$or",
        "$and",
        "$expr",
        "$text",
        "name.$ne",
        "name.x",
        "$name",
        "name$",
        "",
        " ",
        "name ",
        "na\u{0}me",
        "name\u{0}",
        "__proto__",
        "constructor",
        "or.0",
        "not.name",
        "company_id",
        "deleted_at",
        "q.x",
        "name_$ne",
        "_",
        "name_",
    ] {
        let mut filter = serde_json::Map::new();
        filter.insert(key.to_owned(), json!("alpha"));
        let filter = Value::Object(filter);
        for whole in [filter.clone(), json!({ "not": filter }), json!({ "or": [filter] })] {
            let path = url("/api/categories", &[("filter", &whole.to_string())]);
            a.writer.ask().get(&path).await.expect(422);
        }
        a.writer.ask().get(&url("/api/categories", &[("skip", "0"), (key, "alpha")])).await.expect(422);
    }
    for key in ["name[$ne]", "name[]", "filter[name]", "$where", "name.$gt", "name[$regex]"] {
        a.writer.ask().get(&url("/api/categories", &[(key, "")])).await.refused(422, "invalid_parameter");
        a.writer.ask().get(&url("/api/categories", &[("skip", "0"), (key, "")])).await.expect(422);
    }
    for text in ["{\"$ne\":null}", "$where", "\u{0}", "name\u{0}", "[\"$ne\"]"] {
        for parameter in
            ["sort", "fields", "page", "per_page", "after", "total", "trash", "range", "_sort", "skip"]
        {
            let answer = a.writer.ask().get(&url("/api/categories", &[(parameter, text)])).await;
            assert_eq!(answer.status, 422, "{parameter}={text:?}: {}", answer.text());
        }
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for path in ["/api/categories/{}", "/api/categories/{}%24ne", "/api/audit_log/{}"] {
            let path = path.replace("{}", &encoded);
            a.admin.ask().get(&path).await.refused(404, "not_found");
        }
        a.admin.ask().delete(&format!("/api/categories/{encoded}")).await.refused(404, "not_found");
    }
    app.finish().await;
}
