//! The shared state of the program and the router made of it.

use crate::auth::access_token::AccessTokens;
use crate::auth::client_address::TrustedProxies;
use crate::auth::data_keys::DataKeys;
use crate::auth::password::PasswordPool;
use crate::auth::refresh_token::RefreshKeys;
use crate::config::Networks;
use crate::db::Db;
use crate::egress::Egress;
use crate::health::Health;
use crate::openapi::Description;
use crate::permissions::Role;
use crate::quota::{Quota, QuotaLimits};
use crate::services::events::Hub;
use crate::services::inbound::DeliveryPlaces;
use crate::services::mail::MailPlatform;
use crate::shutdown::Shutdown;
use crate::storage::Storage;
use crate::support::{Aside, Clock, OneEach};
use crate::web::Operation;
use arc_swap::ArcSwap;
use bson::oid::ObjectId;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Limits, addresses and places that requests need to know.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most time of a request.
    pub deadline: Duration,
    /// A session without use ends after this.
    pub idle: Duration,
    /// The same for superadmins.
    pub superadmin_idle: Duration,
    /// A session ends after this whatever its use.
    pub absolute: Duration,
    /// A refresh may be repeated within this.
    pub refresh_grace: Duration,
    /// A log-in takes no less than this.
    pub login_floor: Duration,
    /// Operators of the platform must have a second factor.
    pub superadmin_mfa: bool,
    /// Entries of the audit log that one request checks.
    pub verified_entries: i64,
    /// Origins whose pages may call the API.
    pub cors_origins: Vec<String>,
    /// Who besides this machine may read the metrics.
    pub metrics_networks: Networks,
    /// Folder of the dashboard's files.
    pub dashboard: PathBuf,
    /// Address under which people reach the dashboard, without a trailing slash: links in mails begin with it.
    pub public_url: String,
    /// How much of the program one caller may take.
    pub quota: QuotaLimits,
}

/// What an [`App`] is made of.
pub struct Parts {
    /// Database.
    pub db: Db,
    /// Access tokens.
    pub access_tokens: AccessTokens,
    /// Keys of what is kept sealed.
    pub data_keys: DataKeys,
    /// Password hashing.
    pub passwords: PasswordPool,
    /// Which addresses users may make the server connect to.
    pub egress: Egress,
    /// Files.
    pub storage: Storage,
    /// Who may say where a request comes from.
    pub proxies: TrustedProxies,
    /// Limits.
    pub limits: Limits,
    /// The platform's mail.
    pub mail: MailPlatform,
}

/// What a process does only once at a time for each company, or for the platform.
#[derive(Default)]
pub struct Lines {
    /// Entries about failed log-ins.
    pub failures: OneEach<Option<ObjectId>>,
    /// Hashes of passwords that are set for others.
    pub passwords: OneEach<Option<ObjectId>>,
    /// Checks of the audit log.
    pub verifications: OneEach<Option<ObjectId>>,
    /// Notes about the use of an API key.
    pub key_uses: OneEach<ObjectId>,
    /// Mails that are delivered; not one for each, but few.
    pub deliveries: DeliveryPlaces,
}

struct Inner {
    parts: Parts,
    refresh_keys: ArcSwap<RefreshKeys>,
    operations: Vec<Operation>,
    events: Hub,
    description: OnceLock<Description>,
    health: Health,
    aside: Aside,
    lines: Lines,
    quota: Quota,
}

/// Shared state. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

impl App {
    /// The state and the whole router. Requests are let in once [`Health::started`] was told.
    pub fn new(parts: Parts, refresh_keys: RefreshKeys) -> (Self, axum::Router) {
        let (router, operations) = crate::routers::all().into_parts();
        let refresh_keys = ArcSwap::from_pointee(refresh_keys);
        let inner = Inner {
            events: Hub::new(parts.db.clone()),
            description: OnceLock::new(),
            health: Health::default(),
            aside: Aside::default(),
            lines: Lines::default(),
            quota: Quota::new(parts.limits.quota.clone(), parts.db.clock().clone()),
            parts,
            refresh_keys,
            operations,
        };
        let app = Self { inner: Arc::new(inner) };
        let router = crate::web::wrap(router, &app);
        (app, router)
    }

    /// Ends what runs beside the requests when the program is asked to end.
    pub fn start_background(&self, shutdown: &Shutdown) {
        let (events, end) = (self.inner.events.clone(), shutdown.soft());
        shutdown.spawn(async move {
            end.cancelled().await;
            events.close();
        });
    }

    /// Live events.
    pub fn events(&self) -> &Hub {
        &self.inner.events
    }

    /// Work that answers do not wait for.
    pub fn aside(&self) -> &Aside {
        &self.inner.aside
    }

    /// What is done once at a time for each company.
    pub fn lines(&self) -> &Lines {
        &self.inner.lines
    }

    /// How much is taken.
    pub fn quota(&self) -> &Quota {
        &self.inner.quota
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.parts.db
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        self.inner.parts.db.clock()
    }

    /// Access tokens.
    pub fn access_tokens(&self) -> &AccessTokens {
        &self.inner.parts.access_tokens
    }

    /// Keys of refresh tokens.
    pub fn refresh_keys(&self) -> Arc<RefreshKeys> {
        self.inner.refresh_keys.load_full()
    }

    /// Takes over other keys of refresh tokens.
    pub fn replace_refresh_keys(&self, keys: RefreshKeys) {
        self.inner.refresh_keys.store(Arc::new(keys));
    }

    /// Keys of what is kept sealed.
    pub fn data_keys(&self) -> &DataKeys {
        &self.inner.parts.data_keys
    }

    /// Which addresses users may make the server connect to.
    pub fn egress(&self) -> &Egress {
        &self.inner.parts.egress
    }

    /// Files.
    pub fn storage(&self) -> &Storage {
        &self.inner.parts.storage
    }

    /// The platform's mail.
    pub fn mail(&self) -> &MailPlatform {
        &self.inner.parts.mail
    }

    /// Password hashing.
    pub fn passwords(&self) -> &PasswordPool {
        &self.inner.parts.passwords
    }

    /// Who may say where a request comes from.
    pub fn proxies(&self) -> &TrustedProxies {
        &self.inner.parts.proxies
    }

    /// Limits.
    pub fn limits(&self) -> &Limits {
        &self.inner.parts.limits
    }

    /// Most time of a request.
    pub fn deadline(&self) -> Duration {
        self.inner.parts.limits.deadline
    }

    /// How long a session of the role lives without use.
    pub fn idle_lifetime(&self, role: Role) -> Duration {
        match role {
            Role::Superadmin => self.inner.parts.limits.superadmin_idle,
            _ => self.inner.parts.limits.idle,
        }
    }

    /// Every operation that the router serves.
    pub fn operations(&self) -> &[Operation] {
        &self.inner.operations
    }

    /// The OpenAPI document of these operations.
    pub fn description(&self) -> &Description {
        self.inner.description.get_or_init(|| Description::of(&self.inner.operations))
    }

    /// The condition of the program.
    pub fn health(&self) -> &Health {
        &self.inner.health
    }
}
