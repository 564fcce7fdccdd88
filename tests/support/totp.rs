//! A person's authenticator app.

use super::{LogIn, PASSWORD, TestApp};
use serde_json::{Value, json};
use std::time::Duration;
use totp_rs::{Builder, Secret};

/// An app that holds one secret, and the recovery codes that were shown with it.
pub struct Authenticator {
    pub secret: String,
    pub recovery: Vec<String>,
}

impl Authenticator {
    /// The code that the app shows now, by the application's clock.
    pub fn code(&self, app: &TestApp) -> String {
        code_of(&self.secret, app.clock.unix())
    }

    /// The code of the next time step, when that one has begun: the one before was used.
    pub fn next_code(&self, app: &TestApp) -> String {
        app.clock.advance(Duration::from_secs(30));
        self.code(app)
    }

    /// Some code that is right neither now nor soon.
    pub fn wrong_code(&self, app: &TestApp) -> String {
        let near: Vec<String> =
            (-3..10).map(|step| code_of(&self.secret, app.clock.unix() + step * 30)).collect();
        (0..).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).expect("a code")
    }
}

/// The code of a secret in base32 at a time.
pub fn code_of(secret: &str, unix: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    let totp = Builder::new().with_secret(secret).build().expect("totp");
    totp.generate(u64::try_from(unix).expect("a time")).to_string()
}

impl TestApp {
    /// Sets up a second factor for who is logged in with [`PASSWORD`].
    pub async fn enroll(&self, tokens: &LogIn) -> Authenticator {
        let shown = tokens.ask(self).post("/auth/mfa/totp/enroll", json!({ "password": PASSWORD })).await;
        let secret = shown.expect(200)["secret"].as_str().expect("a secret").to_owned();
        let code = code_of(&secret, self.clock.unix());
        let told = tokens.ask(self).post("/auth/mfa/totp/confirm", json!({ "code": code })).await.expect(200);
        let codes = told["recovery_codes"].as_array().expect("codes");
        let recovery = codes.iter().map(|code| code.as_str().expect("a code").to_owned()).collect();
        // As if that had been a while ago: tokens of a clock that was put forward would not hold yet.
        let earlier = bson::doc! { "$inc": { "last_step": -10_i64 } };
        self.alter("mfa_factors", bson::doc! {}, earlier).await;
        Authenticator { secret, recovery }
    }

    /// Logs in with [`PASSWORD`] up to the second factor, and tells the token that stands for it.
    pub async fn half_log_in(&self, email: &str) -> String {
        let told = self.try_log_in(email, PASSWORD).await.refused(403, "mfa_required");
        told["mfa_token"].as_str().expect("a token").to_owned()
    }

    /// Gives the second factor.
    pub async fn verify_mfa(&self, ticket: &str, code: &str) -> super::Answer {
        self.anonymous().post("/auth/mfa/verify", body_of(ticket, code)).await
    }
}

/// What `/auth/mfa/verify` takes.
pub fn body_of(ticket: &str, code: &str) -> Value {
    json!({ "mfa_token": ticket, "code": code })
}
