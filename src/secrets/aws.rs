//! Reads the current and the previous version of the secret from AWS Secrets Manager.

use super::{NAMES, SecretsError};
use crate::config::{Environment, SecretsSettings};
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::Credentials;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::{GetSecretValueError, GetSecretValueOutput};
use aws_smithy_types::error::display::DisplayErrorContext;
use secrecy::SecretString;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;

/// Labels that AWS gives to the versions of a secret.
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// The known names of a secret's JSON object.
#[derive(Default)]
pub(super) struct Fetched {
    pub current: BTreeMap<String, SecretString>,
    pub previous: BTreeMap<String, SecretString>,
    pub version: Option<String>,
}

/// A configured secret in Secrets Manager.
pub(super) struct Manager {
    client: Client,
    secret_id: String,
}

impl Manager {
    /// `None` when no secret id is configured.
    pub(super) async fn new(settings: &SecretsSettings, environment: &Environment) -> Option<Self> {
        let secret_id = settings.aws_secret_id.clone()?;
        // Callers try again themselves; the SDK's own tries would only multiply theirs.
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(2))
            .operation_timeout(Duration::from_secs(5))
            .build();
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts);
        if let Some(region) = &settings.aws_region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(url) = &settings.aws_endpoint_url {
            loader = loader.endpoint_url(url);
        }
        // Keys from `.env` are unknown to the SDK, which reads the process's environment.
        let key = |name| environment.get(name).map(str::to_owned);
        if let (Some(id), Some(secret)) = (key("AWS_ACCESS_KEY_ID"), key("AWS_SECRET_ACCESS_KEY")) {
            let credentials = Credentials::new(id, secret, key("AWS_SESSION_TOKEN"), None, "environment");
            loader = loader.credentials_provider(credentials);
        }
        Some(Self { client: Client::new(&loader.load().await), secret_id })
    }

    /// Both versions. A secret that was never rotated has no previous one.
    pub(super) async fn fetch(&self) -> Result<Fetched, SecretsError> {
        let current =
            self.version(CURRENT).await.map_err(|error| SecretsError::Unavailable(explain(&error)))?;
        let previous = match self.version(PREVIOUS).await {
            Ok(output) => Some(output),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_not_found_exception()) => {
                None
            }
            Err(error) => return Err(SecretsError::Unavailable(explain(&error))),
        };
        let version = current.version_id().map(str::to_owned);
        let values = members(&current).map_err(|fault| SecretsError::Invalid(vec![fault]))?;
        let older = previous.as_ref().map_or(Ok(BTreeMap::new()), members).unwrap_or_else(|fault| {
            tracing::warn!(fault, "the previous version of the secret is not usable");
            BTreeMap::new()
        });
        Ok(Fetched { current: values, previous: older, version })
    }

    async fn version(&self, stage: &str) -> Result<GetSecretValueOutput, SdkError<GetSecretValueError>> {
        self.client.get_secret_value().secret_id(&self.secret_id).version_stage(stage).send().await
    }
}

/// The members with known names. Others belong to other programs that share the secret.
fn members(output: &GetSecretValueOutput) -> Result<BTreeMap<String, SecretString>, String> {
    // The parser's own message could quote the value.
    let object: Map<String, Value> = output
        .secret_string()
        .and_then(|text| serde_json::from_str(text).ok())
        .ok_or("the secret is not a JSON object in text form")?;
    let mut values = BTreeMap::new();
    for (name, value) in object {
        if !NAMES.contains(&name.as_str()) {
            continue;
        }
        let text = match value {
            Value::String(text) if text.is_empty() => continue,
            Value::String(text) => text,
            // A key set may be written as an object rather than as a text that holds one.
            Value::Object(_) => value.to_string(),
            Value::Null => continue,
            Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(format!("{name} of the secret is not a text"));
            }
        };
        values.insert(name, SecretString::from(text));
    }
    Ok(values)
}

/// The cause without the response, whose body may hold a secret.
fn explain(error: &SdkError<GetSecretValueError>) -> String {
    match error {
        SdkError::ServiceError(failure) => {
            let failure = failure.err();
            format!("{}: {}", failure.code().unwrap_or("error"), failure.message().unwrap_or("no message"))
        }
        SdkError::DispatchFailure(_) | SdkError::ConstructionFailure(_) => {
            format!("cannot be reached: {}", DisplayErrorContext(error))
        }
        SdkError::TimeoutError(_) => "does not answer in time".into(),
        _ => "gave an answer that cannot be understood".into(),
    }
}
