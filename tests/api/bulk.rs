//! Writes to many records at once: each for itself with its own result, or all or none.

use crate::support::{Tenant, TestApp};
use serde_json::{Value, json};

const PATH: &str = "/api/departments";

async fn five(tenant: &Tenant) -> Vec<Value> {
    let mut ids = Vec::new();
    for name in ["a", "b", "c", "d", "e"] {
        ids.push(tenant.admin.ask().post(PATH, json!({ "name": name })).await.expect(201)["id"].clone());
    }
    ids
}

#[tokio::test]
async fn each_record_has_its_own_result() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ids = five(&a).await;
    let foreign = five(&b).await[0].clone();
    let some = json!([ids[0], foreign, "nonsense", ids[1], ids[0]]);
    let done =
        a.admin.ask().patch(PATH, json!({ "ids": some, "data": { "is_public": false } })).await.expect(200);
    assert_eq!(done["data"], json!([ids[0], ids[1]]));
    let errors = done["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2, "{done}");
    for (error, id) in errors.iter().zip([&foreign, &json!("nonsense")]) {
        assert_eq!((&error["id"], &error["status"], &error["code"]), (id, &json!(404), &json!("not_found")));
    }
    let parent = json!({ "parent_id": ids[3] });
    a.admin.ask().patch(&format!("{PATH}/{}", ids[2].as_str().unwrap()), parent).await.expect(200);
    let delete = || {
        let ask = a.admin.ask().with("idempotency-key", "once");
        let body = json!({ "ids": [ids[2], ids[4]] });
        async move { ask.send(http::Method::DELETE, PATH, Some(body)).await }
    };
    let gone = delete().await.expect(200);
    assert_eq!((&gone["data"], &gone["errors"]), (&json!([ids[2], ids[4]]), &json!([])));
    let again = delete().await;
    assert_eq!((again.expect(200), again.header("idempotency-replayed")), (gone, "true"));
    let rest = a.admin.ask().get(PATH).await.expect(200);
    assert_eq!(rest["total"], 3);
    assert_eq!(b.admin.ask().get(PATH).await.expect(200)["total"], 5);
    let log = a.admin.ask().get("/api/audit_log").await.expect(200);
    assert_eq!(log["total"], 5 + 2 + 1 + 2, "an entry for each record");
    app.finish().await;
}

#[tokio::test]
async fn all_or_none_means_none_when_one_fails() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ids = five(&a).await;
    let foreign = five(&b).await[0].clone();
    let change = |ids: Value| json!({ "ids": ids, "data": { "is_public": false }, "atomic": true });
    let told =
        a.admin.ask().patch(PATH, change(json!([ids[0], ids[1], foreign]))).await.refused(404, "not_found");
    assert_eq!(told["id"], foreign, "which one it was");
    let one_name = json!({ "ids": [ids[0], ids[1]], "data": { "name": "same" }, "atomic": true });
    a.admin.ask().patch(PATH, one_name).await.refused(409, "unique_violation");
    let child = json!({ "parent_id": ids[1] });
    a.admin.ask().patch(&format!("{PATH}/{}", ids[2].as_str().unwrap()), child).await.expect(200);
    let delete = |ids: Value| {
        let body = json!({ "ids": ids, "atomic": true });
        let ask = a.admin.ask().with("idempotency-key", "once");
        async move { ask.send(http::Method::DELETE, PATH, Some(body)).await }
    };
    delete(json!([ids[0], ids[1]])).await.refused(409, "in_use");
    let now = a.admin.ask().get(&format!("{PATH}?sort=name")).await.expect(200);
    let versions: Vec<_> =
        now["data"].as_array().unwrap().iter().map(|row| row["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, [1, 1, 2, 1, 1], "only the child was changed");

    assert_eq!(
        a.admin.ask().patch(PATH, change(json!([ids[0], ids[1]]))).await.expect(200)["data"],
        json!([ids[0], ids[1]])
    );
    let first = delete(json!([ids[3], ids[4]])).await.expect(200);
    let again = delete(json!([ids[3], ids[4]])).await;
    assert_eq!((again.expect(200), again.header("idempotency-replayed")), (first, "true"));
    let check = a.admin.ask().get("/api/audit_log/verify").await.expect(200);
    assert_eq!((&check["valid"], &check["checked"]), (&json!(true), &json!(5 + 1 + 2 + 2)));
    app.finish().await;
}

#[tokio::test]
async fn limits_and_roles_hold() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ids = five(&a).await;
    let data = json!({ "is_public": false });
    let many = vec![ids[0].clone(); 501];
    for body in [
        json!({}),
        json!({ "ids": [] , "data": data }),
        json!({ "ids": ids }),
        json!({ "ids": many, "data": data }),
        json!({ "ids": "x", "data": data }),
        json!({ "ids": [1], "data": data }),
        json!({ "ids": ids, "data": [] }),
        json!({ "ids": ids, "data": data, "atomic": "yes" }),
    ] {
        a.admin.ask().patch(PATH, body).await.refused(422, "validation_failed");
    }
    let more = json!({ "ids": ids, "data": data, "filter": {} });
    a.admin.ask().patch(PATH, more).await.refused(422, "unknown_field");
    let delete = json!({ "ids": ids, "data": data });
    a.admin.ask().send(http::Method::DELETE, PATH, Some(delete)).await.refused(422, "unknown_field");
    for person in [&a.writer, &a.client] {
        person.ask().patch(PATH, json!({ "ids": ids, "data": data })).await.refused(403, "forbidden");
        let body = Some(json!({ "ids": ids }));
        person.ask().send(http::Method::DELETE, PATH, body).await.refused(403, "forbidden");
    }
    // A manager changes the departments that the manager leads, and is told so of the others.
    let lead = format!("{PATH}/{}", ids[0].as_str().unwrap());
    a.admin.ask().patch(&lead, json!({ "lead_ids": [a.manager.id.to_hex()] })).await.expect(200);
    let change = json!({ "ids": [ids[0], ids[1]], "data": { "description": "x" } });
    let done = a.manager.ask().patch(PATH, change).await.expect(200);
    assert_eq!((&done["data"], &done["errors"][0]["status"]), (&json!([ids[0]]), &json!(403)), "{done}");
    app.finish().await;
}
