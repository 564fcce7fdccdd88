//! Settings: one small struct per concern, read once at start; secrets are not here but in `crate::secrets`.
//!
//! Order, later wins: defaults, `stoa.toml` (or `--config`), `.env`, environment (`STOA_SECTION__KEY`).

mod auth;
mod dashboard;
mod database;
mod egress;
mod environment;
mod faults;
mod jobs;
mod keys;
mod limits;
mod load;
mod log;
mod mail;
mod networks;
mod secrets;
mod server;
mod storage;
mod value;

pub use auth::AuthSettings;
pub use dashboard::DashboardSettings;
pub use database::{DatabaseSettings, MongodSettings};
pub use egress::EgressSettings;
pub use environment::Environment;
pub use faults::Faults;
pub use jobs::JobsSettings;
pub use keys::variables;
pub use limits::LimitsSettings;
pub use load::Loaded;
pub use log::{LogFormat, LogSettings};
pub use mail::MailSettings;
pub use networks::Networks;
pub use secrets::SecretsSettings;
pub use server::ServerSettings;
pub use storage::StorageSettings;

use serde::{Deserialize, Serialize};

/// All settings of the program.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address, deadlines, trusted neighbours.
    pub server: ServerSettings,
    /// The database and the connection pool.
    pub database: DatabaseSettings,
    /// Lifetimes of tokens, cost of passwords.
    pub auth: AuthSettings,
    /// Where the files of the dashboard lie.
    pub dashboard: DashboardSettings,
    /// Which addresses users may make the server connect to.
    pub egress: EgressSettings,
    /// The job queue.
    pub jobs: JobsSettings,
    /// Who the platform's mails come from.
    pub mail: MailSettings,
    /// Where secrets come from.
    pub secrets: SecretsSettings,
    /// How much of the program one caller may take.
    pub limits: LimitsSettings,
    /// Form and amount of the log.
    pub log: LogSettings,
    /// Where files lie and how much of them there may be.
    pub storage: StorageSettings,
    /// The database server that the program runs itself.
    pub mongod: MongodSettings,
}

impl Settings {
    /// Notes everything that is wrong beyond the type of a single value.
    fn check(&self, faults: &mut Faults) {
        self.server.check(faults);
        self.database.check(faults);
        self.auth.check(faults);
        self.dashboard.check(faults);
        self.egress.check(&self.server, faults);
        self.jobs.check(faults);
        self.mail.check(faults);
        self.secrets.check(faults);
        self.limits.check(faults);
        self.log.check(faults);
        self.storage.check(faults);
    }

    /// The effective settings, one `section.key = value` a line. Settings hold no secrets.
    pub fn effective(&self) -> String {
        keys::lines(self).into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }
}
