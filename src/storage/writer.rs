//! A file on its way in: small ones in one request, larger ones in parts, never more than one part in memory.

use super::Storage;
use super::failure::{away, unavailable};
use crate::errors::{AppError, Code, Result};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};

/// Bytes of a part: the least that S3 takes for any but the last.
const PART: usize = 5 << 20;
/// Bytes at the beginning that are kept to tell what the file is.
const BEGINNING: usize = 4096;

/// A file that has come in whole.
#[derive(Clone, Debug)]
pub struct Received {
    /// Bytes.
    pub size: i64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The first bytes.
    pub beginning: Vec<u8>,
    /// Changes with the content.
    pub etag: Option<String>,
}

/// Takes the bytes of one file. It must be ended by [`Writer::finish`], and by [`Writer::abort`] where that or anything before fails.
pub struct Writer {
    storage: Storage,
    key: String,
    content_type: String,
    buffer: BytesMut,
    beginning: Vec<u8>,
    hash: Sha256,
    size: i64,
    multipart: Option<String>,
    parts: Vec<CompletedPart>,
}

impl Writer {
    pub(super) fn new(storage: Storage, key: &str, content_type: &str) -> Self {
        Self {
            storage,
            key: key.to_owned(),
            content_type: content_type.to_owned(),
            buffer: BytesMut::new(),
            beginning: Vec::new(),
            hash: Sha256::new(),
            size: 0,
            multipart: None,
            parts: Vec::new(),
        }
    }

    /// Bytes so far.
    pub fn size(&self) -> i64 {
        self.size
    }

    /// Name under which the storage keeps the parts, once there are any.
    pub fn multipart(&self) -> Option<&str> {
        self.multipart.as_deref()
    }

    /// Takes the next bytes; returns once there is room for more.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        self.hash.update(bytes);
        let wanted = BEGINNING.saturating_sub(self.beginning.len()).min(bytes.len());
        self.beginning.extend_from_slice(&bytes[..wanted]);
        let mut bytes = bytes;
        while !bytes.is_empty() {
            if self.buffer.len() == PART {
                // One allocation for each part: growing by doubling would hold twice as much for a while.
                let part = std::mem::replace(&mut self.buffer, BytesMut::with_capacity(PART)).freeze();
                self.send_part(part).await?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PART - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Ends the file. Where something lies at its key already, that stays and this is refused.
    ///
    /// # Errors
    /// 409 `conflict` when there is such a file.
    pub async fn finish(&mut self) -> Result<Received> {
        let rest = self.buffer.split().freeze();
        let etag = match self.multipart.clone() {
            Some(_) => {
                self.send_part(rest).await?;
                let etag = self.complete().await?;
                self.multipart = None;
                etag
            }
            None => self.put(rest).await?,
        };
        let sha256 = hex::encode(std::mem::take(&mut self.hash).finalize());
        Ok(Received { size: self.size, sha256, beginning: std::mem::take(&mut self.beginning), etag })
    }

    /// Gives the file up; nothing of it stays.
    pub async fn abort(self) {
        let Some(multipart) = &self.multipart else { return };
        // What cannot be given up now is when the record of the file is reaped, which names the parts.
        if let Err(error) = self.storage.abandon(&self.key, multipart).await {
            tracing::warn!(code = error.code().as_str(), "parts of a file were not removed yet");
        }
    }

    async fn put(&self, bytes: Bytes) -> Result<Option<String>> {
        let opened = self.storage.opened().await?;
        let put = opened
            .client
            .put_object()
            .bucket(&opened.bucket)
            .key(&self.key)
            .content_type(&self.content_type)
            .if_none_match("*")
            .body(ByteStream::from(bytes))
            .send()
            .await;
        let put = put.map_err(|error| refused("put", &error))?;
        Ok(put.e_tag().map(str::to_owned))
    }

    async fn send_part(&mut self, bytes: Bytes) -> Result<()> {
        let multipart = match self.multipart.clone() {
            Some(multipart) => multipart,
            None => self.begin().await?,
        };
        let number = i32::try_from(self.parts.len() + 1).map_err(AppError::internal)?;
        let opened = self.storage.opened().await?;
        let part = opened
            .client
            .upload_part()
            .bucket(&opened.bucket)
            .key(&self.key)
            .upload_id(multipart)
            .part_number(number)
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(|error| unavailable("upload_part", &error))?;
        let done = CompletedPart::builder()
            .part_number(number)
            .set_e_tag(part.e_tag().map(str::to_owned))
            .set_checksum_crc32(part.checksum_crc32().map(str::to_owned))
            .set_checksum_crc64_nvme(part.checksum_crc64_nvme().map(str::to_owned));
        self.parts.push(done.build());
        Ok(())
    }

    async fn begin(&mut self) -> Result<String> {
        let opened = self.storage.opened().await?;
        let begun = opened
            .client
            .create_multipart_upload()
            .bucket(&opened.bucket)
            .key(&self.key)
            .content_type(&self.content_type)
            .send()
            .await
            .map_err(|error| unavailable("create_multipart", &error))?;
        let multipart = begun.upload_id().ok_or_else(away)?.to_owned();
        self.multipart = Some(multipart.clone());
        Ok(multipart)
    }

    async fn complete(&mut self) -> Result<Option<String>> {
        let parts = CompletedMultipartUpload::builder().set_parts(Some(std::mem::take(&mut self.parts)));
        let opened = self.storage.opened().await?;
        let complete = opened
            .client
            .complete_multipart_upload()
            .bucket(&opened.bucket)
            .key(&self.key)
            .set_upload_id(self.multipart.clone())
            .multipart_upload(parts.build())
            .if_none_match("*")
            .send()
            .await;
        let done = complete.map_err(|error| refused("complete_multipart", &error))?;
        Ok(done.e_tag().map(str::to_owned))
    }
}

/// That something is there already is the client's doing; all else is the storage's.
fn refused<E>(what: &'static str, error: &SdkError<E>) -> AppError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    match error.code() {
        Some("PreconditionFailed" | "ConditionalRequestConflict") => {
            AppError::problem(Code::Conflict, "The file was sent already.")
        }
        _ => unavailable(what, error),
    }
}
