//! Mails that tell people what happened to their account, so that they notice what was not they. No credentials in them.

use crate::app::App;
use crate::db::Tx;
use crate::errors::Result;
use crate::models::User;
use crate::permissions::{Origin, TenantScope};
use crate::schema::format_time;
use crate::services::outbound_emails::{self, NewEmail};
use bson::oid::ObjectId;
use serde_json::{Value, json};

/// What a person is told of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// The password was changed within a session.
    PasswordChanged,
    /// A new password was chosen by a link or code.
    PasswordReset,
    /// There is a second factor.
    MfaEnrolled,
    /// The person took it off.
    MfaDisabled,
    /// An administrator took it off.
    MfaReset,
    /// A recovery code stood in for the app.
    RecoveryCodeUsed {
        /// Codes that are left.
        left: usize,
    },
    /// There are new recovery codes.
    RecoveryCodesReplaced,
    /// The person has another role.
    RoleChanged,
}

impl Event {
    const fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::MfaEnrolled => "mfa_enrolled",
            Self::MfaDisabled => "mfa_disabled",
            Self::MfaReset => "mfa_reset",
            Self::RecoveryCodeUsed { .. } => "recovery_code_used",
            Self::RecoveryCodesReplaced => "recovery_codes_replaced",
            Self::RoleChanged => "role_changed",
        }
    }
}

/// Queues the notice of an event, in the transaction of the event. `scope` is where the person's account belongs.
pub(crate) async fn queue(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    user: &User,
    origin: &Origin,
    event: Event,
) -> Result<()> {
    let mut variables = circumstances(tx, user, origin);
    variables["event"] = json!(event.name());
    if let Event::RecoveryCodeUsed { left } = event {
        variables["recovery_codes_left"] = json!(left);
    }
    send(app, tx, scope, user, "security_notice", variables, false).await
}

/// Name, time and place, as every notice has them.
pub(super) fn circumstances(tx: &Tx, user: &User, origin: &Origin) -> Value {
    json!({
        "name": user.name,
        "at": format_time(tx.now()),
        "ip": origin.ip.map(|ip| ip.to_string()),
        "user_agent": origin.user_agent,
    })
}

/// Queues a mail to a person about the account.
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    user: &User,
    template: &'static str,
    variables: Value,
    sensitive: bool,
) -> Result<()> {
    let email = NewEmail {
        template,
        to: user.email.clone(),
        to_name: Some(user.name.clone()),
        locale: user.locale.clone(),
        variables,
        sensitive,
        // Each is a mail of its own; the transaction sees to it that it is written once.
        dedupe_key: format!("account:{template}:{}", ObjectId::new().to_hex()),
        ticket_id: None,
        message_id: None,
    };
    outbound_emails::queue(app, tx, scope, &email).await.map(drop)
}
