//! Loads the demo data once, into a database that holds nothing else. Broken off, the next loading goes on.

use super::api::Api;
use super::people::{OPERATOR, PASSWORD, addresses};
use super::{acme, globex};
use crate::app::App;
use crate::config::Settings;
use crate::db::{Db, Expr, Op, Patch};
use crate::models::{Company, Counter, User, UserEmail};
use crate::permissions::{CrossTenant, system};
use crate::secrets::Secrets;
use crate::server::{Database, build_app};
use crate::services::users::create_superadmin;
use crate::support::Clock;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::time::Duration;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

/// How far the past of the demo companies reaches.
pub(super) const PAST: Duration = Duration::from_secs(28 * DAY);
const DAY: u64 = 86_400;
/// Key of the counter that is set when everything is there.
const LOADED: &str = "demo:loaded";
/// Names of the companies in addresses.
const SLUGS: [&str; 2] = ["acme-support", "globex"];

/// Loads the demo data; `false` when that was done before.
///
/// # Errors
/// The database holds companies or people of others, or a request is refused.
pub async fn load(settings: &Settings, secrets: &Secrets, database: &Database) -> anyhow::Result<bool> {
    if is_loaded(database.db()).await? {
        return Ok(false);
    }
    refuse_others(database.db()).await?;
    tracing::info!("loading demo data; this takes a while, once");
    // Some hundred lines about requests that nobody sent would only hide others.
    fill(settings, secrets, database).with_subscriber(NoSubscriber::default()).await?;
    let set = Patch::new().set(Counter::value(), 1_i64);
    database.db().global::<Counter>().update(Counter::key(LOADED), set, true).await?;
    Ok(true)
}

async fn fill(settings: &Settings, secrets: &Secrets, database: &Database) -> anyhow::Result<()> {
    let clock = Clock::behind(PAST);
    let db = database.with_clock(clock.clone()).await?;
    let (app, router) = build_app(&patient(settings), secrets, db)?;
    app.health().started();
    let anyone = Api::new(router);
    let operator = operator(&app, &anyone).await?;
    let acme = company(&operator, "Acme Support", SLUGS[0], "Europe/Berlin").await?;
    let globex = company(&operator, "Globex", SLUGS[1], "America/New_York").await?;
    globex::load(&anyone, &operator.acting_in(&globex)).await?;
    acme::load(&anyone, &operator.acting_in(&acme), &clock).await?;
    operator.post("/auth/logout_all", json!({})).await.map(drop)
}

async fn is_loaded(db: &Db) -> anyhow::Result<bool> {
    Ok(db.global::<Counter>().find_one(Counter::key(LOADED)).await?.is_some())
}

/// Accounts with a known password must not come into a database that someone uses.
async fn refuse_others(db: &Db) -> anyhow::Result<()> {
    let scope = system::across(CrossTenant::Setup, "demo-data");
    let company = Expr::is_in("slug", SLUGS);
    let known: Vec<&str> = addresses().collect();
    let companies = db.within::<Company>(&scope).with_trash().count(&Expr::All, 10, None).await?;
    let ours = db.within::<Company>(&scope).with_trash().count(&company, 10, None).await?;
    let mut strangers = Expr::All;
    for email in known {
        strangers = strangers.and(Expr::cmp("email", Op::Ne, email));
    }
    if companies > ours || db.within::<User>(&scope).with_trash().exists(strangers.into()).await? {
        bail!("the database holds other companies or people: demo data are for empty databases only");
    }
    Ok(())
}

/// Loading plays four weeks: its sessions must last that long, and no log-in is made to wait.
fn patient(settings: &Settings) -> Settings {
    let mut patient = settings.clone();
    let long = 2 * PAST.as_secs();
    patient.auth.access_ttl_s = long;
    patient.auth.refresh_idle_s = long;
    patient.auth.refresh_absolute_s = long;
    patient.auth.superadmin_idle_s = long;
    patient.auth.login_floor_ms = 0;
    // Nobody is there to hold an app; the setting counts from the first log-in of a person on.
    patient.auth.superadmin_mfa = false;
    patient
}

async fn operator(app: &App, anyone: &Api) -> anyhow::Result<Api> {
    if app.db().global::<UserEmail>().find_one(UserEmail::key(OPERATOR)).await?.is_none() {
        create_superadmin(app.db(), app.passwords(), OPERATOR, &PASSWORD.into(), true, false).await?;
    }
    anyone.log_in(OPERATOR, PASSWORD).await?.context("the demo operator has another password")
}

/// Id of the company, opened if need be.
async fn company(operator: &Api, name: &str, slug: &str, timezone: &str) -> anyhow::Result<String> {
    let body = json!({ "name": name, "slug": slug, "timezone": timezone });
    let ids = operator.ensure("companies", "slug", vec![body]).await?;
    ids.get(slug).and_then(Value::as_str).map(str::to_owned).context("a company without id")
}
