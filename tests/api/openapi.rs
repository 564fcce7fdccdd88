//! The OpenAPI document agrees with itself and with what the router serves.

use crate::support::TestApp;
use serde_json::Value;
use std::collections::BTreeSet;

async fn served() -> (TestApp, Value) {
    let app = TestApp::start().await;
    let document = app.anonymous().get("/api/openapi.json").await.expect(200);
    (app, document)
}

/// Every value in the document with the way to it.
fn walk<'v>(at: &str, value: &'v Value, visit: &mut impl FnMut(&str, &'v Value)) {
    visit(at, value);
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| walk(&format!("{at}/{name}"), value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| walk(at, value, visit)),
        _ => {}
    }
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((path.clone(), method.clone(), operation));
        }
    }
    all
}

#[tokio::test]
async fn it_is_complete_and_every_reference_resolves() {
    let (app, document) = served().await;
    assert_eq!(document["openapi"], "3.1.0");
    let described = operations(&document);
    assert_eq!(described.len(), app.app.operations().len(), "each operation of the router is described once");
    let ids: BTreeSet<_> =
        described.iter().map(|(.., operation)| operation["operationId"].to_string()).collect();
    assert_eq!(ids.len(), described.len(), "operation ids are unique");
    let mut references = 0;
    walk("", &document, &mut |at, value| {
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            references += 1;
            let pointer = target.strip_prefix('#').unwrap_or_else(|| panic!("{at} leaves the document"));
            assert!(
                document.pointer(pointer).is_some_and(|found| !found.is_null()),
                "{at} points at {target}"
            );
        }
    });
    assert!(references > 100);
    app.finish().await;
}

#[tokio::test]
async fn every_operation_says_who_may_call_it_and_declares_its_path_and_answers() {
    let (app, document) = served().await;
    for (path, method, operation) in operations(&document) {
        let place = format!("{method} {path}");
        let public = operation.get("x-stoa-public") == Some(&Value::Bool(true));
        assert_ne!(public, operation.get("x-stoa-permission").is_some(), "{place}");
        assert_eq!(public, operation["security"] == serde_json::json!([]), "{place}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 3), "{place}");
        assert!(!operation["tags"][0].as_str().unwrap().is_empty(), "{place}");
        let declared: BTreeSet<_> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
            .collect();
        let in_path: BTreeSet<_> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}').map(str::to_owned))
            .collect();
        assert_eq!(declared, in_path, "{place}");
        let responses = operation["responses"].as_object().unwrap();
        let wanted: &[&str] =
            if public { &["414", "500", "503"] } else { &["401", "403", "414", "429", "500", "503"] };
        for status in wanted {
            assert!(responses.contains_key(*status), "{place} does not tell of {status}");
        }
        assert!(responses.keys().any(|status| status.starts_with('2')), "{place}");
    }
    let tags: BTreeSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].to_string()).collect();
    assert_eq!(tags.len(), document["tags"].as_array().unwrap().len());
    for tag in document["tags"].as_array().unwrap() {
        assert!(tag["description"].as_str().is_some_and(|text| !text.is_empty()), "{tag} has no description");
    }
    app.finish().await;
}

#[tokio::test]
async fn no_hidden_field_is_in_it() {
    let (app, document) = served().await;
    for info in stoa::models::ALL {
        let hidden = info.fields.iter().filter(|field| field.access == stoa::schema::Access::Hidden);
        for field in hidden {
            for name in
                [info.name().to_owned(), format!("New{}", info.name()), format!("{}Changes", info.name())]
            {
                let property = format!("/components/schemas/{name}/properties/{}", field.name);
                assert!(document.pointer(&property).is_none(), "{property}");
            }
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn it_is_cached_by_its_tag() {
    let (app, _) = served().await;
    let first = app.anonymous().get("/api/openapi.json").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.len() > 4);
    let again = app.anonymous().with("if-none-match", &tag).get("/api/openapi.json").await;
    assert_eq!(again.status, 304);
    assert!(again.bytes.is_empty());
    app.finish().await;
}

#[tokio::test]
async fn the_example_of_each_resource_is_accepted() {
    let (app, document) = served().await;
    let a = app.tenant("a").await;
    for (resource, schema) in
        [("departments", "NewDepartment"), ("categories", "NewCategory"), ("tags", "NewTag")]
    {
        let example = document["components"]["schemas"][schema]["examples"][0].clone();
        assert!(example.is_object(), "{schema}");
        a.admin.ask().post(&format!("/api/{resource}"), example).await.expect(201);
    }
    app.finish().await;
}

#[tokio::test]
async fn the_pages_load_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    for (page, assets) in [("/docs", 3), ("/redoc", 2)] {
        let answer = app.anonymous().get(page).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("text/html"));
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        let html = answer.text();
        assert!(!html.contains("http"), "{html}");
        let linked: Vec<_> =
            html.split('"').filter(|part| part.starts_with("/docs/assets/")).map(str::to_owned).collect();
        assert_eq!(linked.len(), assets);
        for link in linked {
            let asset = app.anonymous().get(&link).await;
            assert_eq!(asset.status, 200, "{link}");
            assert!(asset.bytes.len() > 50, "{link}");
        }
    }
    let redoc = app.anonymous().get("/docs/assets/redoc.standalone.js").await.text();
    assert!(redoc.len() > 500_000 && !redoc.contains("cdn.redoc.ly"));
    assert!(redoc.trim_end().ends_with(';'), "cut in the right place");
    app.anonymous().get("/docs/assets/../secret").await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_explanation() {
    let app = TestApp::start().await;
    let problem = app.anonymous().get("/api/departments").await.refused(401, "unauthenticated");
    let (page, anchor) = problem["type"].as_str().unwrap().split_once('#').unwrap();
    let html = app.anonymous().get(page).await.text();
    assert!(html.contains(&format!("id=\"{anchor}\"")));
    for code in stoa::errors::Code::ALL {
        assert!(html.contains(&format!("id=\"{}\"", code.as_str())), "{}", code.as_str());
        assert!(code.meaning().trim().ends_with('.'), "{}", code.as_str());
    }
    app.finish().await;
}
