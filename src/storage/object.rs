//! Objects that are there: looked at, read, listed, removed.

use super::Storage;
use super::failure::unavailable;
use crate::errors::Result;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumMode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bson::DateTime;
use sha2::{Digest, Sha256};

/// What is known of an object without reading it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Bytes.
    pub size: i64,
    /// Changes with the content.
    pub etag: Option<String>,
    /// SHA-256 in hex, where the server keeps one of the whole object.
    pub sha256: Option<String>,
}

/// An object, or part of it, on its way.
pub struct Content {
    /// The bytes.
    pub body: ByteStream,
    /// Changes with the content.
    pub etag: Option<String>,
}

/// One object of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// When it was written, by the storage's clock.
    pub written_at: DateTime,
}

/// Part of a list.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The objects, in the order of their keys.
    pub objects: Vec<Listed>,
    /// There are more after the last one.
    pub more: bool,
}

impl Storage {
    /// What is known of the object at `key`; none when there is none.
    pub async fn head(&self, key: &str) -> Result<Option<Facts>> {
        let opened = self.opened().await?;
        let head = opened.client.head_object().bucket(&opened.bucket).key(key);
        match head.checksum_mode(ChecksumMode::Enabled).send().await {
            Ok(found) => {
                // That of an object written in parts is one of parts, and says so by a hyphen.
                let sum = found.checksum_sha256().filter(|sum| !sum.contains('-'));
                let sum = sum.and_then(|sum| STANDARD.decode(sum).ok()).map(hex::encode);
                let etag = found.e_tag().map(str::to_owned);
                Ok(Some(Facts { size: found.content_length().unwrap_or(0), etag, sha256: sum }))
            }
            Err(error) if error.as_service_error().is_some_and(|e| e.is_not_found()) => Ok(None),
            Err(error) => Err(unavailable("head", &error)),
        }
    }

    /// The bytes from `first` to `last`, both included, or all; none when there is no such object.
    pub async fn read(&self, key: &str, range: Option<(i64, i64)>) -> Result<Option<Content>> {
        let opened = self.opened().await?;
        let mut get = opened.client.get_object().bucket(&opened.bucket).key(key);
        if let Some((first, last)) = range {
            get = get.range(format!("bytes={first}-{last}"));
        }
        match get.send().await {
            Ok(found) => Ok(Some(Content { etag: found.e_tag().map(str::to_owned), body: found.body })),
            Err(error) if error.as_service_error().is_some_and(is_missing) => Ok(None),
            Err(error) => Err(unavailable("get", &error)),
        }
    }

    /// The first bytes of an object, at most `most`; none when there is no such object.
    pub async fn beginning(&self, key: &str, most: i64) -> Result<Option<Vec<u8>>> {
        let Some(mut content) = self.read(key, Some((0, most - 1))).await? else { return Ok(None) };
        let (mut bytes, most) = (Vec::new(), usize::try_from(most).unwrap_or(0));
        while let Some(chunk) = content.body.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| super::failure::away())?);
            if bytes.len() >= most {
                bytes.truncate(most);
                break;
            }
        }
        Ok(Some(bytes))
    }

    /// SHA-256 of an object in hex, by reading all of it; none when there is no such object.
    pub async fn hash(&self, key: &str) -> Result<Option<String>> {
        let Some(mut content) = self.read(key, None).await? else { return Ok(None) };
        let mut hash = Sha256::new();
        while let Some(chunk) = content.body.next().await {
            hash.update(chunk.map_err(|_| super::failure::away())?);
        }
        Ok(Some(hex::encode(hash.finalize())))
    }

    /// Removes an object; that there is none is as good.
    pub async fn remove(&self, key: &str) -> Result<()> {
        let opened = self.opened().await?;
        match opened.client.delete_object().bucket(&opened.bucket).key(key).send().await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.code(), Some("NoSuchKey" | "NotFound")) => Ok(()),
            Err(error) => Err(unavailable("delete", &error)),
        }
    }

    /// Gives up an object whose parts were being written; that there are none is as good.
    pub async fn abandon(&self, key: &str, multipart: &str) -> Result<()> {
        let opened = self.opened().await?;
        let abort =
            opened.client.abort_multipart_upload().bucket(&opened.bucket).key(key).upload_id(multipart);
        match abort.send().await {
            Ok(_) => Ok(()),
            // What was completed or given up before is unknown; our own server says that it is denied.
            Err(error) if matches!(error.code(), Some("NoSuchUpload" | "AccessDenied")) => Ok(()),
            Err(error) => Err(unavailable("abort_multipart", &error)),
        }
    }

    /// Up to 1000 objects whose keys begin with `prefix` and come after `after`.
    pub async fn list(&self, prefix: &str, after: Option<&str>) -> Result<Listing> {
        let opened = self.opened().await?;
        let list = opened.client.list_objects_v2().bucket(&opened.bucket).prefix(prefix).max_keys(1000);
        let list = list.set_start_after(after.map(str::to_owned)).send().await;
        let list = list.map_err(|error| unavailable("list", &error))?;
        let objects = list.contents().iter().filter_map(|object| {
            let millis = object.last_modified().and_then(|time| time.to_millis().ok()).unwrap_or(i64::MAX);
            Some(Listed { key: object.key()?.to_owned(), written_at: DateTime::from_millis(millis) })
        });
        Ok(Listing { objects: objects.collect(), more: list.is_truncated().unwrap_or(false) })
    }
}

fn is_missing(error: &GetObjectError) -> bool {
    error.is_no_such_key() || error.code() == Some("NotFound")
}
