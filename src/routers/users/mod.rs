//! `/api/users`: the shared routes, and the actions on roles, accounts and sessions.

mod create;
mod role;
mod sessions;
mod status;

use crate::errors::Code;
use crate::models::User;
use crate::permissions::Role;
use crate::schema::{FieldSpec, Kind};
use crate::web::{AnswerDoc, BodyDoc, Doc, Routes, deletes, reads, updates};

/// All routes of people.
pub fn routes() -> Routes {
    let create =
        Doc::new("Add a person. `password`, if given, is a first one that the person has to replace.")
            .body(BodyDoc::New)
            .answer(AnswerDoc::Created)
            .codes(&[Code::UniqueViolation, Code::InsufficientUserAuthentication]);
    let role = Doc::new("Give a person another role.").body(BodyDoc::Fields(SET_ROLE)).codes(&[
        Code::LastAdmin,
        Code::InsufficientUserAuthentication,
        Code::PreconditionFailed,
    ]);
    let disable = Doc::new("Disable an account; its open tickets go to another person or back to the queue.")
        .body(BodyDoc::Fields(DISABLE))
        .codes(&[Code::LastAdmin, Code::ReferenceNotFound, Code::PreconditionFailed]);
    let enable = Doc::new("Enable an account, or unlock it.").codes(&[Code::PreconditionFailed]);
    Routes::of("users")
        .merge(reads::<User>())
        .post("/api/users", "create", create, create::create)
        .merge(updates::<User>())
        .merge(deletes::<User>())
        .post("/api/users/{id}/set_role", "set_role", role, role::set_role)
        .post("/api/users/{id}/disable", "disable", disable, status::disable)
        .post("/api/users/{id}/enable", "enable", enable, status::enable)
        .post(
            "/api/users/{id}/revoke_sessions",
            "revoke_sessions",
            Doc::new("End all sessions of a person."),
            sessions::revoke,
        )
}

const SET_ROLE: &[FieldSpec] =
    &[FieldSpec::new(Kind::Enum(Role::NAMES)).required().named("role", "The new role.")];

const DISABLE: &[FieldSpec] = &[FieldSpec::id_of("users").nullable().named(
    "reassign_to",
    "Who gets the person's open tickets, but for those of departments where that person does not work.",
)];
