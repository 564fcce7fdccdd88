//! Who attacks: everyone that the system knows, and everyone whom it no longer does.

use super::{Place, World};
use crate::support::{Ask, Persona};
use axum::extract::FromRequestParts;
use bson::{DateTime, Document, doc, oid::ObjectId};
use http::Request;
use serde_json::json;
use stoa::auth::access_token::Grant;
use stoa::permissions::{Actor, Origin, Role, SignedIn};
use time::OffsetDateTime;

/// One caller.
#[derive(Clone)]
pub struct Principal {
    pub name: &'static str,
    /// The role that counts; none for those who must be refused everywhere.
    pub role: Option<Role>,
    /// The company in which it works.
    pub company: Option<ObjectId>,
    /// The person behind it, if there is one who is logged in.
    pub person: Option<Persona>,
    /// The same as the program sees it.
    pub actor: Option<Actor>,
    /// Commands on tenant collections that verifying it takes.
    pub reads: u64,
    ask: Ask,
}

impl Principal {
    /// A person who is logged in.
    pub async fn of(world: &World, name: &'static str, person: &Persona, company: Option<ObjectId>) -> Self {
        let actor = actor_of(world, person, None).await;
        let (role, person, ask) = (Some(person.role), Some(person.clone()), person.ask());
        Self { name, role, company, person, actor: Some(actor), reads: 0, ask }
    }

    /// A program with a key of a person. Its rights are the person's as far as the scopes go.
    pub async fn keyed(
        world: &World,
        name: &'static str,
        owner: &Persona,
        company: ObjectId,
        scopes: &[&str],
    ) -> Self {
        let body = json!({ "name": format!("{name} of the matrix"), "scopes": scopes });
        let made = owner.ask().post("/api/api_keys", body).await.expect(201);
        let key = made["key"].as_str().expect("the key").to_owned();
        let ask = Ask::new(world.app.router.clone(), Some(key));
        // So that noting the first use is no command of a later request.
        ask.clone().get("/api/companies").await;
        world.app.app.aside().settled().await;
        Self { ask, reads: 3, ..Self::of(world, name, owner, Some(company)).await }
    }

    /// A superadmin inside a company.
    pub async fn acting(world: &World, name: &'static str, person: &Persona, company: ObjectId) -> Self {
        let actor = actor_of(world, person, Some(company)).await;
        let (role, ask) = (Some(person.role), person.ask().acting_in(company));
        Self {
            name,
            role,
            company: Some(company),
            person: Some(person.clone()),
            actor: Some(actor),
            reads: 0,
            ask,
        }
    }

    fn refused(name: &'static str, ask: Ask) -> Self {
        Self { name, role: None, company: None, person: None, actor: None, reads: 0, ask }
    }

    /// The same when nobody lets it in any more.
    fn barred(self, name: &'static str, reads: u64) -> Self {
        Self { reads, ..Self::refused(name, self.ask) }
    }

    pub fn ask(&self) -> Ask {
        self.ask.clone()
    }

    /// A principal of the same kind with a session that may be ended.
    pub async fn disposable(&self, world: &World, place: &Place) -> Self {
        match self.role {
            // A key ends no session.
            _ if self.reads > 0 => self.clone(),
            Some(Role::Superadmin) => {
                let root = Persona::create(&world.app, None, Role::Superadmin, "root").await;
                match self.company {
                    Some(company) => Self::acting(world, self.name, &root, company).await,
                    None => Self::of(world, self.name, &root, None).await,
                }
            }
            Some(role) => {
                let person = place.tenant.person(&world.app, role).await;
                Self::of(world, self.name, &person, Some(place.tenant.id)).await
            }
            None => self.clone(),
        }
    }
}

/// Everyone who looks at a company from inside or outside of company `a`.
pub async fn cast(world: &World, a: &Place) -> Vec<Principal> {
    let root = world.app.superadmin().await;
    let (app, tenant) = (&world.app, &a.tenant);
    let home = Some(tenant.id);
    let mut cast = vec![Principal::refused("anonymous", app.anonymous())];
    for (name, person) in [
        ("company_admin", &tenant.admin),
        ("content_manager", &tenant.manager),
        ("content_writer", &tenant.writer),
        ("content_writer_2", &tenant.person(app, Role::ContentWriter).await),
        ("client", &tenant.client),
        ("client_2", &tenant.person(app, Role::Client).await),
    ] {
        cast.push(Principal::of(world, name, person, home).await);
    }
    cast.push(Principal::of(world, "superadmin", &root, None).await);
    cast.push(Principal::acting(world, "superadmin_acting", &root, tenant.id).await);
    if served_in(app, "api_keys_create") {
        cast.extend(keys(world, a).await);
    }
    let expired = OffsetDateTime::now_utc() - time::Duration::hours(1);
    let token = app.app.access_tokens().issue(&grant(&tenant.admin, home), expired).unwrap().token;
    let token = secrecy::ExposeSecret::expose_secret(&token).to_owned();
    cast.push(Principal::refused("expired_token", Ask::new(app.router.clone(), Some(token))));
    let revoked = tenant.person(app, Role::CompanyAdmin).await;
    app.raw.collection::<Document>("sessions").delete_one(doc! { "_id": revoked.session }).await.unwrap();
    cast.push(Principal::refused("revoked_session", revoked.ask()));
    let served = |id: &str| app.app.operations().iter().find(|op| op.id == id);
    if let Some(disable) = served("users_disable") {
        let disabled = tenant.person(app, Role::CompanyAdmin).await;
        let path = disable.path.replace("{id}", &disabled.id.to_hex());
        tenant.admin.ask().send(disable.method.clone(), &path, Some(json!({}))).await.expect(200);
        cast.push(Principal::refused("disabled_user", disabled.ask()));
    }
    if let Some(suspend) = served("companies_suspend") {
        let suspended = app.tenant("suspended").await;
        let path = suspend.path.replace("{id}", &suspended.id.to_hex());
        root.ask().send(suspend.method.clone(), &path, Some(json!({}))).await.expect(200);
        cast.push(Principal::refused("suspended_company", suspended.admin.ask()));
    }
    cast
}

fn served_in(app: &crate::support::TestApp, id: &str) -> bool {
    app.app.operations().iter().any(|operation| operation.id == id)
}

/// A key with every scope, and keys that no longer hold.
async fn keys(world: &World, a: &Place) -> Vec<Principal> {
    let (app, tenant) = (&world.app, &a.tenant);
    let all = stoa::permissions::KEY_SCOPE_NAMES;
    let mut keys = vec![Principal::keyed(world, "api_key", &tenant.admin, tenant.id, all).await];
    let broken = format!("stoa_live_{}_{}_000000", "0".repeat(12), "0".repeat(43));
    keys.push(Principal::refused("broken_key", Ask::new(app.router.clone(), Some(broken))));
    let rows = app.raw.collection::<Document>("api_keys");
    for (name, set) in [
        ("revoked_key", doc! { "revoked_at": DateTime::now() }),
        ("expired_key", doc! { "expires_at": DateTime::now() }),
    ] {
        let key = Principal::keyed(world, name, &tenant.admin, tenant.id, all).await.barred(name, 1);
        let which = doc! { "name": format!("{name} of the matrix") };
        rows.update_one(which, doc! { "$set": set }).await.unwrap();
        keys.push(key);
    }
    let owner = tenant.person(app, Role::CompanyAdmin).await;
    let key = Principal::keyed(world, "key_of_disabled", &owner, tenant.id, all).await;
    let path = format!("/api/users/{}/disable", owner.id.to_hex());
    tenant.admin.ask().post(&path, json!({})).await.expect(200);
    keys.push(key.barred("key_of_disabled", 3));
    keys
}

/// The person as the program's own verification sees it.
async fn actor_of(world: &World, person: &Persona, acting_in: Option<ObjectId>) -> Actor {
    let mut request = Request::builder().header("authorization", format!("Bearer {}", person.token));
    if let Some(company) = acting_in {
        request = request.header("x-company-id", company.to_hex());
    }
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    parts.extensions.insert(Origin { request_id: "test-request".into(), ip: None, user_agent: None });
    SignedIn::from_request_parts(&mut parts, &world.app.app).await.expect("a person who is logged in").0
}

fn grant(person: &Persona, company: Option<ObjectId>) -> Grant {
    Grant {
        user_id: person.id.to_hex(),
        session_id: person.session.to_hex(),
        company_id: company.map(|id| id.to_hex()),
        role: person.role.to_string(),
        epoch: 0,
        amr: vec!["pwd".to_owned()],
        auth_time: OffsetDateTime::now_utc(),
    }
}
