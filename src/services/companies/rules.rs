//! The rules that every write of a company obeys.

use crate::db::Draft;
use crate::engine::{Action, Rules, Writing};
use crate::errors::{AppError, Code, Result};
use crate::models::{Company, Settings};
use crate::permissions::{CompaniesCreate, CompaniesDelete, CompaniesUpdate, system};
use crate::services::sessions;

impl Rules for Company {
    type Create = CompaniesCreate;
    type Update = CompaniesUpdate;
    type Delete = CompaniesDelete;

    async fn before_create(cx: &mut Writing<'_>, _: &mut Draft<Self>) -> Result<()> {
        if cx.caller.scope().company().is_some() {
            let detail = "A company is not opened inside another one: leave out X-Company-Id.";
            return Err(AppError::problem(Code::Forbidden, detail));
        }
        Ok(())
    }

    async fn after_change(
        cx: &mut Writing<'_>,
        action: Action,
        _: Option<&Self>,
        after: &Self,
    ) -> Result<()> {
        match action {
            Action::Create => {
                let own = system::company_of(after, cx.caller.scope().request_id());
                let own = own.ok_or_else(|| AppError::bug("a company without id"))?;
                cx.tx.within::<Settings>(&own).insert(Draft::with_id(after.id)).await?;
                Ok(())
            }
            Action::Delete => sessions::end_of_company_in(cx.tx, after.id).await.map(drop),
            Action::Update | Action::Restore => Ok(()),
        }
    }
}
