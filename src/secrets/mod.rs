//! Secrets: where each comes from, what a valid one is, and a live handle that follows rotation.
//!
//! Each name is looked for in AWS Secrets Manager (when configured), then in the file that `<NAME>_FILE` names,
//! then in the variable `<NAME>`. No value is ever printed, logged or given a default.

mod aws;
mod development;
mod error;
mod handle;
mod key_set;
mod set;
mod source;
mod status;

pub use error::SecretsError;
pub use handle::Secrets;
pub use source::AwsAccount;
pub use status::{SecretOrigin, SecretStatus};

/// Names of all secrets, as they are called in Secrets Manager and in the environment.
pub const NAMES: &[&str] = &[
    MONGO_URI,
    JWT_SECRET,
    PASSWORD_PEPPER,
    REFRESH_KEY,
    DATA_KEY,
    OPENAI_API_KEY,
    ANTHROPIC_API_KEY,
    AWS_S3_BUCKET,
    SMTP_URL,
];

const MONGO_URI: &str = "MONGO_URI";
const JWT_SECRET: &str = "JWT_SECRET";
const PASSWORD_PEPPER: &str = "PASSWORD_PEPPER";
const REFRESH_KEY: &str = "REFRESH_KEY";
const DATA_KEY: &str = "DATA_KEY";
const OPENAI_API_KEY: &str = "OPENAI_API_KEY";
const ANTHROPIC_API_KEY: &str = "ANTHROPIC_API_KEY";
const AWS_S3_BUCKET: &str = "AWS_S3_BUCKET";
const SMTP_URL: &str = "SMTP_URL";
