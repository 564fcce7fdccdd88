//! Outgoing mail against a real mail server: what is sent, to whom, how often, and what is never sent or shown.

mod failures;
mod mailboxes;
mod secrets;
mod sending;
mod servers;
mod templates;
mod tickets;

use crate::support::smtp::MailServer;
use crate::support::{Persona, Tenant, TestApp};
use bson::{DateTime, Document, doc, oid::ObjectId};
use serde_json::{Value, json};

/// A company whose client has a ticket, and a platform that sends by a server.
struct Stage {
    app: TestApp,
    server: MailServer,
    tenant: Tenant,
    ticket: String,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let server = MailServer::start(&[]);
        use_server(&app, &server);
        let tenant = app.tenant("acme").await;
        let ticket = file(&tenant.client, "Printer on fire").await;
        let mut stage = Self { app, server, tenant, ticket };
        stage.work().await;
        stage.server.mails();
        stage
    }

    /// Does all jobs that are due.
    async fn work(&mut self) -> usize {
        stoa::jobs::run_due(&self.app.app).await.unwrap()
    }

    async fn reply(&self, body: &str) -> Value {
        say(&self.tenant.admin, &self.ticket, "public_reply", body).await
    }

    /// The newest mail of the company, as the API shows it.
    async fn newest(&self) -> Value {
        let list = self.tenant.admin.ask().get("/api/outbound_emails?sort=-created_at&per_page=1").await;
        list.expect(200)["data"][0].clone()
    }

    async fn finish(self) {
        self.app.finish().await;
    }
}

fn use_server(app: &TestApp, server: &MailServer) {
    app.app.mail().replace_url(Some(format!("smtp://127.0.0.1:{}", server.port).into()));
}

async fn file(client: &Persona, subject: &str) -> String {
    let body = json!({ "subject": subject, "description": "It burns." });
    let made = client.ask().post("/api/tickets", body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

async fn say(who: &Persona, ticket: &str, kind: &str, body: &str) -> Value {
    let path = format!("/api/tickets/{ticket}/messages");
    who.ask().post(&path, json!({ "kind": kind, "body": body })).await.expect(201)
}

/// A mail that could not be sent, as the database would hold it; `retry` sends it.
async fn plant(app: &TestApp, company: Option<ObjectId>, more: Document, variables: Value) -> String {
    let (id, now) = (ObjectId::new(), DateTime::now());
    let key = format!("planted:{}", id.to_hex());
    let plain = serde_json::to_vec(&variables).unwrap();
    let sealed = app.app.data_keys().seal("outbound email variables", key.as_bytes(), &plain).unwrap();
    let mut email = doc! {
        "_id": id, "company_id": company, "template": "password_reset", "to": "ada@example.org", "to_name": "Ada",
        "locale": null, "sensitive": true, "variables": sealed, "dedupe_key": key, "ticket_id": null,
        "message_id": null, "state": "failed", "attempts": 0_i64, "uncertain": false, "created_at": now,
        "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
    };
    email.extend(more);
    app.raw.collection("outbound_emails").insert_one(email).await.unwrap();
    id.to_hex()
}

/// The values of a mail that resets a password.
fn reset() -> Value {
    json!({ "name": "Ada", "link": "https://stoa.test/reset-password?token=SECRET", "code": "424242", "minutes": 30 })
}

/// The mail as the database holds it.
async fn stored(app: &TestApp, id: &str) -> Document {
    let wanted = doc! { "_id": ObjectId::parse_str(id).unwrap() };
    app.raw.collection::<Document>("outbound_emails").find_one(wanted).await.unwrap().unwrap()
}
