//! Rules of departments: no cycles, leads are staff, none goes while something uses it.

use super::tree::{Nested, check_parent};
use super::usage::refuse_if_used;
use crate::db::{Draft, Filter, Patch};
use crate::engine::{Rules, Writing};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{Category, Department, Ticket, User};
use crate::permissions::{DepartmentsCreate, DepartmentsDelete, DepartmentsUpdate, Role};
use bson::{Bson, oid::ObjectId};

impl Nested for Department {
    fn parent(&self) -> Option<ObjectId> {
        self.parent_id
    }
}

impl Rules for Department {
    type Create = DepartmentsCreate;
    type Update = DepartmentsUpdate;
    type Delete = DepartmentsDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        check_leads(cx, draft.get(Self::lead_ids())).await?;
        check_parent::<Self>(cx, draft.id(), draft.get(Self::parent_id())).await
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        check_leads(cx, patch.get(Self::lead_ids())).await?;
        check_parent::<Self>(cx, current.id, patch.get(Self::parent_id())).await
    }

    async fn before_delete(cx: &mut Writing<'_>, current: &Self) -> Result<()> {
        let scope = cx.caller.scope().clone();
        let uses = [
            (
                "departments",
                cx.tx.within::<Self>(&scope).count(Filter::eq(Self::parent_id(), current.id)).await?,
            ),
            (
                "categories",
                cx.tx
                    .within::<Category>(&scope)
                    .count(Filter::eq(Category::department_id(), current.id))
                    .await?,
            ),
            (
                "users",
                cx.tx.within::<User>(&scope).count(Filter::eq(User::department_ids(), current.id)).await?,
            ),
            (
                "tickets",
                cx.tx.within::<Ticket>(&scope).count(Filter::eq(Ticket::department_id(), current.id)).await?,
            ),
        ];
        refuse_if_used(&uses)
    }
}

async fn check_leads(cx: &mut Writing<'_>, leads: Option<&Bson>) -> Result<()> {
    let ids: Vec<ObjectId> =
        leads.and_then(Bson::as_array).into_iter().flatten().filter_map(Bson::as_object_id).collect();
    let scope = cx.caller.scope().clone();
    let clients = Filter::ids(ids).and(Filter::eq(User::role(), Role::Client));
    if cx.tx.within::<User>(&scope).exists(clients).await? {
        return Err(FieldErrors::one(
            "lead_ids",
            Code::ValidationFailed,
            "Only staff can lead a department.",
        )
        .into());
    }
    Ok(())
}
