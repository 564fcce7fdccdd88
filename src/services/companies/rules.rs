//! The rules that every write of a company obeys.

use crate::db::{Draft, Patch};
use crate::engine::{Action, Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Company, MFA_ROLES, Settings};
use crate::permissions::{CompaniesCreate, CompaniesDelete, CompaniesUpdate, system};
use crate::services::mfa;
use crate::services::sessions::{self, require_recent_proof};
use bson::Bson;

impl Rules for Company {
    type Create = CompaniesCreate;
    type Update = CompaniesUpdate;
    type Delete = CompaniesDelete;
    const REFUSALS: &'static [Code] = &[Code::InsufficientUserAuthentication];

    async fn before_create(cx: &mut Writing<'_>, _: &mut Draft<Self>) -> Result<()> {
        if cx.caller.scope().company().is_some() {
            let detail = "A company is not opened inside another one: leave out X-Company-Id.";
            return Err(AppError::problem(Code::Forbidden, detail));
        }
        Ok(())
    }

    async fn before_update(cx: &mut Writing<'_>, _: &Self, patch: &mut Patch<Self>) -> Result<()> {
        let Some(Bson::Array(roles)) = patch.get(Self::mfa_required_roles()) else { return Ok(()) };
        require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        if roles.iter().all(|role| role.as_str().is_some_and(|role| MFA_ROLES.contains(&role))) {
            return Ok(());
        }
        let message = format!("Must be of {}.", MFA_ROLES.join(", "));
        Err(FieldErrors::one("mfa_required_roles", Code::ValidationFailed, message).into())
    }

    async fn after_change(
        cx: &mut Writing<'_>,
        action: Action,
        before: Option<&Self>,
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
            Action::Update
                if before.is_some_and(|before| before.mfa_required_roles != after.mfa_required_roles) =>
            {
                mfa::apply_to_sessions(cx.tx, after).await
            }
            Action::Update | Action::Restore => Ok(()),
        }
    }
}
