//! Companies and people for tests, written straight into the database, logged in without a password.

use super::{Ask, TestApp};
use bson::{DateTime, Document, doc, oid::ObjectId};
use stoa::auth::access_token::Grant;
use stoa::permissions::Role;
use time::OffsetDateTime;

/// A company with one person of each role.
pub struct Tenant {
    pub id: ObjectId,
    pub slug: String,
    pub admin: Persona,
    pub manager: Persona,
    pub writer: Persona,
    pub client: Persona,
}

/// A person who is logged in.
#[derive(Clone)]
pub struct Persona {
    pub id: ObjectId,
    pub role: Role,
    pub name: String,
    pub email: String,
    pub session: ObjectId,
    pub token: String,
    ask: Ask,
}

impl Tenant {
    pub async fn create(app: &TestApp, slug: &str) -> Self {
        let (id, now) = (ObjectId::new(), DateTime::now());
        let company = doc! {
            "_id": id, "name": slug, "name_fold": slug, "slug": slug, "status": "active", "timezone": "UTC",
            "locale": "en", "branding": null, "support_access": "write", "active_admins": 1_i64,
            "mfa_required_roles": [],
            "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64,
            "deleted_at": null,
        };
        app.raw.collection("companies").insert_one(company).await.expect("company");
        Self {
            id,
            slug: slug.to_owned(),
            admin: Persona::create(app, Some(id), Role::CompanyAdmin, slug).await,
            manager: Persona::create(app, Some(id), Role::ContentManager, slug).await,
            writer: Persona::create(app, Some(id), Role::ContentWriter, slug).await,
            client: Persona::create(app, Some(id), Role::Client, slug).await,
        }
    }

    /// One more person.
    pub async fn person(&self, app: &TestApp, role: Role) -> Persona {
        if role == Role::CompanyAdmin {
            let (which, more) = (doc! { "_id": self.id }, doc! { "$inc": { "active_admins": 1_i64 } });
            app.raw.collection::<Document>("companies").update_one(which, more).await.expect("company");
        }
        Persona::create(app, Some(self.id), role, &self.slug).await
    }

    /// Everyone, most powerful first.
    pub fn everyone(&self) -> [&Persona; 4] {
        [&self.admin, &self.manager, &self.writer, &self.client]
    }
}

impl Persona {
    pub async fn create(app: &TestApp, company: Option<ObjectId>, role: Role, label: &str) -> Self {
        let (id, now) = (ObjectId::new(), DateTime::now());
        let name = format!("{label} {role} {}", &id.to_hex()[18..]);
        let email = format!("{role}-{}@{label}.example", &id.to_hex()[18..]);
        let user = doc! {
            "_id": id, "company_id": company, "email": &email, "name": &name, "name_fold": name.to_lowercase(),
            "role": role, "status": "active", "password_hash": null, "must_change_password": false,
            "mfa_enrolled_at": null,
            "avatar_url": null, "phone": null, "locale": null, "timezone": null, "department_ids": [],
            "ticket_scope": "department", "capacity": 0_i64, "skills": [], "out_of_office": null,
            "notification_preferences": null, "last_login_at": null, "epoch": 0_i64,
            "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64,
            "deleted_at": null,
        };
        app.raw.collection("users").insert_one(user).await.expect("user");
        app.raw
            .collection("user_emails")
            .insert_one(doc! { "_id": &email, "user_id": id })
            .await
            .expect("address");
        let (session, token) = log_in(app, id, company, role, &name).await;
        let ask = Ask::new(app.router.clone(), Some(token.clone()));
        Self { id, role, name, email, session, token, ask }
    }

    /// A request of this person.
    pub fn ask(&self) -> Ask {
        self.ask.clone()
    }

    /// A request of this person to another instance.
    pub fn ask_at(&self, app: &TestApp) -> Ask {
        Ask::new(app.router.clone(), Some(self.token.clone()))
    }
}

async fn log_in(
    app: &TestApp,
    user: ObjectId,
    company: Option<ObjectId>,
    role: Role,
    name: &str,
) -> (ObjectId, String) {
    let (id, now) = (ObjectId::new(), DateTime::now());
    let later = DateTime::from_millis(now.timestamp_millis() + 86_400_000);
    let session = doc! {
        "_id": id, "user_id": user, "user_name": name, "user_company_id": company, "role": role, "department_ids": [],
        "ticket_scope": "department", "epoch": 0_i64, "must_change_password": false, "amr": ["pwd"], "auth_time": now,
        "created_at": now, "last_seen_at": now, "expires_at": later, "idle_expires_at": later, "ip": null,
        "user_agent": null,
    };
    app.raw.collection("sessions").insert_one(session).await.expect("session");
    let grant = Grant {
        user_id: user.to_hex(),
        session_id: id.to_hex(),
        company_id: company.map(|id| id.to_hex()),
        role: role.to_string(),
        epoch: 0,
        amr: vec!["pwd".to_owned()],
        auth_time: OffsetDateTime::now_utc(),
    };
    let issued = app.app.access_tokens().issue(&grant, OffsetDateTime::now_utc()).expect("token");
    (id, secrecy::ExposeSecret::expose_secret(&issued.token).to_owned())
}
