//! Entity tags: the version of a record and the view under which a role sees it (RFC 9110 section 8.8.3).

use crate::permissions::{Mask, Role};
use sha2::{Digest, Sha256};

/// The tag of a version as `role` sees it. The part after the point differs between views of one version.
pub fn etag(version: i64, mask: Mask, role: Role) -> String {
    let view = match mask {
        Mask::All => "all".to_owned(),
        _ => hex::encode(&Sha256::digest(format!("{mask:?}:{role}"))[..4]),
    };
    format!("\"{version}.{view}\"")
}
