//! `/auth`: log-in, refresh, log-out, and what people see and do of their own account.

mod logout;
mod me;
mod password;
mod permissions;
mod refresh;
mod sessions;
mod step_up;
mod token;

use crate::errors::Code;
use crate::schema::{FieldSpec, Kind};
use crate::web::{AnswerDoc, BodyDoc, Doc, Routes};

/// All routes of authentication.
pub fn routes() -> Routes {
    let token = Doc::new("Log in with address and password (OAuth2 password grant).")
        .body(BodyDoc::FormOrFields(LOG_IN))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[Code::InvalidGrant, Code::UnsupportedGrantType, Code::RateLimited, Code::Overloaded]);
    let refresh = Doc::new("Exchange a refresh token for an access token and the next refresh token.")
        .body(BodyDoc::FormOrFields(REFRESH))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[
            Code::Unauthenticated,
            Code::RefreshReused,
            Code::SessionRevoked,
            Code::UnsupportedGrantType,
        ]);
    let change =
        Doc::new("Choose another password. All other sessions end; this one goes on with new tokens.")
            .body(BodyDoc::FormOrFields(CHANGE))
            .answer(AnswerDoc::Fields(TOKENS))
            .codes(&[Code::ValidationFailed, Code::RateLimited, Code::Overloaded]);
    let step_up = Doc::new("Give the password once more; sensitive acts are then admitted for ten minutes.")
        .body(BodyDoc::FormOrFields(STEP_UP))
        .answer(AnswerDoc::Json)
        .codes(&[Code::ValidationFailed, Code::RateLimited, Code::Overloaded]);
    Routes::of("auth")
        .post("/auth/token", "token", token, token::create)
        .post("/auth/refresh", "refresh", refresh, refresh::create)
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
        .post("/auth/password/change", "password_change", change, password::change)
        .post("/auth/step_up", "step_up", step_up, step_up::create)
}

const fn json(summary: &'static str) -> Doc {
    Doc::new(summary).answer(AnswerDoc::Json)
}

const LOG_IN: &[FieldSpec] = &[
    FieldSpec::new(Kind::Enum(&["password"])).named("grant_type", "Always `password`."),
    FieldSpec::text(1, 1024).required().named("username", "E-mail address."),
    FieldSpec::text(1, 1024).required().named("password", "Password."),
];

const REFRESH: &[FieldSpec] = &[
    FieldSpec::new(Kind::Enum(&["refresh_token"])).named("grant_type", "Always `refresh_token`."),
    FieldSpec::text(1, 100).required().named("refresh_token", "The latest refresh token."),
];

const CHANGE: &[FieldSpec] = &[
    FieldSpec::text(1, 1024).required().named("current_password", "The password until now."),
    FieldSpec::text(15, 1024).required().named("new_password", "The password from now on."),
];

const STEP_UP: &[FieldSpec] = &[FieldSpec::text(1, 1024).required().named("password", "The own password.")];

const TOKENS: &[FieldSpec] = &[
    FieldSpec::text(1, 4096).required().named("access_token", "For the header `Authorization: Bearer`."),
    FieldSpec::new(Kind::Enum(&["bearer"])).required().named("token_type", "Always `bearer`."),
    FieldSpec::int(1, 3600).required().named("expires_in", "Seconds for which the access token holds."),
    FieldSpec::text(1, 100).required().named("refresh_token", "For one exchange at `/auth/refresh`."),
    FieldSpec::id_of("").required().named("session_id", "Id of the session."),
    FieldSpec::flag(false)
        .required()
        .named("must_change_password", "Nothing else is admitted before the password is changed."),
];
