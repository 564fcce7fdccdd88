//! The data folder: its layout, the lock that keeps a second instance out, and the remembered port.

use super::MongodError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

/// A data folder that this process has for itself until the value is dropped.
pub(super) struct Folder {
    path: PathBuf,
    /// Held, not read: closing it gives the folder free, also when this process is killed.
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be and takes it.
    pub(super) fn take(path: &Path) -> Result<Self, MongodError> {
        let fault = |source| MongodError::Folder { folder: path.to_owned(), source };
        std::fs::create_dir_all(path.join("db")).map_err(fault)?;
        // mongod is told the same words however the folder was written, so that it is known again after a crash.
        let path = path.canonicalize().map_err(fault)?;
        let fault = |source| MongodError::Folder { folder: path.clone(), source };
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).to_owned();
        let mut lock = options.open(path.join("stoa.lock")).map_err(fault)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                lock.read_to_string(&mut owner).map_err(fault)?;
                return Err(MongodError::InUse { folder: path, owner: owner.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(fault(error)),
        }
        lock.set_len(0).and_then(|()| lock.rewind()).map_err(fault)?;
        writeln!(lock, "{}", std::process::id()).map_err(fault)?;
        Ok(Self { path, _lock: lock })
    }

    /// Where mongod keeps its files.
    pub(super) fn db(&self) -> PathBuf {
        self.path.join("db")
    }

    /// Log of the running mongod.
    pub(super) fn log(&self) -> PathBuf {
        self.path.join("mongod.log")
    }

    /// Sets the log of the run before aside. Two are kept: they cannot fill the disk.
    pub(super) fn turn_log(&self) -> Result<(), MongodError> {
        match std::fs::rename(self.log(), self.path.join("mongod.log.1")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.fault(error)),
            _ => Ok(()),
        }
    }

    /// The port of the run before when it is free, else a free one. The same port saves a reconfiguration.
    pub(super) fn choose_port(&self) -> Result<u16, MongodError> {
        let remembered =
            std::fs::read_to_string(self.port_file()).ok().and_then(|text| text.trim().parse().ok());
        match remembered {
            Some(port) if port != 0 && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() => Ok(port),
            _ => self.free_port(),
        }
    }

    /// A port on which nothing listens.
    pub(super) fn free_port(&self) -> Result<u16, MongodError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        listener
            .and_then(|listener| listener.local_addr())
            .map(|address| address.port())
            .map_err(|e| self.fault(e))
    }

    /// Remembers the port for the next run.
    pub(super) fn keep_port(&self, port: u16) -> Result<(), MongodError> {
        std::fs::write(self.port_file(), format!("{port}\n")).map_err(|error| self.fault(error))
    }

    fn port_file(&self) -> PathBuf {
        self.path.join("mongod.port")
    }

    fn fault(&self, source: io::Error) -> MongodError {
        MongodError::Folder { folder: self.path.clone(), source }
    }

    /// What the log gives as reasons for an end: the last errors, shortest form.
    pub(super) fn reasons(&self) -> String {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        let mut reasons = String::new();
        let serious = |line: &&str| line.contains(r#""s":"E""#) || line.contains(r#""s":"F""#);
        for line in text.lines().filter(serious).take(3) {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            reasons.push_str(": ");
            reasons.push_str(entry["msg"].as_str().unwrap_or(line));
            if let Some(error) = entry["attr"]["error"].as_str() {
                reasons.push_str(&format!(" ({error})"));
            }
        }
        reasons
    }
}
