//! Merges the sources into settings and finds all faults in one pass.

use super::{Environment, Faults, Settings, keys};
use config::{Config, ConfigError, File, FileFormat, Value, ValueKind};
use std::collections::HashMap;
use std::path::Path;

/// Settings, and the variables that secrets are read from next.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The effective settings.
    pub settings: Settings,
    /// The environment with `.env`.
    pub environment: Environment,
}

impl Settings {
    /// Reads `stoa.toml` of the working directory (or `file`, which must then exist), `.env` and the environment.
    ///
    /// # Errors
    /// All faults of all sources.
    pub fn load(file: Option<&Path>) -> Result<Loaded, Faults> {
        let mut faults = Faults::default();
        let environment = Environment::read(Path::new(".env"), &mut faults);
        let path = file.unwrap_or(Path::new("stoa.toml"));
        let text = if file.is_some() || path.exists() {
            std::fs::read_to_string(path)
                .map_err(|error| faults.add(&path.display().to_string(), error))
                .unwrap_or_default()
        } else {
            String::new()
        };
        let settings = Self::merge(&text, &environment, &mut faults);
        faults.into_result(Loaded { settings, environment })
    }

    /// The settings that a file of this text and these variables give.
    ///
    /// # Errors
    /// All faults of both.
    pub fn from_sources(toml: &str, environment: &Environment) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let settings = Self::merge(toml, environment, &mut faults);
        faults.into_result(settings)
    }

    fn merge(toml: &str, environment: &Environment, faults: &mut Faults) -> Self {
        let mut given = Vec::new();
        // Each source by itself, so that a broken file does not hide the faults of variables.
        for source in [read_toml(toml), read_variables(environment)] {
            match source {
                Ok(source) => flatten("", source.cache, &mut given),
                Err(error) => faults.add("settings", error),
            }
        }
        let known: Vec<String> = keys::lines(&Self::default()).into_iter().map(|(key, _)| key).collect();
        let mut builder = Config::builder();
        for (key, value) in given {
            if !known.contains(&key) {
                faults.add(&key, format_args!("no such setting ({})", origin(&value)));
                continue;
            }
            // serde stops at the first fault; one value at a time finds them all.
            if let Err(error) = single(&key, &value) {
                faults.add(&key, format_args!("{error} ({})", origin(&value)));
                continue;
            }
            builder = match builder.clone().set_override(&key, value) {
                Ok(builder) => builder,
                Err(error) => {
                    faults.add(&key, error);
                    builder
                }
            };
        }
        let mut settings: Self = builder.build().and_then(Config::try_deserialize).unwrap_or_else(|error| {
            faults.add("settings", error);
            Self::default()
        });
        if settings.mongod.path.is_none() {
            settings.mongod.path = environment.get("MONGOD").map(Into::into);
        }
        settings.check(faults);
        settings
    }
}

fn read_toml(text: &str) -> Result<Config, ConfigError> {
    Config::builder().add_source(File::from_str(text, FileFormat::Toml)).build()
}

/// Texts stay texts (no `try_parsing`): `0123456` must not become a number.
fn read_variables(environment: &Environment) -> Result<Config, ConfigError> {
    let ours = environment.iter().filter(|(name, _)| !keys::OF_SCRIPTS.contains(name));
    let variables: HashMap<String, String> =
        ours.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let source = config::Environment::with_prefix(keys::PREFIX.trim_end_matches('_'))
        .prefix_separator("_")
        .separator("__")
        .source(Some(variables));
    Config::builder().add_source(source).build()
}

fn flatten(prefix: &str, value: Value, leaves: &mut Vec<(String, Value)>) {
    match value.kind {
        ValueKind::Table(members) => {
            for (name, member) in members {
                let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
                flatten(&key, member, leaves);
            }
        }
        _ => leaves.push((prefix.to_owned(), value)),
    }
}

fn single(key: &str, value: &Value) -> Result<(), ConfigError> {
    let alone = Config::builder().set_override(key, value.clone())?.build()?;
    alone.try_deserialize::<Settings>().map(drop)
}

fn origin(value: &Value) -> &str {
    value.origin().unwrap_or("the settings file")
}
