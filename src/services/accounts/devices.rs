//! From where a person logs in: a log-in from elsewhere is told by mail.

use super::notices;
use crate::app::App;
use crate::auth::client_address::network_prefix;
use crate::db::{Patch, Tx};
use crate::errors::Result;
use crate::models::{KnownDevice, User};
use crate::permissions::{Origin, TenantScope};
use crate::support::later;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A device is forgotten after so long without a log-in.
const KNOWN_FOR: Duration = Duration::from_secs(90 * 24 * 3600);

/// Names of programs as they call themselves, before those whose name they carry too.
const FAMILIES: &[(&str, &str)] = &[
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("SamsungBrowser/", "samsung"),
    ("Firefox/", "firefox"),
    ("FxiOS/", "firefox"),
    ("Chrome/", "chrome"),
    ("CriOS/", "chrome"),
    ("Safari/", "safari"),
];

/// Notes the device of a log-in, in its transaction. The person is told of one that was not seen lately, but not of the
/// very first: there was none to compare it with.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    user: &User,
    origin: &Origin,
) -> Result<()> {
    let now = tx.now();
    let key = mark(user, origin);
    let known = tx.global::<KnownDevice>().find_one(KnownDevice::key(key.as_str())).await?;
    let known = known.is_some_and(|device| device.expires_at > now);
    let patch = Patch::new()
        .set(KnownDevice::user_id(), user.id)
        .set(KnownDevice::expires_at(), later(now, KNOWN_FOR));
    tx.global::<KnownDevice>().update(KnownDevice::key(key), patch, true).await?;
    if known || user.last_login_at.is_none() {
        return Ok(());
    }
    let variables = notices::circumstances(tx, user, origin);
    notices::send(app, tx, scope, user, "new_device", variables, false).await
}

/// Another version of a browser, or another address of the same network, is no other device.
fn mark(user: &User, origin: &Origin) -> String {
    let network = origin.ip.map_or_else(|| "unknown".to_owned(), network_prefix);
    let program = family(origin.user_agent.as_deref().unwrap_or_default());
    hex::encode(Sha256::digest(format!("{}|{program}|{network}", user.id.to_hex())))
}

fn family(user_agent: &str) -> String {
    let known = FAMILIES.iter().find(|(sign, _)| user_agent.contains(sign));
    let first = || user_agent.split(['/', ' ']).next().unwrap_or_default().to_lowercase();
    known.map_or_else(first, |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn programs_are_told_apart_whatever_their_version() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        let edge = format!("{chrome} Edg/140.0");
        assert_eq!(family(chrome), "chrome");
        assert_eq!(family(&chrome.replace("140", "141")), "chrome");
        assert_eq!(family(&edge), "edge");
        assert_eq!(family("curl/8.1"), "curl");
        assert_eq!(family(""), "");
    }
}
