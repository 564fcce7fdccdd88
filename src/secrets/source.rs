//! Finds the raw text of each secret in its sources, in their order.

use super::aws::{Fetched, Manager};
use super::{JWT_SECRET, MONGO_URI, NAMES, SecretOrigin, SecretsError, development};
use crate::config::{Environment, Settings};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The text of a secret and where it was found.
pub(super) struct Raw {
    pub value: SecretString,
    pub origin: SecretOrigin,
    pub version: Option<String>,
}

/// All that was found, and what Secrets Manager held before the last rotation.
pub(super) struct Found {
    pub current: BTreeMap<&'static str, Raw>,
    pub previous: BTreeMap<String, SecretString>,
}

/// The sources of this process.
pub(super) struct Sources {
    manager: Option<Manager>,
    environment: Environment,
    data_dir: PathBuf,
}

/// Keys of an account at AWS, as the environment or `.env` has them.
pub struct AwsAccount {
    /// Name of the key.
    pub key_id: String,
    /// The key.
    pub secret: SecretString,
    /// Of temporary keys, what proves them.
    pub session_token: Option<SecretString>,
}

impl Sources {
    /// The account that the variables name. Those of `.env` are unknown to the SDK, which reads the process's own.
    pub(super) fn aws_account(&self) -> Option<AwsAccount> {
        let key = |name| self.environment.get(name).map(str::to_owned);
        Some(AwsAccount {
            key_id: key("AWS_ACCESS_KEY_ID")?,
            secret: key("AWS_SECRET_ACCESS_KEY")?.into(),
            session_token: key("AWS_SESSION_TOKEN").map(Into::into),
        })
    }

    pub(super) async fn new(settings: &Settings, environment: &Environment) -> Self {
        Self {
            manager: Manager::new(&settings.secrets, environment).await,
            environment: environment.clone(),
            data_dir: settings.database.data_dir.clone(),
        }
    }

    /// Reads all sources once.
    pub(super) async fn read(&self) -> Result<Found, SecretsError> {
        let fetched = match &self.manager {
            Some(manager) => manager.fetch().await?,
            None => Fetched::default(),
        };
        let mut faults = Vec::new();
        let mut current = BTreeMap::new();
        for name in NAMES.iter().copied() {
            match self.find(name, &fetched) {
                Ok(Some(raw)) => drop(current.insert(name, raw)),
                Ok(None) => {}
                Err(fault) => faults.push(format!("{name}: {fault}")),
            }
        }
        // Only a database of our own may be signed for with a key of our own making.
        let own = self.manager.is_none() && !current.contains_key(MONGO_URI) && faults.is_empty();
        if own && !current.contains_key(JWT_SECRET) {
            match development::jwt_secret(&self.data_dir) {
                Ok(value) => {
                    current.insert(JWT_SECRET, Raw { value, origin: SecretOrigin::Generated, version: None });
                }
                Err(error) => {
                    faults.push(format!("{JWT_SECRET}: no development key in the data folder: {error}"))
                }
            }
        }
        if faults.is_empty() {
            Ok(Found { current, previous: fetched.previous })
        } else {
            Err(SecretsError::Invalid(faults))
        }
    }

    fn find(&self, name: &'static str, fetched: &Fetched) -> Result<Option<Raw>, String> {
        if let Some(value) = fetched.current.get(name) {
            let version = fetched.version.clone();
            return Ok(Some(Raw { value: value.clone(), origin: SecretOrigin::SecretsManager, version }));
        }
        let file = self.environment.get(&format!("{name}_FILE"));
        match (file, self.environment.get(name)) {
            (Some(_), Some(_)) => Err(format!("both {name} and {name}_FILE are set")),
            (Some(path), None) => {
                let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
                // Editors and `echo` end a file with a newline that is no part of the secret.
                let value = text.trim_end_matches(['\r', '\n']).to_owned();
                if value.is_empty() {
                    return Err(format!("{path} is empty"));
                }
                Ok(Some(Raw { value: value.into(), origin: SecretOrigin::File, version: None }))
            }
            (None, Some(value)) => {
                let origin = SecretOrigin::Environment;
                Ok(Some(Raw { value: value.to_owned().into(), origin, version: None }))
            }
            (None, None) => Ok(None),
        }
    }
}
