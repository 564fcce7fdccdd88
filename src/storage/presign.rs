//! Addresses with a signature, by which clients send to the bucket and read from it themselves.

use super::Storage;
use super::failure::unavailable;
use crate::errors::{AppError, Result};
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::time::Duration;

/// What a client may send, exactly: all of it is signed.
#[derive(Clone, Debug)]
pub struct PutTerms<'a> {
    /// Key of the object.
    pub key: &'a str,
    /// Bytes.
    pub size: i64,
    /// Media type.
    pub content_type: &'a str,
    /// SHA-256 in hex.
    pub sha256: &'a str,
}

/// A request that may be sent once or until it expires.
#[derive(Clone, Debug)]
pub struct Presigned {
    /// Address with signature.
    pub url: String,
    /// Headers that must be sent as they are.
    pub headers: Vec<(String, String)>,
}

impl Storage {
    /// An address at which these bytes, and no others, can be put where nothing is yet.
    pub async fn presign_put(&self, terms: &PutTerms<'_>, valid: Duration) -> Result<Presigned> {
        let opened = self.opened().await?;
        let sum = hex::decode(terms.sha256).map_err(AppError::internal)?;
        let put = opened
            .signer
            .put_object()
            .bucket(&opened.bucket)
            .key(terms.key)
            .content_length(terms.size)
            .content_type(terms.content_type)
            .checksum_sha256(STANDARD.encode(sum))
            .if_none_match("*")
            .presigned(within(valid)?)
            .await
            .map_err(|error| unavailable("presign", &error))?;
        Ok(presigned(&put))
    }

    /// An address at which an object can be read, answered with these headers.
    pub async fn presign_get(
        &self,
        key: &str,
        disposition: &str,
        content_type: &str,
        valid: Duration,
    ) -> Result<String> {
        let opened = self.opened().await?;
        let get = opened
            .signer
            .get_object()
            .bucket(&opened.bucket)
            .key(key)
            .response_content_disposition(disposition)
            .response_content_type(content_type)
            .response_cache_control("private, no-store")
            .presigned(within(valid)?)
            .await
            .map_err(|error| unavailable("presign", &error))?;
        Ok(get.uri().to_owned())
    }
}

fn within(valid: Duration) -> Result<PresigningConfig> {
    PresigningConfig::expires_in(valid).map_err(AppError::internal)
}

fn presigned(request: &PresignedRequest) -> Presigned {
    let headers = request.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Presigned { url: request.uri().to_owned(), headers: headers.collect() }
}
