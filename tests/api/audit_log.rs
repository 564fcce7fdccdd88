//! The audit log through HTTP: who reads what, that the chain holds under load, and that every tampering is found.

use crate::support::{Tenant, TestApp};
use bson::{Bson, Document, doc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

async fn verify(tenant: &Tenant) -> Value {
    tenant.admin.ask().get("/api/audit_log/verify").await.expect(200)
}

/// A company with five entries in its log.
async fn five_entries(app: &TestApp, slug: &str) -> Tenant {
    let tenant = app.tenant(slug).await;
    for name in ["one", "two", "three", "four", "five"] {
        tenant.admin.ask().post("/api/tags", json!({ "name": name })).await.expect(201);
    }
    tenant
}

#[tokio::test]
async fn every_altered_field_of_an_entry_is_found() {
    let app = TestApp::start().await;
    let a = five_entries(&app, "a").await;
    let log = app.raw.collection::<Document>("audit_log");
    let third = doc! { "company_id": a.id, "seq": 3_i64 };
    let entry = log.find_one(third.clone()).await.unwrap().unwrap();
    assert_eq!(verify(&a).await["valid"], true);
    let names: Vec<String> = entry.keys().filter(|name| *name != "_id").cloned().collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let other = match entry.get(&name) {
            Some(Bson::String(text)) => Bson::String(format!("{text}x")),
            Some(Bson::Int64(number)) => Bson::Int64(number + 1000),
            Some(Bson::Boolean(flag)) => Bson::Boolean(!flag),
            _ => Bson::String("other".to_owned()),
        };
        log.update_one(
            doc! { "_id": entry.get_object_id("_id").unwrap() },
            doc! { "$set": { &name: other } },
        )
        // Who edits the database by hand can also pass by its validators.
        .bypass_document_validation(true)
        .await
        .unwrap();
        let found = verify(&a).await;
        assert_eq!(
            (&found["valid"], &found["first_invalid_seq"]),
            (&json!(false), &json!(3)),
            "{name}: {found}"
        );
        log.replace_one(doc! { "_id": entry.get_object_id("_id").unwrap() }, &entry).await.unwrap();
    }
    log.update_one(third.clone(), doc! { "$set": { "note": "added" } }).await.unwrap();
    assert_eq!(verify(&a).await["fault"], "altered", "a field that was not there");
    log.update_one(third.clone(), doc! { "$unset": { "note": 1, "ip": 1 } }).await.unwrap();
    assert_eq!(verify(&a).await["fault"], "altered", "a field that was taken away");
    log.replace_one(doc! { "_id": entry.get_object_id("_id").unwrap() }, &entry).await.unwrap();
    let mut copy = entry.clone();
    copy.insert("_id", bson::oid::ObjectId::new());
    log.delete_one(third).await.unwrap();
    assert_eq!(verify(&a).await["fault"], "missing");
    log.insert_one(&copy).await.unwrap();
    assert_eq!(verify(&a).await["fault"], "altered", "the same entry under another id");
    app.finish().await;
}

/// The hash that an entry must carry, made as a forger would.
fn seal(entry: &Document) -> String {
    let mut fields: Vec<_> = entry.iter().filter(|(name, _)| *name != "hash").collect();
    fields.sort_by_key(|(name, _)| *name);
    let said: Document = fields.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    hex::encode(Sha256::digest(bson::serialize_to_vec(&said).unwrap()))
}

#[tokio::test]
async fn an_entry_that_was_rewritten_with_a_fitting_hash_breaks_the_next_link() {
    let app = TestApp::start().await;
    let a = five_entries(&app, "a").await;
    let log = app.raw.collection::<Document>("audit_log");
    for (seq, fault, found_at) in [(3, "altered", 4), (5, "head_mismatch", 5)] {
        let at = doc! { "company_id": a.id, "seq": i64::from(seq) };
        let entry = log.find_one(at.clone()).await.unwrap().unwrap();
        assert_eq!(entry.get_str("hash").unwrap(), seal(&entry), "the seal is as documented");
        let mut forged = entry.clone();
        forged.insert("actor_name", "someone else");
        forged.insert("hash", seal(&forged));
        log.replace_one(at.clone(), &forged).await.unwrap();
        let found = verify(&a).await;
        assert_eq!(
            (&found["fault"], &found["first_invalid_seq"]),
            (&json!(fault), &json!(found_at)),
            "{found}"
        );
        log.replace_one(at, &entry).await.unwrap();
    }
    app.finish().await;
}

#[tokio::test]
async fn swapping_two_entries_is_found() {
    let app = TestApp::start().await;
    let a = five_entries(&app, "a").await;
    let log = app.raw.collection::<Document>("audit_log");
    let at = |seq: i64| doc! { "company_id": a.id, "seq": seq };
    let (mut second, mut fourth) =
        (log.find_one(at(2)).await.unwrap().unwrap(), log.find_one(at(4)).await.unwrap().unwrap());
    log.delete_many(doc! { "company_id": a.id, "seq": { "$in": [2_i64, 4_i64] } }).await.unwrap();
    second.insert("seq", 4_i64);
    fourth.insert("seq", 2_i64);
    log.insert_many([&second, &fourth]).await.unwrap();
    let found = verify(&a).await;
    assert_eq!((&found["fault"], &found["first_invalid_seq"]), (&json!("altered"), &json!(2)), "{found}");
    app.finish().await;
}

#[tokio::test]
async fn a_cut_tail_and_an_edited_head_are_found() {
    let app = TestApp::start().await;
    let a = five_entries(&app, "a").await;
    let heads = app.raw.collection::<Document>("audit_heads");
    let log = app.raw.collection::<Document>("audit_log");
    let key = doc! { "_id": format!("{}:audit", a.id.to_hex()) };
    let head = heads.find_one(key.clone()).await.unwrap().unwrap();
    let hash_of = |seq: i64| {
        let log = log.clone();
        let id = a.id;
        async move {
            let entry = log.find_one(doc! { "company_id": id, "seq": seq }).await.unwrap().unwrap();
            entry.get_str("hash").unwrap().to_owned()
        }
    };
    let edits = [
        (doc! { "seq": 6_i64 }, "missing", 6),
        (doc! { "seq": 4_i64 }, "head_mismatch", 4),
        (doc! { "hash": "0".repeat(64) }, "head_mismatch", 5),
        (doc! { "seq": 4_i64, "hash": hash_of(4).await }, "beyond_head", 5),
    ];
    for (edit, fault, seq) in edits {
        heads.update_one(key.clone(), doc! { "$set": edit.clone() }).await.unwrap();
        let found = verify(&a).await;
        let told = (&found["valid"], &found["fault"], &found["first_invalid_seq"]);
        assert_eq!(told, (&json!(false), &json!(fault), &json!(seq)), "{edit}: {found}");
        heads.replace_one(key.clone(), &head).await.unwrap();
    }
    heads.delete_one(key.clone()).await.unwrap();
    assert_eq!(verify(&a).await["fault"], "beyond_head", "without a head");
    heads.insert_one(&head).await.unwrap();
    assert_eq!(verify(&a).await["valid"], true);
    log.delete_one(doc! { "company_id": a.id, "seq": 5_i64 }).await.unwrap();
    let found = verify(&a).await;
    assert_eq!((&found["fault"], &found["first_invalid_seq"]), (&json!("missing"), &json!(5)), "{found}");
    app.finish().await;
}

#[tokio::test]
async fn roles_see_what_the_table_says_and_companies_nothing_of_each_other() {
    let app = TestApp::start().await;
    let (a, b) = (five_entries(&app, "a").await, five_entries(&app, "b").await);
    a.manager.ask().post("/api/tags", json!({ "name": "of the manager" })).await.expect(201);
    a.writer.ask().post("/api/tags", json!({ "name": "of the writer" })).await.expect(201);
    let view = json!({ "name": "mine", "resource": "tickets", "filter": {} });
    a.client.ask().post("/api/saved_views", view).await.expect(201);
    assert_eq!(a.admin.ask().get("/api/audit_log").await.expect(200)["total"], 8);
    for person in [&a.manager, &a.writer, &a.client] {
        let own = person.ask().get("/api/audit_log").await.expect(200);
        assert_eq!(own["total"], 1, "{own}");
        assert_eq!(own["data"][0]["actor_id"], person.id.to_hex());
        assert!(own["data"][0].get("hash").is_none(), "hashes are for those who verify");
        assert!(own["data"][0].get("seq").is_none(), "gaps would tell how much others do");
        person.ask().get("/api/audit_log?sort=-seq").await.refused(422, "sort_not_allowed");
        person.ask().get("/api/audit_log/verify").await.refused(403, "forbidden");
    }
    let foreign = b.admin.ask().get("/api/audit_log").await.expect(200)["data"][0]["id"].clone();
    a.admin
        .ask()
        .get(&format!("/api/audit_log/{}", foreign.as_str().unwrap()))
        .await
        .refused(404, "not_found");
    app.raw
        .collection::<Document>("audit_log")
        .delete_one(doc! { "company_id": b.id, "seq": 2_i64 })
        .await
        .unwrap();
    assert_eq!(verify(&a).await["valid"], true, "another company's broken chain is not one's own");
    let root = app.superadmin().await;
    let filter = json!({ "resource": "tags" });
    let outside = root.ask().list("/api/audit_log", filter.clone()).await.expect(200);
    let inside = root.ask().acting_in(b.id).list("/api/audit_log", filter).await.expect(200);
    assert_eq!(outside["data"][0]["changes"], json!(null), "from outside only that something was done");
    assert!(inside["data"][0]["changes"].is_array(), "{inside}");
    root.ask().get("/api/audit_log/verify").await.refused(400, "company_required");
    let broken = root.ask().acting_in(b.id).get("/api/audit_log/verify").await.expect(200);
    assert_eq!(broken["valid"], false);
    app.finish().await;
}

#[tokio::test]
async fn parallel_writers_of_two_instances_keep_one_chain() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let a = app.tenant("a").await;
    let writes = (0..30).map(|n| {
        let ask = if n % 2 == 0 { a.admin.ask() } else { a.admin.ask_at(&sibling) };
        async move { ask.post("/api/tags", json!({ "name": format!("tag {n}") })).await }
    });
    for answer in futures::future::join_all(writes).await {
        answer.expect(201);
    }
    let found = verify(&a).await;
    assert_eq!((&found["valid"], &found["checked"]), (&json!(true), &json!(30)), "{found}");
    assert!(sibling.app.db().tripwire().misses().is_empty());
    app.finish().await;
}

#[tokio::test]
async fn verifying_while_others_write_finds_no_fault() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let writes = async {
        for n in 0..30 {
            a.writer.ask().post("/api/tags", json!({ "name": format!("tag {n}") })).await.expect(201);
        }
    };
    let checks = async {
        for _ in 0..15 {
            let found = verify(&a).await;
            assert_eq!(found["valid"], true, "{found}");
        }
    };
    futures::join!(writes, checks);
    assert_eq!(verify(&a).await["checked"], 30);
    app.finish().await;
}

#[tokio::test]
async fn a_long_chain_is_verified_in_parts() {
    let app = TestApp::start_with(|limits| limits.verified_entries = 2).await;
    let a = five_entries(&app, "a").await;
    let part = async |from: i64| {
        let found = a.admin.ask().get(&format!("/api/audit_log/verify?from_seq={from}")).await.expect(200);
        (
            found["valid"].clone(),
            found["checked"].clone(),
            found["next_seq"].clone(),
            found["first_invalid_seq"].clone(),
        )
    };
    let told = |valid: bool, checked: i64, next: Option<i64>, first: Option<i64>| {
        (json!(valid), json!(checked), json!(next), json!(first))
    };
    assert_eq!(verify(&a).await["next_seq"], 3, "it begins at the beginning");
    assert_eq!(part(1).await, told(true, 2, Some(3), None));
    assert_eq!(part(3).await, told(true, 2, Some(5), None));
    assert_eq!(part(5).await, told(true, 1, None, None));
    assert_eq!(part(6).await, told(true, 0, None, None), "the next one that will be");
    for query in ["from_seq=7", "from_seq=0", "from_seq=x", "from_seq=9223372036854775807", "from=1"] {
        let path = format!("/api/audit_log/verify?{query}");
        a.admin.ask().get(&path).await.refused(422, "invalid_parameter");
    }
    let log = app.raw.collection::<Document>("audit_log");
    let fourth = doc! { "company_id": a.id, "seq": 4_i64 };
    log.update_one(fourth.clone(), doc! { "$set": { "actor_name": "someone else" } }).await.unwrap();
    assert_eq!(part(1).await, told(true, 2, Some(3), None));
    assert_eq!(part(3).await, told(false, 1, None, Some(4)));
    assert_eq!(part(5).await, told(false, 0, None, Some(4)), "what a part begins after is looked at too");
    log.delete_one(fourth).await.unwrap();
    assert_eq!(part(5).await, told(false, 0, None, Some(4)));
    app.finish().await;
}

#[tokio::test]
async fn one_verification_of_a_company_runs_at_a_time() {
    let app = TestApp::start().await;
    let (a, b) = (five_entries(&app, "a").await, five_entries(&app, "b").await);
    let running = app.app.lines().verifications.wait(Some(a.id)).await;
    let refused = a.admin.ask().get("/api/audit_log/verify").await;
    refused.refused(503, "overloaded");
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(verify(&b).await["valid"], true);
    drop(running);
    assert_eq!(verify(&a).await["valid"], true);
    app.finish().await;
}
