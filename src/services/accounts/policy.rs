//! Whether a new password is good enough for an account.

use crate::auth::email::EmailAddress;
use crate::auth::password::{PasswordPolicy, context_words};
use crate::errors::Result;
use crate::models::Company;
use secrecy::SecretString;

/// Checks a new password of the person with this address. It may be shorter where a second factor is demanded besides it.
///
/// # Errors
/// 422 naming `field`.
pub(crate) fn check_password(
    field: &str,
    password: &SecretString,
    address: &str,
    company: Option<&Company>,
    mfa_enforced: bool,
) -> Result<()> {
    let email = EmailAddress::parse(address);
    let context = context_words(company.map(|company| company.name.as_str()), email.as_ref());
    PasswordPolicy { mfa_enforced }.check(field, password, &context)
}
