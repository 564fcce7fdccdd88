//! Walking through lists: by cursor, by offset and backwards everyone meets the same rows in the same order.

use crate::support::{Persona, Tenant, TestApp, url};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bson::{DateTime, Document, doc, oid::ObjectId};
use serde_json::{Value, json};

const PATH: &str = "/api/categories";

/// Categories with few different values, so that many tie.
async fn many_ties(app: &TestApp, tenant: &Tenant, many: usize) {
    let pick = |from: &[&'static str]| from[rand::random_range(0..from.len())];
    let rows: Vec<Document> = (0..many)
        .map(|n| {
            let name = format!("{}{n}", pick(&["a", "B", "ä", "z", "A", "\u{10ffff}", "0"]));
            let time = || DateTime::from_millis(1_700_000_000_000 + rand::random_range(0..5_i64));
            doc! {
                "_id": ObjectId::new(), "company_id": tenant.id, "name": &name, "name_fold": name.to_lowercase(),
                "description": null, "parent_id": null, "department_id": null, "default_priority": null, "skill": null,
                "required_for_solved": [], "is_public": rand::random_bool(0.5), "is_active": rand::random_bool(0.5),
                "position": rand::random_range(0..4_i64), "created_at": time(), "created_by": null,
                "updated_at": time(), "updated_by": null, "version": 1_i64, "deleted_at": null,
            }
        })
        .collect();
    app.raw.collection::<Document>("categories").insert_many(rows).await.expect("categories");
}

fn ids(body: &Value) -> Vec<String> {
    body["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

async fn by_cursor(person: &Persona, sort: &str, filter: &str, size: &str) -> Vec<String> {
    let (mut walked, mut after) = (Vec::new(), String::new());
    loop {
        let pairs = [("sort", sort), ("filter", filter), ("per_page", size), ("after", &after)];
        let body = person.ask().get(&url(PATH, &pairs)).await.expect(200);
        walked.extend(ids(&body));
        assert!(walked.len() <= 1000, "the walk does not end");
        match body["pageInfo"]["nextCursor"].as_str() {
            Some(next) => after = next.to_owned(),
            None => return walked,
        }
    }
}

async fn by_offset(person: &Persona, sort: &str, filter: &str, size: &str) -> Vec<String> {
    let mut walked = Vec::new();
    for page in 1.. {
        let page = page.to_string();
        let pairs = [("sort", sort), ("filter", filter), ("per_page", size), ("page", &page)];
        let body = person.ask().get(&url(PATH, &pairs)).await.expect(200);
        walked.extend(ids(&body));
        if body["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    walked
}

#[tokio::test]
async fn cursor_offset_and_reverse_meet_the_same_rows() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    many_ties(&app, &a, 60).await;
    for sort in ["id", "name", "position", "created_at", "updated_at"] {
        for filter in ["{}", "{\"is_public\":true}", "{\"or\":[{\"is_active\":true},{\"is_public\":false}]}"]
        {
            let up = by_cursor(&a.writer, sort, filter, "7").await;
            let down = by_cursor(&a.writer, &format!("-{sort}"), filter, "11").await;
            assert!(up.iter().eq(down.iter().rev()), "{sort} {filter}: backwards");
            assert_eq!(up, by_offset(&a.writer, sort, filter, "9").await, "{sort} {filter}: by offset");
            let whole = url(PATH, &[("sort", sort), ("filter", filter), ("per_page", "1000")]);
            let body = a.writer.ask().get(&whole).await.expect(200);
            assert_eq!(up, ids(&body), "{sort} {filter}: at once");
            assert_eq!(body["total"], up.len());
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn rows_that_come_and_go_disturb_no_walk_by_cursor() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    many_ties(&app, &a, 30).await;
    let before = by_cursor(&a.writer, "-created_at", "{}", "1000").await;
    let first = a.writer.ask().get(&url(PATH, &[("per_page", "10")])).await.expect(200);
    let seen = ids(&first);
    a.admin.ask().post(PATH, json!({ "name": "newest" })).await.expect(201);
    a.admin.ask().delete(&format!("{PATH}/{}", seen[3])).await.expect(200);
    let after = first["pageInfo"]["nextCursor"].as_str().unwrap();
    let rest = a.writer.ask().get(&url(PATH, &[("after", after), ("per_page", "100")])).await.expect(200);
    assert_eq!(ids(&rest), before[10..]);
    app.finish().await;
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order_and_holds_plain_values_only() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    many_ties(&app, &a, 20).await;
    many_ties(&app, &b, 20).await;
    let first = a.writer.ask().get(&url(PATH, &[("sort", "name"), ("per_page", "5")])).await.expect(200);
    let cursor = first["pageInfo"]["nextCursor"].as_str().unwrap();
    for sort in ["-name", "position", "id"] {
        let pairs = [("sort", sort), ("after", cursor)];
        a.writer.ask().get(&url(PATH, &pairs)).await.refused(422, "invalid_parameter");
    }
    let pairs = [("sort", "name"), ("after", cursor), ("page", "2")];
    a.writer.ask().get(&url(PATH, &pairs)).await.refused(422, "invalid_parameter");

    let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap();
    let sound: Document = bson::deserialize_from_slice(&bytes).unwrap();
    let forge = |value: bson::Bson| {
        let mut forged = sound.clone();
        forged.insert("v", value);
        URL_SAFE_NO_PAD.encode(bson::serialize_to_vec(&forged).unwrap())
    };
    for value in [
        bson::Bson::Document(doc! { "$ne": null }),
        bson::Bson::Array(vec![]),
        bson::Bson::Symbol("x".to_owned()),
        bson::Bson::JavaScriptCode("1".to_owned()),
        bson::Bson::MinKey,
    ] {
        let forged = forge(value);
        let pairs = [("sort", "name"), ("after", forged.as_str())];
        a.writer.ask().get(&url(PATH, &pairs)).await.refused(422, "invalid_parameter");
    }
    // Cut, with a byte changed, or of another type: refused or a list of one's own, never a failure.
    let mut broken: Vec<String> = (0..bytes.len()).map(|n| URL_SAFE_NO_PAD.encode(&bytes[..n])).collect();
    broken.extend((0..bytes.len()).map(|n| {
        let mut bytes = bytes.clone();
        bytes[n] ^= 0x5a;
        URL_SAFE_NO_PAD.encode(bytes)
    }));
    broken.push(forge(bson::Bson::Int64(5)));
    for cursor in &broken {
        let pairs = [("sort", "name"), ("after", cursor.as_str()), ("per_page", "100")];
        let answer = a.writer.ask().get(&url(PATH, &pairs)).await;
        match answer.status.as_u16() {
            422 => {}
            200 => assert!(ids(&answer.json()).len() <= 20, "rows of another company"),
            status => panic!("{status}: {}", answer.text()),
        }
    }
    // A cursor of another company is only a place in one's own list.
    let foreign = b.writer.ask().get(&url(PATH, &[("sort", "name"), ("per_page", "5")])).await.expect(200);
    let cursor = foreign["pageInfo"]["nextCursor"].as_str().unwrap();
    let body = a.writer.ask().get(&url(PATH, &[("sort", "name"), ("after", cursor)])).await.expect(200);
    for row in body["data"].as_array().unwrap() {
        assert_eq!(row["company_id"], a.id.to_hex());
    }
    app.finish().await;
}
