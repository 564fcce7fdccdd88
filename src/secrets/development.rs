//! The JWT secret of a program that runs its own database: made once, kept in the data folder, mode 0600.

use secrecy::SecretString;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const FILE: &str = "jwt_secret";

/// The secret of this data folder; the first call makes it.
pub(super) fn jwt_secret(data_dir: &Path) -> io::Result<SecretString> {
    let path = data_dir.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => return Ok(text.trim_end().to_owned().into()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    std::fs::create_dir_all(data_dir)?;
    let secret = hex::encode(rand::random::<[u8; 32]>());
    // A hard link appears whole or not at all, and not over one that another process made meanwhile.
    let part = data_dir.join(format!("{FILE}.{}.part", uuid::Uuid::new_v4().simple()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&part, &path);
    std::fs::remove_file(&part)?;
    match linked {
        Ok(()) => Ok(secret.into()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(std::fs::read_to_string(&path)?.into()),
        Err(error) => Err(error),
    }
}
