//! Settings of a company: the one record exists as soon as anybody asks for it.

use crate::db::{Author, Db, Draft, Filter, Tx};
use crate::engine::audit::{self, Act};
use crate::engine::{Rules, Writing};
use crate::errors::{AppError, Code, Result};
use crate::models::Settings;
use crate::permissions::{SettingsUpdate, TenantScope};
use crate::transaction;
use bson::oid::ObjectId;

impl Rules for Settings {
    // Only the update is served. The other two are refused below, whoever might serve them one day.
    type Create = SettingsUpdate;
    type Update = SettingsUpdate;
    type Delete = SettingsUpdate;

    async fn before_create(_: &mut Writing<'_>, _: &mut Draft<Self>) -> Result<()> {
        Err(AppError::problem(Code::Forbidden, "A company has one record of settings."))
    }

    async fn before_delete(_: &mut Writing<'_>, _: &Self) -> Result<()> {
        Err(AppError::problem(Code::Forbidden, "A company keeps its settings."))
    }
}

/// The settings of the scope's company; made with the defaults when there are none yet.
pub async fn ensure(db: &Db, scope: &TenantScope) -> Result<Settings> {
    let company = company(scope)?;
    if let Some(settings) = db.within::<Settings>(scope).find_one(Filter::all()).await? {
        return Ok(settings);
    }
    let author = Author { user: None, company: Some(company) };
    let made = transaction!(db, author, |tx| ensure_in(&mut tx, scope).await);
    match made {
        Ok(settings) => Ok(settings),
        // Another process may have been first: its record is as good.
        Err(error) => db.within::<Settings>(scope).find_one(Filter::all()).await?.ok_or(error),
    }
}

/// As [`ensure`], within a transaction.
pub async fn ensure_in(tx: &mut Tx, scope: &TenantScope) -> Result<Settings> {
    let company = company(scope)?;
    if let Some(settings) = tx.within::<Settings>(scope).find_one(Filter::all()).await? {
        return Ok(settings);
    }
    let settings = tx.within::<Settings>(scope).insert(Draft::with_id(company)).await?;
    let act = Act {
        action: "settings.create",
        resource: "settings",
        id: Some(company),
        changes: Vec::new(),
        version: Some(settings.version),
    };
    audit::append(tx, scope, None, act).await?;
    Ok(settings)
}

fn company(scope: &TenantScope) -> Result<ObjectId> {
    let detail = "Say in which company to act: send X-Company-Id.";
    scope.company().ok_or_else(|| AppError::problem(Code::CompanyRequired, detail))
}
