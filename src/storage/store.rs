//! The storage of a process: opened when it is first used, shared by all requests.

use super::failure::away;
use super::local::{self, LocalServer};
use super::{StorageLimits, Writer};
use crate::config::StorageSettings;
use crate::errors::{Code, Problem, Result};
use crate::quota::{Place, Places};
use crate::secrets::AwsAccount;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use aws_sdk_s3::Client;
use aws_sdk_s3::config::Credentials;
use bson::oid::ObjectId;
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// Region of the local server, and of others that do not ask for one.
const ANY_REGION: &str = "us-east-1";

/// Where the files are.
enum Home {
    Folder(PathBuf),
    Bucket { name: String, settings: Box<StorageSettings>, account: Option<AwsAccount> },
}

/// What is there once the storage was used.
pub(super) struct Opened {
    pub client: Client,
    pub bucket: String,
    /// Signs addresses as browsers reach the server.
    pub signer: Client,
    _server: Option<LocalServer>,
}

struct Inner {
    home: Home,
    limits: StorageLimits,
    opened: OnceCell<Opened>,
    transfers: Places,
}

/// The storage of files. Cheap to clone.
#[derive(Clone)]
pub struct Storage {
    inner: Arc<Inner>,
}

impl Storage {
    /// Files in a folder of this machine, behind a server of our own.
    pub fn folder(folder: &Path, limits: StorageLimits) -> Self {
        Self::new(Home::Folder(folder.to_owned()), limits)
    }

    /// Files in a bucket of AWS or of another server.
    pub fn bucket(name: &str, settings: &StorageSettings, account: Option<AwsAccount>) -> Self {
        let home = Home::Bucket { name: name.to_owned(), settings: Box::new(settings.clone()), account };
        Self::new(home, settings.into())
    }

    fn new(home: Home, limits: StorageLimits) -> Self {
        let transfers = Places::new(limits.transfers, "stoa_transfers_in_flight");
        Self { inner: Arc::new(Inner { home, limits, opened: OnceCell::new(), transfers }) }
    }

    /// How large files may be.
    pub fn limits(&self) -> &StorageLimits {
        &self.inner.limits
    }

    /// Whether clients send files to the bucket themselves, and read them there.
    pub fn is_direct(&self) -> bool {
        matches!(&self.inner.home, Home::Bucket { settings, .. } if settings.direct_transfers)
    }

    /// Origin that browsers call for direct transfers: scheme and host. None where there are none, or where only the
    /// SDK knows it, as no region is set.
    pub fn browser_origin(&self) -> Option<String> {
        let Home::Bucket { name, settings, .. } = &self.inner.home else { return None };
        let region = settings.region.as_deref();
        let url = settings.public_endpoint_url.clone().or_else(|| settings.endpoint_url.clone());
        let url = url.or_else(|| Some(format!("https://s3.{}.amazonaws.com", region?)))?;
        let (scheme, rest) = url.split_once("://").filter(|_| self.is_direct())?;
        let host = rest.split('/').next().unwrap_or_default();
        let bucket = if settings.path_style { String::new() } else { format!("{name}.") };
        Some(format!("{scheme}://{bucket}{host}"))
    }

    /// The folder of this machine where files lie, when there is no bucket.
    pub fn local_folder(&self) -> Option<&Path> {
        match &self.inner.home {
            Home::Folder(folder) => Some(folder),
            Home::Bucket { .. } => None,
        }
    }

    /// A place among the transfers that run at the same time: each holds part of a file in memory. No company takes all
    /// of them.
    ///
    /// # Errors
    /// 503 `overloaded` when there is none.
    pub fn take_turn(&self, company: Option<ObjectId>) -> Result<(Place, Option<Place>)> {
        let place = self.inner.transfers.take();
        let turn = place.and_then(|place| Some((place, self.inner.transfers.of_company(company)?)));
        turn.ok_or_else(|| {
            Problem::new(Code::Overloaded, "Too many files come in at once. Try again.").retry_after(5).into()
        })
    }

    /// Begins a file at `key`.
    pub fn writer(&self, key: &str, content_type: &str) -> Writer {
        Writer::new(self.clone(), key, content_type)
    }

    /// The client, made when it is first needed: whoever uses no files starts no server for them.
    pub(super) async fn opened(&self) -> Result<&Opened> {
        let opened = self.inner.opened.get_or_try_init(|| self.open()).await;
        opened.map_err(|error| {
            tracing::error!(?error, "the storage of files cannot be opened");
            away()
        })
    }

    async fn open(&self) -> anyhow::Result<Opened> {
        match &self.inner.home {
            Home::Folder(folder) => {
                let server = LocalServer::start(folder).await?;
                let credentials = Credentials::new(&server.key_id, &server.secret, None, None, "local");
                let client = client(Some(&server.endpoint), Some(ANY_REGION), true, Some(credentials)).await;
                let bucket = local::BUCKET.to_owned();
                Ok(Opened { signer: client.clone(), client, bucket, _server: Some(server) })
            }
            Home::Bucket { name, settings, account } => {
                let credentials = || {
                    let account = account.as_ref()?;
                    let token = account.session_token.as_ref().map(|token| token.expose_secret().to_owned());
                    let secret = account.secret.expose_secret();
                    Some(Credentials::new(&account.key_id, secret, token, None, "environment"))
                };
                let region = settings.region.as_deref();
                let endpoint = settings.endpoint_url.as_deref();
                let inside = client(endpoint, region, settings.path_style, credentials()).await;
                let signer = match settings.public_endpoint_url.as_deref() {
                    Some(public) => client(Some(public), region, settings.path_style, credentials()).await,
                    None => inside.clone(),
                };
                Ok(Opened { client: inside, signer, bucket: name.clone(), _server: None })
            }
        }
    }
}

async fn client(
    endpoint: Option<&str>,
    region: Option<&str>,
    path_style: bool,
    credentials: Option<Credentials>,
) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .read_timeout(Duration::from_secs(30))
        .operation_attempt_timeout(Duration::from_secs(60))
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts);
    if let Some(endpoint) = endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    if let Some(region) = region {
        loader = loader.region(Region::new(region.to_owned()));
    }
    if let Some(credentials) = credentials {
        loader = loader.credentials_provider(credentials);
    }
    let shared = loader.load().await;
    let config = aws_sdk_s3::config::Builder::from(&shared).force_path_style(path_style);
    Client::from_conf(config.build())
}
