//! The helpdesk settings of a company; a company that has none yet has the defaults.

use crate::db::{Draft, Filter, Tx, from_document};
use crate::errors::Result;
use crate::models::Settings;
use crate::permissions::TenantScope;
use bson::{DateTime, doc, oid::ObjectId};

/// The settings of the scope's company.
pub async fn settings(tx: &mut Tx, scope: &TenantScope) -> Result<Settings> {
    match tx.within::<Settings>(scope).find_one(Filter::all()).await? {
        Some(settings) => Ok(settings),
        None => defaults(scope.company()),
    }
}

/// The settings of a company that changed nothing.
pub fn defaults(company: Option<ObjectId>) -> Result<Settings> {
    let mut document = Draft::<Settings>::new().preview();
    let (id, never) = (company.unwrap_or_default(), DateTime::from_millis(0));
    document.extend(doc! { "_id": id, "company_id": company, "created_at": never, "updated_at": never });
    document.insert("version", 0_i64);
    Ok(from_document(&document)?)
}
