//! Who attacks: everyone that the system knows, and everyone whom it no longer does.

use super::{Place, World};
use crate::support::{Ask, Persona};
use axum::extract::FromRequestParts;
use bson::{Document, doc, oid::ObjectId};
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
    ask: Ask,
}

impl Principal {
    /// A person who is logged in.
    pub async fn of(world: &World, name: &'static str, person: &Persona, company: Option<ObjectId>) -> Self {
        let actor = actor_of(world, person, None).await;
        let (role, person, ask) = (Some(person.role), Some(person.clone()), person.ask());
        Self { name, role, company, person, actor: Some(actor), ask }
    }

    /// A superadmin inside a company.
    pub async fn acting(world: &World, name: &'static str, person: &Persona, company: ObjectId) -> Self {
        let actor = actor_of(world, person, Some(company)).await;
        let (role, ask) = (Some(person.role), person.ask().acting_in(company));
        Self { name, role, company: Some(company), person: Some(person.clone()), actor: Some(actor), ask }
    }

    fn refused(name: &'static str, ask: Ask) -> Self {
        Self { name, role: None, company: None, person: None, actor: None, ask }
    }

    pub fn ask(&self) -> Ask {
        self.ask.clone()
    }

    /// A principal of the same kind with a session that may be ended.
    pub async fn disposable(&self, world: &World, place: &Place) -> Self {
        match self.role {
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
