//! Log-ins with passwords, for tests of what comes before and after a session.

use super::{Answer, Ask, Persona, TestApp};
use bson::{Document, doc};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use stoa::auth::access_token::Grant;
use time::OffsetDateTime;

/// A password that the policy accepts.
pub const PASSWORD: &str = "q9!Wz7$kLm2#Rt5&Xb8*";

/// The tokens of a log-in by password.
#[derive(Clone, Debug)]
pub struct LogIn {
    pub access: String,
    pub refresh: String,
    pub session: String,
}

impl LogIn {
    /// Reads the answer of `/auth/token` and its like.
    pub fn of(body: &Value) -> Self {
        let text = |name: &str| body[name].as_str().expect("token").to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token"), session: text("session_id") }
    }

    /// A request with the access token.
    pub fn ask(&self, app: &TestApp) -> Ask {
        Ask::new(app.router.clone(), Some(self.access.clone()))
    }
}

impl TestApp {
    /// Gives a person [`PASSWORD`].
    pub async fn give_password(&self, person: &Persona) {
        let stored = self.app.passwords().hash(&PASSWORD.into()).await.expect("hash");
        let stored = doc! { "phc": stored.phc };
        let change = doc! { "$set": { "password_hash": stored } };
        let users = self.raw.collection::<Document>("users");
        users.update_one(doc! { "_id": person.id }, change).await.expect("user");
    }

    /// Tries to log in.
    pub async fn try_log_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "grant_type": "password", "username": email, "password": password });
        self.anonymous().post("/auth/token", body).await
    }

    /// Logs a person in who has [`PASSWORD`].
    pub async fn log_in(&self, person: &Persona) -> LogIn {
        self.log_in_as(&person.email).await
    }

    /// Logs in with an address and [`PASSWORD`].
    pub async fn log_in_as(&self, email: &str) -> LogIn {
        LogIn::of(&self.try_log_in(email, PASSWORD).await.expect(200))
    }

    /// Exchanges a refresh token.
    pub async fn refresh(&self, token: &str) -> Answer {
        self.anonymous().post("/auth/refresh", json!({ "refresh_token": token })).await
    }

    /// Number of documents that match.
    pub async fn count(&self, collection: &str, filter: Document) -> u64 {
        self.raw.collection::<Document>(collection).count_documents(filter).await.expect("count")
    }

    /// One stored document.
    pub async fn stored(&self, collection: &str, filter: Document) -> Option<Document> {
        self.raw.collection::<Document>(collection).find_one(filter).await.expect("find")
    }

    /// Changes stored documents behind the application's back.
    pub async fn alter(&self, collection: &str, filter: Document, change: Document) {
        self.raw.collection::<Document>(collection).update_many(filter, change).await.expect("update");
    }

    /// A request by the first session that matches, with a token issued now: tokens know no clock but the machine's.
    pub async fn ask_by_session(&self, filter: Document) -> Option<Ask> {
        let session = self.stored("sessions", filter).await?;
        let id = |name: &str| session.get_object_id(name).ok().map(|id| id.to_hex());
        let now = OffsetDateTime::now_utc();
        let grant = Grant {
            user_id: id("user_id")?,
            session_id: id("_id")?,
            company_id: id("user_company_id"),
            role: session.get_str("role").ok()?.to_owned(),
            epoch: session.get_i64("epoch").ok()?,
            amr: vec!["pwd".to_owned()],
            auth_time: now,
        };
        let issued = self.app.access_tokens().issue(&grant, now).expect("a token");
        Some(Ask::new(self.router.clone(), Some(issued.token.expose_secret().to_owned())))
    }
}
