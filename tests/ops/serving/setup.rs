//! Tests of the first operator and of the demo data, through the commands that make them.

use super::process::{Process, Setup};
use bson::{Document, doc};
use serde_json::{Value, json};

const PASSWORD: &str = "look-around-and-try-it";

/// A request, with a token if there is one.
async fn ask(process: &Process, token: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let client = reqwest::Client::new();
    let url = format!("{}{path}", process.url);
    let request = match body {
        Some(body) => client.post(url).json(&body),
        None => client.get(url),
    };
    let request = if token.is_empty() { request } else { request.bearer_auth(token) };
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

async fn log_in(process: &Process, email: &str, password: &str) -> (u16, Value) {
    ask(process, "", "/auth/token", Some(json!({ "username": email, "password": password }))).await
}

async fn token(process: &Process, email: &str) -> String {
    let (status, answer) = log_in(process, email, PASSWORD).await;
    assert_eq!(status, 200, "{email}: {answer}");
    assert_eq!(answer["must_change_password"], false, "{email}");
    answer["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_operator_gets_a_password_for_one_log_in() {
    let setup = Setup::new();
    let (good, text) = setup.run(&["create-admin", "--email", "root@example.com"]).await;
    assert!(!good && text.contains("stoa migrate"), "{text}");
    assert!(setup.run(&["migrate"]).await.0);
    let (good, text) = setup.run(&["create-admin", "--email", "root@example.com"]).await;
    assert!(good, "{text}");
    let first = text.lines().find_map(|line| line.strip_prefix("first password, shown only now: "));
    let first = first.expect("a password").to_owned();
    let (good, text) = setup.run(&["create-admin", "--email", "other@example.com"]).await;
    assert!(!good && text.contains("There is an operator already"), "{text}");

    let process = setup.serve().await;
    let (status, answer) = log_in(&process, "root@example.com", &first).await;
    assert_eq!((status, &answer["must_change_password"]), (200, &true.into()));
    let access = answer["access_token"].as_str().unwrap();
    assert_eq!(ask(&process, access, "/api/companies", None).await.0, 403);
    let change = json!({ "current_password": first, "new_password": "a much better passphrase" });
    let (status, answer) = ask(&process, access, "/auth/password/change", Some(change)).await;
    assert_eq!(status, 200, "{answer}");
    let access = answer["access_token"].as_str().unwrap();
    assert_eq!(ask(&process, access, "/api/companies", None).await.0, 200);
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn the_first_password_can_come_from_a_file_or_a_variable_and_must_be_a_good_one() {
    let setup = Setup::new().with("ADMIN_PASSWORD", "from the variable, long enough");
    assert!(setup.run(&["migrate"]).await.0);
    let file = setup.folder.write("password", "from a file, and long enough\n");
    let arguments = ["create-admin", "--email", "file@example.com", "--password-file", &file];
    let (good, text) = setup.run(&arguments).await;
    assert!(good && !text.contains("from a file") && !text.contains("shown only now"), "{text}");
    let (good, text) = setup.run(&["create-admin", "--email", "variable@example.com", "--another"]).await;
    assert!(good && !text.contains("from the variable"), "{text}");
    let weak = setup.folder.write("weak", "password1234567");
    let arguments = ["create-admin", "--email", "weak@example.com", "--another", "--password-file", &weak];
    let (good, text) = setup.run(&arguments).await;
    assert!(!good && !text.contains("password1234567"), "{text}");

    let process = setup.serve().await;
    assert_eq!(log_in(&process, "file@example.com", "from a file, and long enough").await.0, 200);
    assert_eq!(log_in(&process, "variable@example.com", "from the variable, long enough").await.0, 200);
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn demo_data_are_loaded_once_obey_the_rules_and_keep_companies_apart() {
    let setup = Setup::new();
    let (good, text) = setup.run(&["demo-data"]).await;
    assert!(good && text.contains("are loaded"), "{text}");
    let raw = setup.raw().await;
    let tickets = raw.collection::<Document>("tickets");
    let acme =
        raw.collection::<Document>("companies").find_one(doc! { "slug": "acme-support" }).await.unwrap();
    let acme = acme.expect("a company").get_object_id("_id").unwrap();
    assert_eq!(tickets.count_documents(doc! { "company_id": acme }).await.unwrap(), 60);
    let mut statuses = Vec::new();
    for status in ["new", "open", "pending", "on_hold", "solved", "closed"] {
        let which = doc! { "company_id": acme, "status": status };
        statuses.push((status, tickets.count_documents(which).await.unwrap() > 0));
    }
    assert!(statuses.iter().all(|(_, there)| *there), "{statuses:?}");
    for which in [doc! { "archived": true }, doc! { "is_spam": true }, doc! { "reopen_count": { "$gt": 0 } }]
    {
        assert!(tickets.count_documents(which.clone()).await.unwrap() > 0, "{which}");
    }
    let now = bson::DateTime::now();
    let later = doc! { "$or": [{ "created_at": { "$gt": now } }, { "updated_at": { "$gt": now } }] };
    assert_eq!(tickets.count_documents(later).await.unwrap(), 0, "nothing happens in the future");
    let sessions = raw.collection::<Document>("sessions");
    assert_eq!(sessions.count_documents(doc! {}).await.unwrap(), 0, "the loading left nobody logged in");

    let before = tickets.count_documents(doc! {}).await.unwrap();
    let (good, text) = setup.run(&["demo-data"]).await;
    assert!(good && text.contains("loaded before"), "{text}");
    assert_eq!(tickets.count_documents(doc! {}).await.unwrap(), before);

    let process = setup.serve().await;
    for line in text.lines().filter(|line| line.contains("@")) {
        let mut words = line.split_whitespace();
        let (role, email) = (words.next().unwrap(), words.next().unwrap());
        let access = token(&process, email).await;
        let (_, me) = ask(&process, &access, "/auth/me", None).await;
        assert!(me.to_string().contains(role), "{email}: {me}");
    }
    let (_, list) = ask(&process, &token(&process, "admin@globex.example").await, "/api/tickets", None).await;
    assert_eq!(list["total"], 3, "{list}");
    let admin = token(&process, "admin@acme.example").await;
    let (status, verified) = ask(&process, &admin, "/api/audit_log/verify", None).await;
    assert_eq!(status, 200, "{verified}");
    super::examples::work_as_pasted(&process).await;
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn demo_data_do_not_come_to_other_peoples_data() {
    let setup = Setup::new();
    assert!(setup.run(&["migrate"]).await.0);
    assert!(setup.run(&["create-admin", "--email", "root@example.com"]).await.0);
    let before = setup.raw().await.collection::<Document>("users").count_documents(doc! {}).await.unwrap();
    let (good, text) = setup.run(&["demo-data"]).await;
    assert!(!good && text.contains("empty databases only"), "{text}");
    let (good, text) = setup.run(&["serve", "--demo-data"]).await;
    assert!(!good && text.contains("empty databases only"), "{text}");
    let after = setup.raw().await.collection::<Document>("users").count_documents(doc! {}).await.unwrap();
    assert_eq!(before, after);
    setup.end().await;
}
