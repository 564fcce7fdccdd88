//! Rules of saved views: their owner is the caller, they run as they are, and they are shared within limits.

use crate::db::{Draft, Patch, TenantModel};
use crate::engine::{ListQuery, Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{AuditEntry, Category, Department, SavedView, Sharing, Tag, Ticket, User};
use crate::permissions::{Caller, Reach, Role, SavedViewsCreate, SavedViewsDelete, SavedViewsUpdate};
use crate::schema::bson_to_json;
use bson::{Bson, oid::ObjectId};

impl Rules for SavedView {
    type Create = SavedViewsCreate;
    type Update = SavedViewsUpdate;
    type Delete = SavedViewsDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        draft.put(Self::owner_id(), cx.caller.actor().user_id());
        let whole = draft.preview();
        let value = |name: &str| whole.get(name).cloned().unwrap_or(Bson::Null);
        check_sharing(cx.caller, &value("sharing"), &value("department_ids"))?;
        check_list(cx.caller, &value("resource"), &value("filter"), &value("sort"))
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        let value = |field: crate::db::Field<Self>, now: Bson| patch.get(field).cloned().unwrap_or(now);
        if patch.get(Self::sharing()).or(patch.get(Self::department_ids())).is_some() {
            let sharing = value(Self::sharing(), current.sharing.into());
            let departments = value(Self::department_ids(), current.department_ids.clone().into());
            check_sharing(cx.caller, &sharing, &departments)?;
        }
        let list = [Self::resource(), Self::filter(), Self::sort()];
        if list.into_iter().any(|field| patch.get(field).is_some()) {
            let resource = value(Self::resource(), current.resource.as_str().into());
            let filter = value(Self::filter(), current.filter.clone().into());
            let sort = value(Self::sort(), current.sort.clone().into());
            check_list(cx.caller, &resource, &filter, &sort)?;
        }
        Ok(())
    }
}

/// Clients keep views to themselves; staff share with departments of their own, administrators with any.
fn check_sharing(caller: &Caller, sharing: &Bson, departments: &Bson) -> Result<()> {
    let actor = caller.actor();
    let sharing = sharing.as_str().and_then(Sharing::parse).unwrap_or(Sharing::Private);
    let ids: Vec<ObjectId> =
        departments.as_array().into_iter().flatten().filter_map(Bson::as_object_id).collect();
    if actor.role() == Role::Client {
        return match (sharing, ids.is_empty()) {
            (Sharing::Private, true) => Ok(()),
            (Sharing::Private, false) => Err(refuse("department_ids", "Your views cannot be shared.")),
            _ => Err(refuse("sharing", "Must be private: your views cannot be shared.")),
        };
    }
    if sharing != Sharing::Departments {
        return Ok(());
    }
    if ids.is_empty() {
        return Err(refuse("department_ids", "Name the departments with which the view is shared."));
    }
    let any = actor.role().rank() >= Role::CompanyAdmin.rank();
    if !any && ids.iter().any(|id| !actor.departments().contains(id)) {
        return Err(refuse("department_ids", "Must be departments of your own."));
    }
    Ok(())
}

/// Refuses a view that its owner could not open.
fn check_list(caller: &Caller, resource: &Bson, filter: &Bson, sort: &Bson) -> Result<()> {
    let mut pairs = vec![("filter".to_owned(), bson_to_json(filter).to_string())];
    if let Some(sort) = sort.as_str() {
        pairs.push(("sort".to_owned(), sort.to_owned()));
    }
    match resource.as_str().unwrap_or_default() {
        "tickets" => check_query::<Ticket>(caller, &pairs),
        "users" => check_query::<User>(caller, &pairs),
        "departments" => check_query::<Department>(caller, &pairs),
        "categories" => check_query::<Category>(caller, &pairs),
        "tags" => check_query::<Tag>(caller, &pairs),
        "audit_log" => check_query::<AuditEntry>(caller, &pairs),
        other => Err(AppError::bug(format!("saved views of {other} are not checked"))),
    }
}

fn check_query<M: TenantModel>(caller: &Caller, pairs: &[(String, String)]) -> Result<()> {
    let view = caller.view::<M>();
    if view.reach() == Reach::None {
        return Err(refuse("resource", "Your role does not list these."));
    }
    ListQuery::parse::<M>(pairs, view.read_mask(), caller.actor()).map(drop)
}

fn refuse(field: &str, message: &str) -> AppError {
    FieldErrors::one(field, Code::ValidationFailed, message).into()
}
