//! The live handle on secrets: read at start or fail, read again from time to time, keep the last good ones.

use super::set::SecretSet;
use super::source::{AwsAccount, Sources};
use super::{
    ANTHROPIC_API_KEY, AWS_S3_BUCKET, MONGO_URI, OPENAI_API_KEY, SMTP_URL, SecretStatus, SecretsError,
};
use crate::auth::key_ring::KeyRing;
use crate::config::{Environment, Settings};
use arc_swap::ArcSwap;
use secrecy::SecretString;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Readings at start before the program gives up.
const TRIES: u32 = 5;
/// Pause after the first failed reading; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// How often the age is published between readings.
const AGE_STEP: Duration = Duration::from_secs(15);

/// The secrets of the program. Clones share the same values; ask again rather than keep an answer.
#[derive(Clone)]
pub struct Secrets {
    inner: Arc<Inner>,
}

struct Inner {
    sources: Sources,
    interval: Duration,
    current: ArcSwap<(SecretSet, Instant)>,
    revision: watch::Sender<u64>,
    /// One reading at a time, so that an older one cannot replace a newer one.
    reading: Mutex<()>,
}

impl Secrets {
    /// Reads all secrets; asks an unreachable Secrets Manager five times.
    ///
    /// # Errors
    /// All missing and malformed secrets at once, or why Secrets Manager cannot be asked.
    pub async fn load(settings: &Settings, environment: &Environment) -> Result<Self, SecretsError> {
        let sources = Sources::new(settings, environment).await;
        let mut pause = FIRST_PAUSE;
        let mut attempt = 1;
        let set = loop {
            match sources.read().await {
                Ok(found) => break SecretSet::parse(found)?,
                Err(error @ SecretsError::Unavailable(_)) if attempt < TRIES => {
                    tracing::warn!(%error, attempt, "secrets cannot be read, trying again");
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
            attempt += 1;
        };
        let current = ArcSwap::from_pointee((set, Instant::now()));
        let (revision, _) = watch::channel(0);
        let interval = settings.secrets.refresh();
        let reading = Mutex::new(());
        let secrets = Self { inner: Arc::new(Inner { sources, interval, current, revision, reading }) };
        secrets.publish_age();
        Ok(secrets)
    }

    /// Reads all secrets again; `true` when anything changed. Call it too when a dependency refuses its secret.
    ///
    /// # Errors
    /// Why the reading failed; the last good secrets stay in use.
    pub async fn refresh(&self) -> Result<bool, SecretsError> {
        let _one = self.inner.reading.lock().await;
        let outcome = self.inner.sources.read().await.and_then(SecretSet::parse);
        let set = outcome.inspect_err(|error| {
            metrics::counter!("stoa_secret_refresh_failures_total").increment(1);
            tracing::error!(%error, "secrets cannot be refreshed, the last good ones stay in use");
            self.publish_age();
        })?;
        let changed = set.fingerprint != self.inner.current.load().0.fingerprint;
        self.inner.current.store(Arc::new((set, Instant::now())));
        self.publish_age();
        if changed {
            self.inner.revision.send_modify(|revision| *revision += 1);
            tracing::info!(revision = *self.inner.revision.borrow(), "secrets changed");
        }
        Ok(changed)
    }

    /// Refreshes from time to time until `stop`. Intervals vary by 20 % so that instances do not ask together.
    pub async fn keep_fresh(self, stop: CancellationToken) {
        loop {
            let due = Instant::now() + self.inner.interval.mul_f64(rand::random_range(0.8..1.2));
            while Instant::now() < due {
                let wake = due.min(Instant::now() + AGE_STEP);
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep_until(wake) => self.publish_age(),
                }
            }
            // A failure is logged and counted there; the next round tries again.
            self.refresh().await.ok();
        }
    }

    fn publish_age(&self) {
        metrics::gauge!("stoa_secret_age_seconds").set(self.age().as_secs_f64());
    }

    /// Time since the secrets were last read.
    pub fn age(&self) -> Duration {
        self.inner.current.load().1.elapsed()
    }

    /// Tells when secrets change: the value is the number of changes since the start.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// Keys of access tokens.
    pub fn jwt(&self) -> Arc<KeyRing> {
        self.inner.current.load().0.jwt.clone()
    }

    /// Keys of refresh tokens.
    pub fn refresh_keys(&self) -> Arc<KeyRing> {
        self.inner.current.load().0.refresh.clone()
    }

    /// Keys for what the database keeps sealed.
    pub fn data_keys(&self) -> Arc<KeyRing> {
        self.inner.current.load().0.data.clone()
    }

    /// Keys that are mixed into password hashes.
    pub fn pepper(&self) -> Option<Arc<KeyRing>> {
        self.inner.current.load().0.pepper.clone()
    }

    /// The database. Without it, the program runs its own.
    pub fn mongo_uri(&self) -> Option<SecretString> {
        self.inner.current.load().0.plain(MONGO_URI)
    }

    /// Key of the OpenAI API.
    pub fn openai_api_key(&self) -> Option<SecretString> {
        self.inner.current.load().0.plain(OPENAI_API_KEY)
    }

    /// Key of the Anthropic API.
    pub fn anthropic_api_key(&self) -> Option<SecretString> {
        self.inner.current.load().0.plain(ANTHROPIC_API_KEY)
    }

    /// Bucket of uploads.
    pub fn s3_bucket(&self) -> Option<SecretString> {
        self.inner.current.load().0.plain(AWS_S3_BUCKET)
    }

    /// Account for the bucket, when it is set in so many words; without it the search of the AWS SDK finds one.
    pub fn aws_account(&self) -> Option<AwsAccount> {
        self.inner.sources.aws_account()
    }

    /// Mail server with its account.
    pub fn smtp_url(&self) -> Option<SecretString> {
        self.inner.current.load().0.plain(SMTP_URL)
    }

    /// Names, origins, versions and ages; never values.
    pub fn status(&self) -> Vec<SecretStatus> {
        let current = self.inner.current.load();
        current.0.status(current.1.elapsed().as_secs())
    }
}
