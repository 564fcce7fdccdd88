//! Makes the application of settings, secrets and a database.

use crate::app::{App, Limits, Parts};
use crate::auth::access_token::AccessTokens;
use crate::auth::data_keys::DataKeys;
use crate::auth::password::{PasswordHasher, PasswordPool, PoolLimits};
use crate::auth::refresh_token::RefreshKeys;
use crate::config::Settings;
use crate::db::Db;
use crate::egress::Egress;
use crate::secrets::Secrets;
use crate::services::mail::{MailOptions, MailPlatform};
use crate::storage::Storage;
use anyhow::{Context, anyhow};
use axum::Router;
use secrecy::ExposeSecret;

/// Issuer of access tokens when the public address is not known: all instances must agree on it.
const ISSUER: &str = "stoa";

/// Entries of the audit log that one request checks: a few seconds' work, well inside the time of a request.
const VERIFIED_ENTRIES: i64 = 50_000;

/// The application and its router. It lets requests in once its health was told that the start is over.
///
/// # Errors
/// A key that cannot be used, or no threads for passwords.
pub fn build_app(settings: &Settings, secrets: &Secrets, db: Db) -> anyhow::Result<(App, Router)> {
    let (server, auth) = (&settings.server, &settings.auth);
    let issuer = server.public_url.as_deref().unwrap_or(ISSUER).trim_end_matches('/');
    let pepper = secrets.pepper().map(|ring| (*ring).clone());
    let hasher = PasswordHasher::new(pepper).context("prepare password hashing")?;
    let pool = PoolLimits { threads: auth.argon2_threads, ..PoolLimits::default() };
    let parts = Parts {
        db,
        access_tokens: AccessTokens::new(&secrets.jwt(), issuer, auth.access_ttl())
            .context("prepare access tokens")?,
        data_keys: DataKeys::new(&secrets.data_keys()),
        passwords: PasswordPool::start(hasher, pool).context("start the threads for passwords")?,
        egress: Egress::new(
            settings.egress.allow(),
            settings.egress.ports.clone(),
            settings.egress.timeout(),
        )
        .context("prepare calls to other hosts")?,
        storage: storage(settings, secrets),
        proxies: server.trusted_proxies().map_err(|text| anyhow!("server.trusted_proxies: {text}"))?,
        limits: Limits {
            deadline: server.request_deadline(),
            idle: auth.refresh_idle(),
            superadmin_idle: auth.superadmin_idle(),
            absolute: auth.refresh_absolute(),
            refresh_grace: auth.refresh_grace(),
            login_floor: auth.login_floor(),
            superadmin_mfa: auth.superadmin_mfa,
            verified_entries: VERIFIED_ENTRIES,
            cors_origins: server.cors_origins.clone(),
            metrics_networks: server
                .metrics_networks()
                .map_err(|text| anyhow!("server.metrics_networks: {text}"))?,
            dashboard: settings.dashboard.folder.clone(),
            public_url: server.public_url(server.bind),
            quota: settings.limits.quota(),
        },
        mail: MailPlatform::new(mail_options(settings, secrets)?),
    };
    Ok(App::new(parts, RefreshKeys::new(&secrets.refresh_keys())))
}

/// The bucket of the secrets, or a folder of this machine.
fn storage(settings: &Settings, secrets: &Secrets) -> Storage {
    let storage = &settings.storage;
    match secrets.s3_bucket() {
        Some(bucket) => Storage::bucket(bucket.expose_secret(), storage, secrets.aws_account()),
        None => Storage::folder(&storage.folder(&settings.database.data_dir), storage.into()),
    }
}

/// The platform's mail as settings and secrets say.
fn mail_options(settings: &Settings, secrets: &Secrets) -> anyhow::Result<MailOptions> {
    let (server, mail) = (&settings.server, &settings.mail);
    let public_url = server.public_url(server.bind);
    let host = public_url.split_once("://").map_or(public_url.as_str(), |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    let trusted = match &mail.ca_file {
        Some(path) => {
            let pem = std::fs::read(path).with_context(|| format!("mail.ca_file: {}", path.display()))?;
            vec![pem]
        }
        None => Vec::new(),
    };
    Ok(MailOptions {
        from: mail.from.clone().unwrap_or_else(|| format!("no-reply@{host}")),
        from_name: mail.from_name.clone(),
        trusted,
        name_server: mail.name_server,
        smtp_url: secrets.smtp_url(),
        embedded: secrets.mongo_uri().is_none(),
    })
}
