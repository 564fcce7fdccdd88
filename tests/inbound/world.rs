//! A company with a mailbox, a ticket that came by mail and an answer that went out, and how mail is delivered to it.

use crate::support::{Answer, Ask, Persona, Tenant, TestApp};
use bson::{DateTime, Document, doc, oid::ObjectId};
use hmac::{Hmac, KeyInit, Mac};
use http::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use stoa::permissions::Role;
use stoa::services::mail_ids;

/// Bytes with placeholders replaced.
pub fn filled(raw: &[u8], values: &[(&str, String)]) -> Vec<u8> {
    let mut out = raw.to_vec();
    if !raw.windows(2).any(|pair| pair == b"{{") {
        return out;
    }
    for (name, value) in values {
        let mark = format!("{{{{{name}}}}}").into_bytes();
        while let Some(at) = out.windows(mark.len()).position(|window| window == mark) {
            out.splice(at..at + mark.len(), value.bytes());
        }
    }
    out
}

pub struct World {
    pub tenant: Tenant,
    pub second: Persona,
    pub mailbox: ObjectId,
    pub address: String,
    pub url: String,
    pub secret: String,
    pub ticket: ObjectId,
    pub reference: String,
    pub answer: ObjectId,
    pub sent: ObjectId,
    pub mark: String,
}

impl World {
    /// A company of its own, with what the setup names.
    pub async fn new(app: &TestApp, slug: &str, setup: &[&str]) -> Self {
        let tenant = app.tenant(slug).await;
        let second = tenant.person(app, Role::Client).await;
        let address = format!("help@{slug}.test");
        let refuses = setup.contains(&"refuse_unknown");
        let strangers = if setup.contains(&"untrusted") { "untrusted_message" } else { "new_ticket" };
        let body = json!({
            "address": address, "auto_reply": true, "authserv_id": "mx.stoa.test", "accepts_unknown": !refuses,
            "strangers": strangers,
        });
        let made = tenant.admin.ask().post("/api/mailboxes", body).await.expect(201);
        let mailbox = id(&made["id"]);
        let hook =
            tenant.admin.ask().post(&format!("/api/mailboxes/{}/webhook", mailbox.to_hex()), json!({})).await;
        let hook = hook.expect(200);
        let url = hook["url"].as_str().unwrap().strip_prefix("https://stoa.test").unwrap().to_owned();
        let mut world = Self {
            second,
            mailbox,
            address,
            url,
            secret: hook["secret"].as_str().unwrap().to_owned(),
            ticket: mailbox,
            reference: String::new(),
            answer: mailbox,
            sent: ObjectId::new(),
            mark: slug.to_owned(),
            tenant,
        };
        world.begin(app).await;
        world.prepare(app, setup).await;
        world
    }

    /// The first mail of the client, and the answer of staff, which leaves the ticket pending.
    async fn begin(&mut self, app: &TestApp) {
        let client = &self.tenant.client.email;
        let first = format!(
            "From: {client}\r\nTo: {}\r\nSubject: First {}\r\nMessage-ID: <first.{}@mail.example.com>\r\n\r\nFirst words\r\n",
            self.address, self.mark, self.mark
        );
        self.deliver(app, first.as_bytes()).await;
        let inbound = self.last(app).await;
        assert_eq!(inbound.get_str("state").unwrap(), "processed", "{inbound}");
        self.ticket = inbound.get_object_id("ticket_id").unwrap();
        let path = format!("/api/tickets/{}", self.ticket.to_hex());
        self.reference =
            self.tenant.admin.ask().get(&path).await.expect(200)["reference"].as_str().unwrap().to_owned();
        let admin = self.tenant.admin.ask();
        let answer =
            admin.clone().post(&format!("{path}/messages"), json!({ "body": "We look into it." })).await;
        self.answer = id(&answer.expect(201)["id"]);
        admin.post(&format!("{path}/status"), json!({ "status": "pending" })).await.expect(200);
        let now = DateTime::now();
        let sent = doc! {
            "_id": self.sent, "company_id": self.tenant.id, "template": "ticket_reply", "to": client, "to_name": null,
            "locale": null, "sensitive": false, "variables": "", "dedupe_key": self.sent.to_hex(),
            "ticket_id": self.ticket, "message_id": self.answer, "state": "sent", "delivery": null,
            "attempts": 1_i64, "uncertain": false,
            "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64,
            "deleted_at": null,
        };
        app.raw.collection("outbound_emails").insert_one(sent).await.unwrap();
    }

    async fn prepare(&self, app: &TestApp, setup: &[&str]) {
        let path = format!("/api/tickets/{}", self.ticket.to_hex());
        let admin = || self.tenant.admin.ask();
        for step in setup {
            match *step {
                "solved" => drop(
                    admin().post(&format!("{path}/status"), json!({ "status": "solved" })).await.expect(200),
                ),
                "closed" => {
                    let body = json!({ "status": "closed", "reason": "test" });
                    admin().post(&format!("{path}/status"), body).await.expect(200);
                }
                "deleted" => drop(admin().delete(&path).await.expect(200)),
                "cc" => {
                    let body = json!({ "cc_ids": [self.second.id.to_hex()] });
                    admin().patch(&path, body).await.expect(200);
                }
                "merged" => {
                    let body = json!({ "subject": "Target", "description": "x", "requester_id": self.tenant.client.id.to_hex() });
                    let target = admin().post("/api/tickets", body).await.expect(201);
                    let body = json!({ "source_ids": [self.ticket.to_hex()] });
                    let path = format!("/api/tickets/{}/merge", target["id"].as_str().unwrap());
                    admin().post(&path, body).await.expect(200);
                }
                "disabled" => {
                    let users = app.raw.collection::<Document>("users");
                    let change = doc! { "$set": { "status": "disabled" } };
                    users.update_one(doc! { "_id": self.tenant.client.id }, change).await.unwrap();
                }
                _ => {}
            }
        }
    }

    /// What the placeholders of the corpus stand for.
    pub fn values(&self, app: &TestApp, foreign: &World) -> Vec<(&'static str, String)> {
        let keys = app.app.data_keys();
        let broken = |text: &str| {
            let at = text.find('@').unwrap() - 2;
            let other = if text.as_bytes()[at] == b'a' { "b" } else { "a" };
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        };
        let reply = mail_ids::reply_address(keys, self.tenant.id, self.ticket, &self.address).unwrap();
        let other = mail_ids::reply_address(keys, foreign.tenant.id, foreign.ticket, &self.address).unwrap();
        let plain = |id: String| id.trim_matches(['<', '>']).to_owned();
        let msgid = plain(mail_ids::message_id(keys, Some(self.tenant.id), self.sent, "acme.test"));
        let other_msgid =
            plain(mail_ids::message_id(keys, Some(foreign.tenant.id), foreign.sent, "acme.test"));
        let (local, domain) = reply.split_once('@').unwrap();
        vec![
            ("reply_broken", broken(&reply)),
            ("reply_upper", format!("{}@{domain}", local.to_ascii_uppercase())),
            ("reply", reply.clone()),
            ("other_reply", other),
            ("msgid_broken", broken(&msgid)),
            ("msgid", msgid),
            ("other_msgid", other_msgid),
            ("own_mark", mail_ids::loop_mark(keys, Some(self.tenant.id))),
            ("other_mark", mail_ids::loop_mark(keys, Some(foreign.tenant.id))),
            ("client", self.tenant.client.email.clone()),
            ("second", self.second.email.clone()),
            ("staff", self.tenant.admin.email.clone()),
            ("foreign", foreign.tenant.client.email.clone()),
            ("mailbox", self.address.clone()),
            ("domain", format!("{}.example", self.mark)),
            ("subject", format!("First {}", self.mark)),
            ("slug", self.mark.clone()),
            ("ref", self.reference.clone()),
            ("n", self.mark.clone()),
        ]
    }

    /// Delivers a mail over the signed address and lets all jobs be done.
    pub async fn deliver(&self, app: &TestApp, raw: &[u8]) {
        let answer = self.send(app, raw).await;
        assert_eq!(answer.status.as_u16(), 202, "{}", answer.text());
        stoa::jobs::run_due(&app.app).await.expect("jobs");
    }

    /// Delivers a mail only.
    pub async fn send(&self, app: &TestApp, raw: &[u8]) -> Answer {
        let at = app.clock.now().timestamp_millis() / 1000;
        self.post(app, &signature(&self.secret, at, raw), raw).await
    }

    pub async fn post(&self, app: &TestApp, signature: &str, raw: &[u8]) -> Answer {
        let ask = Ask::new(app.router.clone(), None).with("stoa-signature", signature);
        ask.with("content-type", "message/rfc822").raw(Method::POST, &self.url, raw.to_vec()).await
    }

    /// The mail that came in last.
    pub async fn last(&self, app: &TestApp) -> Document {
        let mails = app.raw.collection::<Document>("inbound_emails");
        let found = mails.find_one(doc! { "company_id": self.tenant.id }).sort(doc! { "_id": -1 }).await;
        found.unwrap().expect("a mail")
    }

    /// Number of the company's records that satisfy a filter.
    pub async fn count(&self, app: &TestApp, collection: &str, filter: Document) -> u64 {
        let mut all = doc! { "company_id": self.tenant.id };
        all.extend(filter);
        app.raw.collection::<Document>(collection).count_documents(all).await.unwrap()
    }

    /// A record of the company.
    pub async fn find(&self, app: &TestApp, collection: &str, filter: Document) -> Document {
        let mut all = doc! { "company_id": self.tenant.id };
        all.extend(filter);
        let found = app.raw.collection::<Document>(collection).find_one(all.clone()).await.unwrap();
        found.unwrap_or_else(|| panic!("{collection}: no {all}"))
    }
}

pub fn signature(secret: &str, at: i64, raw: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.").as_bytes());
    mac.update(raw);
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}

pub fn id(value: &Value) -> ObjectId {
    ObjectId::parse_str(value.as_str().expect("an id")).unwrap()
}
