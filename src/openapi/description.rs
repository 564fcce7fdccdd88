//! The document as it is sent: its bytes and their entity tag, made once a process.

use super::document;
use crate::web::Operation;
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The document of the operations that this program serves.
#[derive(Clone, Debug)]
pub struct Description {
    /// JSON text.
    pub bytes: Bytes,
    /// Entity tag: the begin of the SHA-256 of the bytes.
    pub etag: String,
}

impl Description {
    /// Makes the document of `operations`.
    pub fn of(operations: &[Operation]) -> Self {
        let bytes = Bytes::from(document(operations).to_string());
        let etag = format!("\"{}\"", &hex::encode(Sha256::digest(&bytes))[..16]);
        Self { bytes, etag }
    }
}
