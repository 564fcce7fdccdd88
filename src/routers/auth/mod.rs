//! `/auth`: log-in, refresh, log-out, and what people see and do of their own account.

mod activity;
mod docs;
mod invite;
mod logout;
mod me;
mod mfa;
mod password;
mod permissions;
mod refresh;
mod register;
mod sessions;
mod step_up;
mod token;

use crate::errors::Result;
use crate::services::accounts::Proof;
use crate::web::{AnswerDoc, AuthBody, Doc, Routes};

/// All routes of authentication.
pub fn routes() -> Routes {
    Routes::of("auth")
        .post("/auth/token", "token", docs::token(), token::create)
        .post("/auth/refresh", "refresh", docs::refresh(), refresh::create)
        .post("/auth/logout", "logout", json("End this session."), logout::here)
        .post("/auth/logout_all", "logout_all", json("End all own sessions."), logout::everywhere)
        .get("/auth/me", "me", json("The own profile, company and permissions."), me::show)
        .get(
            "/auth/permissions",
            "permissions",
            json("What the own role may do, for React Admin; `platform` marks what needs no company."),
            permissions::show,
        )
        .get("/auth/sessions", "sessions", json("The own sessions."), sessions::list)
        .delete("/auth/sessions/{id}", "session_delete", json("End one own session."), sessions::delete)
        .post("/auth/password/change", "password_change", docs::change(), password::change)
        .post("/auth/step_up", "step_up", docs::step_up(), step_up::create)
        .get("/auth/activity", "activity", json("The latest events of the own account."), activity::list)
        .post("/auth/password/forgot", "password_forgot", docs::forgot(), password::forgot)
        .post("/auth/password/reset", "password_reset", docs::reset(), password::reset)
        .post("/auth/register", "register", docs::register(), register::create)
        .post("/auth/verify_email", "verify_email", docs::verify_email(), register::verify)
        .post("/auth/verify_email/resend", "verify_email_resend", docs::resend(), register::resend)
        .post("/auth/invite/accept", "invite_accept", docs::accept(), invite::accept)
        .post("/auth/mfa/verify", "mfa_verify", docs::verify_mfa(), mfa::verify)
        .post("/auth/mfa/totp/enroll", "mfa_totp_enroll", docs::enroll(), mfa::enroll)
        .post("/auth/mfa/totp/confirm", "mfa_totp_confirm", docs::confirm(), mfa::confirm)
        .post("/auth/mfa/totp/disable", "mfa_totp_disable", docs::disable(), mfa::disable)
        .post("/auth/mfa/recovery/regenerate", "mfa_recovery", docs::regenerate(), mfa::regenerate)
}

/// What a mail brought: the token of a link, or a code with its request.
fn proof_of(body: &AuthBody) -> Result<Proof> {
    if body.has("token") {
        return Ok(Proof::Link(body.secret("token")?));
    }
    Ok(Proof::Code { request_id: body.text("request_id")?.to_owned(), code: body.secret("code")? })
}

const fn json(summary: &'static str) -> Doc {
    Doc::new(summary).answer(AnswerDoc::Json)
}
