//! Notices to the administrators of a company that are about no ticket.

use crate::db::{Draft, Filter, Tx};
use crate::errors::Result;
use crate::models::{Notification, User, UserStatus};
use crate::permissions::{Role, TenantScope};
use bson::{doc, oid::ObjectId};

/// Most administrators who are told.
const MAX_ADMINS: i64 = 100;

/// Tells every active administrator of the scope's company something.
pub async fn tell_admins(tx: &mut Tx, scope: &TenantScope, kind: &str, title: &str) -> Result<()> {
    let admins =
        Filter::eq(User::role(), Role::CompanyAdmin).and(Filter::eq(User::status(), UserStatus::Active));
    let admins = tx.within::<User>(scope).find(admins, doc! { "_id": 1 }, MAX_ADMINS).await?;
    let title: String = title.chars().take(300).collect();
    let cause = ObjectId::new();
    let drafts = admins
        .iter()
        .map(|admin| {
            Draft::new()
                .set(Notification::user_id(), admin.id)
                .set(Notification::event_id(), cause)
                .set(Notification::kind(), kind)
                .set(Notification::title(), title.as_str())
        })
        .collect();
    tx.within::<Notification>(scope).insert_many(drafts).await
}
