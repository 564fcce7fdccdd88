//! `/api/users`: the shared routes, and the actions on roles, accounts and sessions.

mod account;
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
        Doc::new("Add a person, who gets an invitation by mail. `password`, if given, is a first one that the person has to replace.")
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
    let invite = Doc::new("Send an invitation again; the link before it is dead.")
        .codes(&[Code::Conflict, Code::PreconditionFailed]);
    let reset = Doc::new("Have a person choose a new password: the person gets link and code by mail.")
        .codes(&[Code::Conflict, Code::Overloaded, Code::PreconditionFailed]);
    let mfa = Doc::new("Take the second factor off a person who has lost it.").codes(&[
        Code::Conflict,
        Code::InsufficientUserAuthentication,
        Code::PreconditionFailed,
    ]);
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
        .post("/api/users/{id}/resend_invite", "resend_invite", invite, account::resend_invite)
        .post("/api/users/{id}/reset_password", "reset_password", reset, account::reset_password)
        .post("/api/users/{id}/reset_mfa", "reset_mfa", mfa, account::reset_mfa)
}

const SET_ROLE: &[FieldSpec] =
    &[FieldSpec::new(Kind::Enum(Role::NAMES)).required().named("role", "The new role.")];

const DISABLE: &[FieldSpec] = &[FieldSpec::id_of("users").nullable().named(
    "reassign_to",
    "Who gets the person's open tickets, but for those of departments where that person does not work.",
)];
