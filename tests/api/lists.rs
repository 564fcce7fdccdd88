//! Lists as every resource has them: the four dialects, paging, totals, limits and the trash.

use crate::support::{Answer, Persona, Tenant, TestApp, url};
use bson::{DateTime, Document, doc, oid::ObjectId};
use serde_json::{Value, json};

const TAGS: &str = "/api/tags";

/// Stores tags `t000`, `t001`, … in this order of creation.
async fn tags(app: &TestApp, tenant: &Tenant, many: usize) -> Vec<String> {
    let now = DateTime::now().timestamp_millis() - 1_000_000;
    let rows: Vec<Document> = (0..many)
        .map(|n| {
            let (name, at) = (format!("t{n:03}"), DateTime::from_millis(now + i64::try_from(n).unwrap()));
            doc! {
                "_id": ObjectId::new(), "company_id": tenant.id, "name": &name, "name_fold": &name, "colour": null,
                "description": null, "created_at": at, "created_by": null, "updated_at": at, "updated_by": null,
                "version": 1_i64, "deleted_at": null,
            }
        })
        .collect();
    for part in rows.chunks(10_000) {
        app.raw.collection::<Document>("tags").insert_many(part).await.expect("tags");
    }
    rows.iter().map(|row| row.get_object_id("_id").unwrap().to_hex()).collect()
}

async fn ask(person: &Persona, pairs: &[(&str, &str)]) -> Answer {
    person.ask().get(&url(TAGS, pairs)).await
}

fn names(rows: &Value) -> Vec<&str> {
    rows.as_array()
        .unwrap_or_else(|| panic!("{rows}"))
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn each_dialect_gets_the_body_and_the_headers_that_it_expects() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ids = tags(&app, &a, 30).await;

    let answer = ask(&a.writer, &[("page", "2"), ("per_page", "10"), ("sort", "name")]).await;
    let body = answer.expect(200);
    assert_eq!((names(&body["data"])[0], body["data"].as_array().unwrap().len()), ("t010", 10));
    assert_eq!((&body["total"], &body["meta"]), (&json!(30), &json!({ "total_exact": true })));
    assert_eq!(body["pageInfo"]["hasNextPage"], true);
    assert_eq!(body["pageInfo"]["hasPreviousPage"], true);
    assert_eq!((answer.header("x-total-count"), answer.header("content-range")), ("30", "tags 10-19/30"));
    let body = ask(&a.writer, &[]).await.expect(200);
    assert_eq!((names(&body["data"])[0], names(&body["data"]).len()), ("t029", 25), "the newest 25");
    let body = ask(&a.writer, &[("page", "2")]).await.expect(200);
    assert_eq!(
        (&body["pageInfo"]["hasNextPage"], &body["pageInfo"]["nextCursor"]),
        (&json!(false), &Value::Null)
    );

    let answer = ask(&a.writer, &[("skip", "28"), ("limit", "5"), ("sort", "name"), ("order", "desc")]).await;
    assert_eq!(answer.expect(200).as_object().unwrap().keys().collect::<Vec<_>>(), ["data", "total"]);
    assert_eq!(names(&answer.json()["data"]), ["t001", "t000"]);
    let answer = ask(&a.writer, &[("limit", "5"), ("name_prefix", "t02")]).await;
    assert_eq!(answer.expect(200)["total"], 10);

    let answer =
        ask(&a.writer, &[("range", "[5, 9]"), ("sort", "[\"name\",\"ASC\"]"), ("filter", "{}")]).await;
    assert_eq!(names(&answer.expect(200)), ["t005", "t006", "t007", "t008", "t009"]);
    assert_eq!(answer.header("content-range"), "tags 5-9/30");
    let answer = ask(&a.writer, &[("range", "[0,9]"), ("filter", "{\"name\":\"nothing\"}")]).await;
    assert_eq!((answer.expect(200), answer.header("content-range")), (json!([]), "tags */0"));

    let answer =
        ask(&a.writer, &[("_start", "28"), ("_end", "38"), ("_sort", "name"), ("_order", "ASC")]).await;
    assert_eq!(names(&answer.expect(200)), ["t028", "t029"]);
    assert_eq!(answer.header("x-total-count"), "30");
    let answer =
        ask(&a.writer, &[("_page", "3"), ("_limit", "10"), ("_sort", "name"), ("name", "T007")]).await;
    assert_eq!(answer.header("x-total-count"), "1", "flat filters");

    // Of many: all that exist, whatever the page size, and nothing for what is no id.
    let many = ids.join(",");
    assert_eq!(ask(&a.writer, &[("ids", &format!("{many},x"))]).await.expect(200)["total"], 30);
    let others = [ids.clone(), vec!["x".to_owned(), "{\"$ne\":1}".to_owned()]].concat();
    let filter = json!({ "id": others });
    let rows = ask(&a.writer, &[("filter", &filter.to_string())]).await.expect(200);
    assert_eq!(names(&rows).len(), 30, "simple-rest");
    assert_eq!(ask(&a.writer, &[("filter", "{\"id\":[]}")]).await.expect(200), json!([]));
    let pairs: Vec<_> = ids.iter().map(|id| ("id", id.as_str())).collect();
    assert_eq!(names(&ask(&a.writer, &pairs).await.expect(200)).len(), 30, "json-server");
    app.finish().await;
}

#[tokio::test]
async fn ids_of_others_are_absent() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (own, foreign) = (tags(&app, &a, 1).await, tags(&app, &b, 1).await);
    let both = [own[0].as_str(), foreign[0].as_str()];
    let body = ask(&a.admin, &[("ids", &both.join(","))]).await.expect(200);
    assert_eq!((names(&body["data"]), &body["total"]), (vec!["t000"], &json!(1)));
    let rows = ask(&a.admin, &[("id", both[0]), ("id", both[1])]).await.expect(200);
    assert_eq!(names(&rows).len(), 1);
    let rows = ask(&a.admin, &[("filter", &json!({ "id": both }).to_string())]).await.expect(200);
    assert_eq!(names(&rows).len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_what_is_allowed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let long = "x".repeat(257);
    let ids = vec![ObjectId::new().to_hex(); 201].join(",");
    let wide = json!({ "name_in": vec!["x"; 201] }).to_string();
    let deep = json!({ "not": { "not": { "not": { "not": { "name": "x" } } } } }).to_string();
    let leaf = json!({ "name": "x", "id_neq": null, "created_at_gt": "2026-01-01T00:00:00Z" });
    let leaves = json!({ "or": [{ "or": [leaf, leaf, leaf, leaf] }, { "or": [leaf, leaf, leaf, leaf] },
        { "or": [leaf, leaf, leaf, leaf] }, { "or": [leaf, leaf, leaf, leaf] }, leaf] })
    .to_string();
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("per_page", "1001")], "invalid_parameter"),
        (&[("per_page", "0")], "invalid_parameter"),
        (&[("page", "0")], "invalid_parameter"),
        (&[("page", "-1")], "invalid_parameter"),
        (&[("page", "1e3")], "invalid_parameter"),
        (&[("limit", "1001")], "invalid_parameter"),
        (&[("range", "[0,1000]")], "invalid_parameter"),
        (&[("range", "[9,5]")], "invalid_parameter"),
        (&[("range", "nonsense")], "invalid_parameter"),
        (&[("_start", "0"), ("_end", "1001")], "invalid_parameter"),
        (&[("_sort", "name"), ("_order", "UP")], "invalid_parameter"),
        (&[("sort", "[\"name\"]")], "invalid_parameter"),
        (&[("total", "maybe")], "invalid_parameter"),
        (&[("trash", "1")], "invalid_parameter"),
        (&[("ids", &ids)], "invalid_parameter"),
        (&[("fields", "name,password_hash")], "invalid_parameter"),
        (&[("after", "x")], "invalid_parameter"),
        (&[("perpage", "5")], "invalid_parameter"),
        (&[("range", "[0,9]"), ("page", "2")], "invalid_parameter"),
        (&[("filter", "{")], "invalid_parameter"),
        (&[("filter", "[]")], "filter_not_allowed"),
        (&[("filter", "{\"colour\":\"red\"}")], "filter_not_allowed"),
        (&[("filter", "{\"company_id\":\"x\"}")], "filter_not_allowed"),
        (&[("filter", "{\"deleted_at\":null}")], "filter_not_allowed"),
        (&[("filter", &wide)], "filter_not_allowed"),
        (&[("filter", &deep)], "filter_not_allowed"),
        (&[("filter", &leaves)], "filter_not_allowed"),
        (&[("filter", &json!({ "name": long }).to_string())], "filter_not_allowed"),
        (&[("filter", "{\"or\":[{},{},{},{},{},{}]}")], "filter_not_allowed"),
        (&[("filter", "{\"name_isnull\":1}")], "filter_not_allowed"),
        (&[("filter", "{\"created_at_prefix\":\"2\"}")], "filter_not_allowed"),
        (&[("filter", "{\"created_at\":\"yesterday\"}")], "validation_failed"),
        (&[("skip", "0"), ("colour", "red")], "filter_not_allowed"),
        (&[("skip", "0"), ("page", "2")], "filter_not_allowed"),
        (&[("q", "words")], "filter_not_allowed"),
        (&[("sort", "colour")], "sort_not_allowed"),
        (&[("sort", "-password_hash")], "sort_not_allowed"),
        (&[("page", "5000"), ("per_page", "1000")], "use_cursor"),
        (&[("skip", "100001")], "use_cursor"),
    ];
    for (pairs, code) in cases {
        ask(&a.writer, pairs).await.refused(422, code);
    }
    let told = ask(&a.writer, &[("filter", "{\"colour\":\"red\"}")]).await.json();
    assert_eq!(told["allowed"], json!(["id", "name", "created_at", "updated_at"]), "{told}");
    assert!(told["operators"].as_array().unwrap().contains(&json!("_in")), "{told}");
    let told = ask(&a.writer, &[("sort", "colour")]).await.json();
    assert_eq!(told["allowed"], json!(["id", "name", "created_at", "updated_at"]), "{told}");
    let told = ask(&a.writer, &[("perpage", "5")]).await.json();
    assert!(told["allowed"].as_array().unwrap().contains(&json!("per_page")), "{told}");
    let huge = json!({ "name": "x".repeat(9 * 1024) }).to_string();
    ask(&a.writer, &[("filter", &huge)]).await.refused(414, "uri_too_long");
    app.finish().await;
}

#[tokio::test]
async fn a_total_is_exact_where_it_is_cheap_and_says_where_it_is_not() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    tags(&app, &a, 10_050).await;
    let body = ask(&a.writer, &[("per_page", "5")]).await.expect(200);
    assert_eq!(
        (body.get("total"), &body["meta"]),
        (None, &json!({ "total_exact": false, "total_min": 10_000 }))
    );
    let body = ask(&a.writer, &[("per_page", "5"), ("total", "exact")]).await.expect(200);
    assert_eq!((&body["total"], &body["meta"]["total_exact"]), (&json!(10_050), &json!(true)));
    let answer = ask(&a.writer, &[("per_page", "5"), ("total", "none")]).await;
    assert_eq!((answer.expect(200).get("total"), answer.header("x-total-count")), (None, ""));
    assert_eq!(answer.json()["meta"]["total_exact"], false);
    let answer = ask(&a.writer, &[("range", "[0,4]")]).await;
    assert_eq!(answer.header("content-range"), "tags 0-4/10050", "this dialect cannot do without");
    assert_eq!(ask(&a.writer, &[("skip", "10048")]).await.expect(200)["total"], 10_050);
    let filter = json!({ "name_prefix": "t1000" }).to_string();
    let body = ask(&a.writer, &[("per_page", "5"), ("filter", &filter)]).await.expect(200);
    assert_eq!(
        (&body["total"], &body["meta"]["total_exact"]),
        (&json!(11), &json!(true)),
        "t1000 and t10000 to t10009"
    );
    app.finish().await;
}

#[tokio::test]
async fn fields_cut_rows_down_and_masks_still_hold() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    a.admin.ask().post("/api/departments", json!({ "name": "Sales" })).await.expect(201);
    let list = "/api/departments";
    let row =
        a.admin.ask().get(&url(list, &[("fields", "name,version")])).await.expect(200)["data"][0].clone();
    assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "name", "version"]);
    a.client.ask().get(&url(list, &[("fields", "name,lead_ids")])).await.refused(422, "invalid_parameter");
    a.client
        .ask()
        .get(&url(list, &[("filter", "{\"is_active\":true}")]))
        .await
        .refused(422, "filter_not_allowed");
    let shown = a.client.ask().get(list).await.expect(200)["data"][0].clone();
    assert!(shown.get("lead_ids").is_none() && shown.get("is_public").is_some(), "{shown}");
    app.finish().await;
}

#[tokio::test]
async fn the_trash_is_apart_and_for_those_who_may_delete() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ids = tags(&app, &a, 3).await;
    a.manager.ask().delete(&format!("{TAGS}/{}", ids[1])).await.expect(200);
    assert_eq!(ask(&a.writer, &[]).await.expect(200)["total"], 2);
    assert_eq!(ask(&a.writer, &[("ids", &ids.join(","))]).await.expect(200)["total"], 2);
    let trash = ask(&a.manager, &[("trash", "true")]).await.expect(200);
    assert_eq!((names(&trash["data"]), &trash["total"]), (vec!["t001"], &json!(1)));
    ask(&a.writer, &[("trash", "true")]).await.refused(403, "forbidden");
    let restore = format!("{TAGS}/{}/restore", ids[1]);
    a.writer.ask().post(&restore, json!({})).await.refused(403, "forbidden");
    a.manager
        .ask()
        .with("if-match", "\"1\"")
        .post(&restore, json!({}))
        .await
        .refused(412, "precondition_failed");
    a.manager.ask().with("if-match", "\"2\"").post(&restore, json!({})).await.expect(200);
    a.manager.ask().post(&restore, json!({})).await.refused(409, "conflict");
    assert_eq!(ask(&a.manager, &[("trash", "true")]).await.expect(200)["total"], 0);
    a.manager.ask().delete(&format!("{TAGS}/{}", ids[2])).await.expect(200);
    a.manager.ask().post(TAGS, json!({ "name": "T002" })).await.expect(201);
    let restore = format!("{TAGS}/{}/restore", ids[2]);
    a.manager.ask().post(&restore, json!({})).await.refused(409, "unique_violation");
    app.finish().await;
}
