//! Asking for a new password.

use super::requests::{self, Asked};
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::errors::Result;
use crate::models::AccountTokenKind;
use crate::permissions::Origin;
use crate::web::Reply;
use std::time::Duration;

/// A request is kept so long, whether or not there is such an account.
pub(super) const KEPT: Duration = Duration::from_secs(15 * 60);

/// Writes down that someone wants a new password for this address. Whether there is such an account is found out later.
///
/// # Errors
/// 422 for what is no address; 429 after too many requests.
pub async fn forgot(app: &App, origin: &Origin, address: &str) -> Result<Reply> {
    let address = EmailAddress::from_field("email", address)?;
    requests::throttle(app, origin, &address).await?;
    let asked = Asked { address: address.as_str().to_owned(), ..Asked::default() };
    requests::write_down(app, origin, AccountTokenKind::PasswordReset, &asked, KEPT, |draft| draft).await
}
