//! What senders of mail have of their address: a name to log in with until somebody shows a better claim.

use super::world::World;
use crate::support::mail::of_link;
use crate::support::{Answer, LogIn, TestApp};
use bson::{Document, doc, oid::ObjectId};
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

const SENDER: &str = "somebody@else.example";
const OWN: &str = "another 7Good&Pass%phrase";

fn written(number: usize) -> Vec<u8> {
    let text = format!(
        "From: Somebody Else <{SENDER}>\r\nTo: x\r\nSubject: s{number}\r\nMessage-ID: <{number}@else.example>\r\n\r\nhi\r\n"
    );
    text.into_bytes()
}

/// The client that a company made of the sender.
async fn client(app: &TestApp, world: &World) -> Document {
    assert_eq!(world.count(app, "users", doc! { "email": SENDER }).await, 1);
    world.find(app, "users", doc! { "email": SENDER }).await
}

async fn id_of_client(app: &TestApp, world: &World) -> ObjectId {
    client(app, world).await.get_object_id("_id").unwrap()
}

async fn add(world: &World) -> Answer {
    let body = json!({ "email": SENDER, "name": "Added", "role": "content_writer" });
    world.tenant.admin.ask().post("/api/users", body).await
}

async fn accept_invitation(app: &TestApp) -> Answer {
    let token = of_link(&app.mail(SENDER, "invitation").await, "token");
    app.anonymous().post("/auth/invite/accept", json!({ "token": token, "password": OWN })).await
}

async fn choose(app: &TestApp, mail: &Value) -> Answer {
    let body = json!({ "token": of_link(mail, "token"), "new_password": OWN });
    app.anonymous().post("/auth/password/reset", body).await
}

async fn start_reset(world: &World, id: ObjectId) -> Answer {
    world.tenant.admin.ask().post(&format!("/api/users/{}/reset_password", id.to_hex()), json!({})).await
}

async fn open_registration(world: &World) {
    let path = format!("/api/settings/{}", world.tenant.id.to_hex());
    let change = json!({ "self_registration": true });
    world.tenant.admin.ask().with("if-match", "*").patch(&path, change).await.expect(200);
}

/// Registers with a company and follows the link.
async fn register(app: &TestApp, company: &str) -> Answer {
    let body = json!({ "company": company, "email": SENDER, "name": "Newcomer", "password": OWN });
    app.anonymous().post("/auth/register", body).await.expect(202);
    let token = of_link(&app.mail(SENDER, "email_verification").await, "token");
    app.anonymous().post("/auth/verify_email", json!({ "token": token })).await
}

/// Who logs in with the address, and where.
async fn logged_in(app: &TestApp) -> (ObjectId, String) {
    let me = LogIn::of(&app.try_log_in(SENDER, OWN).await.expect(200)).ask(app);
    let me = me.get("/auth/me").await.expect(200);
    (super::world::id(&me["id"]), me["company"]["name"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_forged_mail_keeps_nobody_from_being_added_elsewhere() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    a.deliver(&app, &written(1)).await;
    let sender = id_of_client(&app, &a).await;
    add(&a).await.refused(409, "unique_violation");
    add(&b).await.expect(201);
    // Whoever was added first has it for good.
    add(&b).await.refused(409, "unique_violation");
    add(&a).await.refused(409, "unique_violation");
    accept_invitation(&app).await.expect(200);
    let (person, company) = logged_in(&app).await;
    assert_eq!((person != sender, company.as_str()), (true, "globex"));
    // The company goes on with the person as a client, who has nothing to log in with there.
    a.deliver(&app, &written(2)).await;
    assert_eq!(id_of_client(&app, &a).await, sender);
    assert_eq!(a.count(&app, "tickets", doc! { "requester_id": sender }).await, 2);
    start_reset(&a, sender).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn a_forged_mail_keeps_nobody_from_registering_elsewhere() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    open_registration(&b).await;
    a.deliver(&app, &written(1)).await;
    register(&app, "globex").await.expect(200);
    assert_eq!(logged_in(&app).await.1, "globex");
    assert!(client(&app, &a).await.get_document("password_hash").is_err());
    app.finish().await;
}

#[tokio::test]
async fn who_wrote_before_and_registers_gets_the_tickets() {
    let app = TestApp::start().await;
    let a = World::new(&app, "acme", &[]).await;
    open_registration(&a).await;
    a.deliver(&app, &written(1)).await;
    let sender = id_of_client(&app, &a).await;
    register(&app, "acme").await.expect(200);
    assert_eq!(logged_in(&app).await, (sender, "acme".to_owned()));
    assert_eq!(client(&app, &a).await.get_str("name").unwrap(), "Newcomer");
    let own = LogIn::of(&app.try_log_in(SENDER, OWN).await.expect(200)).ask(&app);
    let tickets = own.get("/api/tickets").await.expect(200);
    assert_eq!((&tickets["total"], &tickets["data"][0]["subject"]), (&json!(1), &json!("s1")));
    assert_eq!(
        a.count(&app, "audit_log", doc! { "action": "auth.register", "resource_id": sender }).await,
        1
    );
    app.finish().await;
}

#[tokio::test]
async fn a_company_has_one_person_of_an_address() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    open_registration(&b).await;
    a.deliver(&app, &written(1)).await;
    b.deliver(&app, &written(2)).await;
    // The name is provisionally of the first, and the second has the sender among its clients, too.
    let sender = id_of_client(&app, &b).await;
    add(&b).await.refused(409, "unique_violation");
    register(&app, "globex").await.expect(200);
    assert_eq!(logged_in(&app).await, (sender, "globex".to_owned()));
    assert_eq!(b.count(&app, "tickets", doc! { "requester_id": sender }).await, 1);
    add(&a).await.refused(409, "unique_violation");
    app.finish().await;
}

#[tokio::test]
async fn who_was_shut_out_does_not_come_back_by_registering() {
    let app = TestApp::start().await;
    let a = World::new(&app, "acme", &[]).await;
    open_registration(&a).await;
    a.deliver(&app, &written(1)).await;
    let path = format!("/api/users/{}", id_of_client(&app, &a).await.to_hex());
    a.tenant.admin.ask().post(&format!("{path}/disable"), json!({})).await.expect(200);
    let body = json!({ "company": "acme", "email": SENDER, "name": "Newcomer", "password": OWN });
    app.anonymous().post("/auth/register", body.clone()).await.expect(202);
    a.tenant.admin.ask().with("if-match", "*").delete(&path).await.expect(200);
    app.anonymous().post("/auth/register", body).await.expect(202);
    let templates = app.templates_to(SENDER).await;
    assert!(!templates.contains(&"email_verification".to_owned()), "{templates:?}");
    app.finish().await;
}

#[tokio::test]
async fn a_password_makes_the_address_the_senders_own() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    a.deliver(&app, &written(1)).await;
    app.anonymous().post("/auth/password/forgot", json!({ "email": SENDER })).await.expect(202);
    let mail = app.mail(SENDER, "password_reset").await;
    choose(&app, &mail).await.expect(200);
    assert_eq!(logged_in(&app).await, (id_of_client(&app, &a).await, "acme".to_owned()));
    add(&b).await.refused(409, "unique_violation");
    app.finish().await;
}

#[tokio::test]
async fn the_first_who_shows_that_the_address_is_theirs_has_it() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    a.deliver(&app, &written(1)).await;
    b.deliver(&app, &written(1)).await;
    let (first, second) = (id_of_client(&app, &a).await, id_of_client(&app, &b).await);
    // The name to log in with is provisionally of the first, which does not bind the second.
    start_reset(&a, first).await.expect(200);
    let late = app.mail(SENDER, "password_reset").await;
    app.clock.advance(Duration::from_secs(1));
    start_reset(&b, second).await.expect(200);
    choose(&app, &app.mail(SENDER, "password_reset").await).await.expect(200);
    assert_eq!(logged_in(&app).await, (second, "globex".to_owned()));
    choose(&app, &late).await.refused(422, "invalid_token");
    start_reset(&a, first).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn many_mails_of_one_sender_at_once_make_one_client() {
    let app = TestApp::start().await;
    let (a, b) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    // The name is free for the first company, and taken for the second.
    for world in [&a, &b] {
        for number in 0..6 {
            assert_eq!(world.send(&app, &written(number)).await.status.as_u16(), 202);
        }
        let runs = (0..4).map(|_| stoa::jobs::run_due(&app.app));
        for run in join_all(runs).await {
            run.expect("jobs");
        }
        app.clock.advance(Duration::from_secs(600));
        stoa::jobs::run_due(&app.app).await.expect("jobs");
        let client = id_of_client(&app, world).await;
        assert_eq!(world.count(&app, "tickets", doc! { "requester_id": client }).await, 6);
    }
    app.finish().await;
}

#[tokio::test]
async fn of_two_companies_that_add_the_sender_at_once_one_gets_the_address() {
    let app = TestApp::start().await;
    let a = World::new(&app, "acme", &[]).await;
    let (b, c) = (World::new(&app, "globex", &[]).await, World::new(&app, "initech", &[]).await);
    a.deliver(&app, &written(1)).await;
    let answers = join_all([&b, &c, &b, &c].map(add)).await;
    let made = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
    assert_eq!(made, 1);
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 409)));
    accept_invitation(&app).await.expect(200);
    logged_in(&app).await;
    app.finish().await;
}
