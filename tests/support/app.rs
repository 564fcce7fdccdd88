//! An application in the test's process, on a database that is made for the test and dropped after it.

use super::{Ask, Persona, Tenant};
use axum::Router;
use bson::{Document, doc};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use stoa::app::{App, Limits, Parts};
use stoa::auth::access_token::AccessTokens;
use stoa::auth::client_address::TrustedProxies;
use stoa::auth::data_keys::DataKeys;
use stoa::auth::key_ring::KeyRing;
use stoa::auth::password::{PasswordHasher, PasswordPool, PoolLimits};
use stoa::auth::refresh_token::RefreshKeys;
use stoa::config::Networks;
use stoa::db::{ConnectOptions, Db};
use stoa::egress::Egress;
use stoa::permissions::Role;
use stoa::quota::QuotaLimits;
use stoa::services::mail::{MailOptions, MailPlatform};
use stoa::storage::{Storage, StorageLimits};
use stoa::support::Clock;

/// How long access tokens hold.
const TOKEN: Duration = Duration::from_secs(600);

/// A running application and direct access to its database.
pub struct TestApp {
    pub app: App,
    pub router: Router,
    pub clock: Clock,
    /// The database through the plain driver: what tests write and see is what is really stored.
    pub raw: mongodb::Database,
    name: String,
}

/// Peers of tests live on this machine. Nobody waits long for those that do not answer.
fn egress() -> Egress {
    let here = Networks::parse(["127.0.0.0/8", "::1/128"]).expect("networks");
    Egress::new(here, Vec::new(), Duration::from_secs(2)).expect("clients")
}

/// What an application of a test is to be like, where it is not as usual.
struct Plan {
    /// Name of the database.
    name: String,
    /// How long access tokens hold.
    token: Duration,
    storage: Storage,
    /// Authorities (PEM) by which mail servers are trusted.
    trusted: Vec<Vec<u8>>,
    /// DNS server; by default one that is not there.
    names: SocketAddr,
}

impl Plan {
    fn of(name: &str) -> Self {
        let storage = Storage::folder(&files_of(name), file_limits());
        Self {
            name: name.to_owned(),
            token: TOKEN,
            storage,
            trusted: Vec::new(),
            names: SocketAddr::from(([127, 0, 0, 1], 9)),
        }
    }

    fn fresh() -> Self {
        Self::of(&format!("t_{}", stoa::auth::random::base62(16)))
    }
}

impl TestApp {
    /// An application on a fresh, migrated database.
    pub async fn start() -> Self {
        Self::run(Plan::fresh(), |_| ()).await
    }

    /// As [`TestApp::start`], with access tokens that hold so long: for clients that cannot refresh them.
    pub async fn start_with_tokens_for(token: Duration) -> Self {
        Self::run(Plan { token, ..Plan::fresh() }, |_| ()).await
    }

    /// As [`TestApp::start`], trusting mail servers with a certificate of this authority (PEM).
    pub async fn start_trusting(authority: &[u8]) -> Self {
        Self::run(Plan { trusted: vec![authority.to_vec()], ..Plan::fresh() }, |_| ()).await
    }

    /// As [`TestApp::start`], asking that server for names.
    pub async fn start_asking(names: SocketAddr) -> Self {
        Self::run(Plan { names, ..Plan::fresh() }, |_| ()).await
    }

    /// An application with other limits than the usual ones.
    pub async fn start_with(change: impl FnOnce(&mut Limits)) -> Self {
        Self::run(Plan::fresh(), change).await
    }

    /// An application with other limits of files than the usual ones.
    pub async fn start_with_files(change: impl FnOnce(&mut StorageLimits)) -> Self {
        let plan = Plan::fresh();
        let mut limits = file_limits();
        change(&mut limits);
        let storage = Storage::folder(&files_of(&plan.name), limits);
        Self::run(Plan { storage, ..plan }, |_| ()).await
    }

    /// An application whose files lie there.
    pub async fn start_on(storage: Storage) -> Self {
        Self::run(Plan { storage, ..Plan::fresh() }, |_| ()).await
    }

    /// Another instance on the same database.
    pub async fn sibling(&self) -> Self {
        Self::run(Plan::of(&self.name), |_| ()).await
    }

    /// Folder of the application's files, which is made when there is one.
    pub fn files(&self) -> PathBuf {
        files_of(&self.name)
    }

    async fn run(plan: Plan, change: impl FnOnce(&mut Limits)) -> Self {
        let Plan { name, token, storage, trusted, names } = plan;
        let uri = std::env::var("STOA_TEST_MONGO_URI")
            .expect("STOA_TEST_MONGO_URI is not set: eval \"$(scripts/test-db start)\"");
        if let Ok(filter) = std::env::var("RUST_LOG") {
            // Only the first application of a process installs it.
            let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
        }
        let clock = Clock::default();
        let options = ConnectOptions {
            uri: SecretString::from(uri.clone()),
            database: name.clone(),
            max_pool: 50,
            selection_timeout: Duration::from_secs(5),
            monitor_reads: true,
        };
        let db = Db::connect(&options, clock.clone()).await.expect("connect");
        stoa::migrate::up(&db).await.expect("migrate");
        let secret = SecretString::from("a-secret-for-tests-with-32-bytes!");
        let ring =
            KeyRing::new("test".to_owned(), BTreeMap::from([("test".to_owned(), secret)])).expect("key ring");
        let hasher = PasswordHasher::new(None).expect("hasher");
        let mut limits = Limits {
            deadline: Duration::from_secs(30),
            idle: Duration::from_secs(7 * 86_400),
            superadmin_idle: Duration::from_secs(12 * 3600),
            absolute: Duration::from_secs(30 * 86_400),
            refresh_grace: Duration::from_secs(30),
            login_floor: Duration::ZERO,
            superadmin_mfa: false,
            verified_entries: 50_000,
            cors_origins: vec!["https://admin.example".to_owned()],
            metrics_networks: Networks::parse(["10.20.0.0/16"]).expect("networks"),
            dashboard: "no-dashboard".into(),
            public_url: "https://stoa.test".to_owned(),
            quota: QuotaLimits::default(),
        };
        change(&mut limits);
        let parts = Parts {
            db,
            access_tokens: AccessTokens::new(&ring, "https://stoa.test", token).expect("tokens"),
            data_keys: DataKeys::new(&ring),
            egress: egress(),
            passwords: PasswordPool::start(hasher, PoolLimits::default()).expect("pool"),
            storage,
            proxies: TrustedProxies::parse(["127.0.0.1"]).expect("proxies"),
            limits,
            mail: MailPlatform::new(MailOptions {
                from: "no-reply@stoa.test".to_owned(),
                from_name: "Stoa".to_owned(),
                trusted,
                name_server: Some(names),
                // As when someone tries the program out: mails are kept and can be read.
                smtp_url: None,
                embedded: true,
            }),
        };
        let (app, router) = App::new(parts, RefreshKeys::new(&ring));
        app.health().started();
        let raw = mongodb::Client::with_uri_str(&uri).await.expect("driver").database(&name);
        Self { app, router, clock, raw, name }
    }

    /// A company with one person of each role.
    pub async fn tenant(&self, slug: &str) -> Tenant {
        Tenant::create(self, slug).await
    }

    /// An operator of the platform.
    pub async fn superadmin(&self) -> Persona {
        let (which, more) = (doc! { "_id": "platform:superadmins" }, doc! { "$inc": { "value": 1_i64 } });
        let counters = self.raw.collection::<Document>("counters");
        counters.update_one(which, more).upsert(true).await.expect("counter");
        Persona::create(self, None, Role::Superadmin, "root").await
    }

    /// A request without credentials.
    pub fn anonymous(&self) -> Ask {
        Ask::new(self.router.clone(), None)
    }

    /// The same for a sibling, whose database is another's to drop.
    pub async fn finish_keeping(self) {
        self.app.aside().settled().await;
        let misses = self.app.db().tripwire().misses();
        assert!(misses.is_empty(), "commands without company: {misses:?}");
    }

    /// Fails when a command on a tenant collection went out without its company, then drops the database.
    pub async fn finish(self) {
        self.app.aside().settled().await;
        let misses = self.app.db().tripwire().misses();
        self.raw.drop().await.expect("drop the database");
        // Most tests use no files.
        std::fs::remove_dir_all(files_of(&self.name)).ok();
        assert!(misses.is_empty(), "commands without company: {misses:?}");
    }
}

/// Where the files of an application on a database lie.
fn files_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("files").join(name)
}

fn file_limits() -> StorageLimits {
    StorageLimits {
        file: 25 << 20,
        client_file: 10 << 20,
        quota: 5 << 30,
        transfers: 32,
        deadline: Duration::from_secs(60),
    }
}
