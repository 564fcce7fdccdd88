//! What the documentation says of the routes of authentication: bodies, answers, problems.

use crate::errors::Code;
use crate::schema::{FieldSpec, Kind};
use crate::web::{AnswerDoc, BodyDoc, Doc};

const TRIES: &[Code] = &[Code::InvalidToken, Code::RateLimited, Code::Overloaded];
const PROOFS: &[Code] = &[Code::ValidationFailed, Code::Conflict, Code::RateLimited, Code::Overloaded];

pub(super) const fn token() -> Doc {
    Doc::new("Log in with address and password (OAuth2 password grant).")
        .body(BodyDoc::FormOrFields(LOG_IN))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[
            Code::InvalidGrant,
            Code::MfaRequired,
            Code::UnsupportedGrantType,
            Code::RateLimited,
            Code::Overloaded,
        ])
}

pub(super) const fn refresh() -> Doc {
    Doc::new("Exchange a refresh token for an access token and the next refresh token.")
        .body(BodyDoc::FormOrFields(REFRESH))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[
            Code::Unauthenticated,
            Code::RefreshReused,
            Code::SessionRevoked,
            Code::UnsupportedGrantType,
        ])
}

pub(super) const fn change() -> Doc {
    Doc::new("Choose another password. All other sessions end; this one goes on with new tokens.")
        .body(BodyDoc::FormOrFields(CHANGE))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[Code::ValidationFailed, Code::RateLimited, Code::Overloaded])
}

pub(super) const fn step_up() -> Doc {
    Doc::new("Give the password once more, and the second factor if there is one; sensitive acts are then admitted for ten minutes.")
        .body(BodyDoc::FormOrFields(STEP_UP))
        .answer(AnswerDoc::Json)
        .codes(&[Code::ValidationFailed, Code::RateLimited, Code::Overloaded])
}

pub(super) const fn register() -> Doc {
    Doc::new(
        "Ask for an account of one's own, as a client of a company that allows it. The answer is always the same; \
         what follows comes by mail.",
    )
    .body(BodyDoc::FormOrFields(REGISTER))
    .answer(AnswerDoc::Accepted(REQUEST))
    .codes(&[Code::RateLimited, Code::Overloaded])
}

pub(super) const fn verify_email() -> Doc {
    Doc::new("Verify the address of a registration, by the token of the link or by request and code.")
        .body(BodyDoc::FormOrFields(PROOF))
        .answer(AnswerDoc::Fields(ADDRESS))
        .codes(TRIES)
}

pub(super) const fn resend() -> Doc {
    Doc::new("Have the mail of a registration sent again.")
        .body(BodyDoc::FormOrFields(REQUEST))
        .answer(AnswerDoc::Accepted(REQUEST))
        .codes(&[Code::RateLimited])
}

pub(super) const fn forgot() -> Doc {
    Doc::new("Ask for a mail with which a new password can be chosen. The answer is always the same.")
        .body(BodyDoc::FormOrFields(FORGOT))
        .answer(AnswerDoc::Accepted(REQUEST))
        .codes(&[Code::RateLimited])
}

pub(super) const fn reset() -> Doc {
    Doc::new(
        "Choose a new password, by the token of the link or by request and code. All sessions end; nobody is logged in.",
    )
    .body(BodyDoc::FormOrFields(RESET))
    .answer(AnswerDoc::Json)
    .codes(TRIES)
}

pub(super) const fn accept() -> Doc {
    Doc::new("Take over the account to which one was invited.")
        .body(BodyDoc::FormOrFields(ACCEPT))
        .answer(AnswerDoc::Fields(ADDRESS))
        .codes(TRIES)
}

pub(super) const fn verify_mfa() -> Doc {
    Doc::new("End a log-in with a code of the second factor, or a recovery code.")
        .body(BodyDoc::FormOrFields(TICKET))
        .answer(AnswerDoc::Fields(TOKENS))
        .codes(&[Code::InvalidGrant, Code::InvalidToken, Code::RateLimited])
}

pub(super) const fn enroll() -> Doc {
    Doc::new("Make the secret of an authenticator app. It holds from the first code that is confirmed.")
        .body(BodyDoc::FormOrFields(STEP_UP_PASSWORD))
        .answer(AnswerDoc::Fields(SECRET))
        .codes(PROOFS)
}

pub(super) const fn confirm() -> Doc {
    Doc::new(
        "Put the secret in force by a code of it. Other sessions end. The recovery codes are shown once.",
    )
    .body(BodyDoc::FormOrFields(CODE))
    .answer(AnswerDoc::Fields(RECOVERY))
    .codes(PROOFS)
}

pub(super) const fn disable() -> Doc {
    Doc::new("Take the own second factor off. Other sessions end.")
        .body(BodyDoc::FormOrFields(STEP_UP))
        .answer(AnswerDoc::Json)
        .codes(PROOFS)
}

pub(super) const fn regenerate() -> Doc {
    Doc::new("Make new recovery codes, shown once; the old ones are void.")
        .body(BodyDoc::FormOrFields(STEP_UP))
        .answer(AnswerDoc::Fields(RECOVERY))
        .codes(PROOFS)
}

const REGISTER: &[FieldSpec] = &[
    FieldSpec::text(1, 60).required().named("company", "Short name of the company."),
    FieldSpec::new(Kind::Email).required().named("email", "Address."),
    FieldSpec::text(1, 120).required().named("name", "Display name."),
    FieldSpec::text(15, 1024).required().named("password", "Password."),
];

const REQUEST: &[FieldSpec] = &[FieldSpec::text(1, 100)
    .required()
    .named("request_id", "Id of the request; belongs to the code in the mail.")];

const TOKEN: FieldSpec = FieldSpec::text(1, 100).named("token", "Token of the link in the mail.");
const REQUEST_ID: FieldSpec =
    FieldSpec::text(1, 100).named("request_id", "Without a token: id of the request.");
const MAIL_CODE: FieldSpec = FieldSpec::text(1, 20).named("code", "Without a token: code in the mail.");

const PROOF: &[FieldSpec] = &[TOKEN, REQUEST_ID, MAIL_CODE];

const RESET: &[FieldSpec] = &[
    TOKEN,
    REQUEST_ID,
    MAIL_CODE,
    FieldSpec::text(8, 1024).required().named("new_password", "The password from now on."),
];

const ACCEPT: &[FieldSpec] = &[
    FieldSpec::text(1, 100).required().named("token", "Token of the link in the mail."),
    FieldSpec::text(1, 120).named("name", "Display name, if it shall be another."),
    FieldSpec::text(8, 1024).required().named("password", "Password."),
];

const FORGOT: &[FieldSpec] =
    &[FieldSpec::new(Kind::Email).required().named("email", "Address of the account.")];

const ADDRESS: &[FieldSpec] =
    &[FieldSpec::new(Kind::Email).required().named("email", "Address with which to log in.")];

const TICKET: &[FieldSpec] = &[
    FieldSpec::text(1, 100).required().named("mfa_token", "What `/auth/token` answered with."),
    FieldSpec::text(1, 100).required().named("code", "Code of the app, or a recovery code."),
];

const CODE: &[FieldSpec] = &[FieldSpec::text(1, 20).required().named("code", "Code that the app shows.")];

const SECRET: &[FieldSpec] = &[
    FieldSpec::text(32, 32).required().named("secret", "The secret in base32, to be typed."),
    FieldSpec::text(1, 500).required().named("otpauth_url", "The same as an address for apps."),
    FieldSpec::prose(1, 100_000).required().named("qr_svg", "The address as a QR code: an SVG element."),
    FieldSpec::time().required().named("expires_at", "Until when a code can be confirmed."),
];

const RECOVERY: &[FieldSpec] = &[FieldSpec::new(Kind::Texts { max: 10, max_len: 27 })
    .required()
    .named("recovery_codes", "Each is good for one use in place of the app.")];

const LOG_IN: &[FieldSpec] = &[
    FieldSpec::new(Kind::Enum(&["password"])).named("grant_type", "Always `password`."),
    FieldSpec::text(1, 1024).required().named("username", "E-mail address."),
    FieldSpec::text(1, 1024).required().named("password", "Password."),
    FieldSpec::text(1, 100).named("otp", "Code of the second factor, if it comes at once."),
];

const REFRESH: &[FieldSpec] = &[
    FieldSpec::new(Kind::Enum(&["refresh_token"])).named("grant_type", "Always `refresh_token`."),
    FieldSpec::text(1, 100).required().named("refresh_token", "The latest refresh token."),
];

const CHANGE: &[FieldSpec] = &[
    FieldSpec::text(1, 1024).required().named("current_password", "The password until now."),
    FieldSpec::text(8, 1024).required().named("new_password", "The password from now on."),
];

const STEP_UP_PASSWORD: &[FieldSpec] =
    &[FieldSpec::text(1, 1024).required().named("password", "The own password.")];

const STEP_UP: &[FieldSpec] = &[
    FieldSpec::text(1, 1024).required().named("password", "The own password."),
    FieldSpec::text(1, 100)
        .named("code", "Code of the app, or a recovery code; for whoever has a second factor."),
];

const TOKENS: &[FieldSpec] = &[
    FieldSpec::text(1, 4096).required().named("access_token", "For the header `Authorization: Bearer`."),
    FieldSpec::new(Kind::Enum(&["bearer"])).required().named("token_type", "Always `bearer`."),
    FieldSpec::int(1, 3600).required().named("expires_in", "Seconds for which the access token holds."),
    FieldSpec::text(1, 100).required().named("refresh_token", "For one exchange at `/auth/refresh`."),
    FieldSpec::id_of("").required().named("session_id", "Id of the session."),
    FieldSpec::flag(false)
        .required()
        .named("must_change_password", "Nothing else is admitted before the password is changed."),
    FieldSpec::flag(false)
        .required()
        .named("must_enroll_mfa", "Nothing else is admitted before a second factor is set up."),
];
