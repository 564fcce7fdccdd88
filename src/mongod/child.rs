//! A child process with a thread that guards it: starts it, waits for it, tells how it ended.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// A running child.
pub(super) struct Child {
    pid: u32,
    ended: watch::Receiver<Option<Ending>>,
}

/// How a child ended.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// The same in words.
    pub text: String,
}

impl Child {
    /// Starts the command in its own process group, so that Ctrl-C in a terminal reaches only us.
    pub(super) async fn spawn(mut command: Command) -> io::Result<Self> {
        let (started, start) = oneshot::channel();
        let (end, ended) = watch::channel(None);
        // A thread of its own: the death signal comes when the *thread* that started the child ends, and the
        // threads of the runtime's blocking pool end when they are idle.
        std::thread::Builder::new().name("mongod-guard".into()).spawn(move || {
            let mut child = match command.process_group(0).spawn() {
                Ok(child) => child,
                Err(error) => return drop(started.send(Err(error))),
            };
            started.send(Ok(child.id())).ok();
            let ending = match child.wait() {
                Ok(status) => Ending { code: status.code(), text: status.to_string() },
                Err(error) => Ending { code: None, text: error.to_string() },
            };
            end.send(Some(ending)).ok();
        })?;
        let pid = start.await.map_err(io::Error::other)??;
        Ok(Self { pid, ended })
    }

    /// Its process id.
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// How it ended, if it did.
    pub(super) fn ending(&self) -> Option<Ending> {
        self.ended.borrow().clone()
    }

    /// Waits until it ends.
    pub(super) async fn ended(&self) -> Ending {
        let mut ended = self.ended.clone();
        let ending = ended.wait_for(Option::is_some).await.ok().and_then(|ending| ending.clone());
        ending.unwrap_or(Ending { code: None, text: "lost".into() })
    }

    /// Asks it to end and waits; after `patience` it is killed. `false` when it had to be.
    pub(super) async fn stop(&self, patience: Duration) -> bool {
        for (name, patience) in [("TERM", patience), ("KILL", Duration::from_secs(5))] {
            if self.ending().is_none() {
                signal(self.pid, name);
            }
            if tokio::time::timeout(patience, self.ended()).await.is_ok() {
                return name == "TERM";
            }
        }
        false
    }
}

/// Sends a signal by name. Through the shell's own `kill`, because the system call needs unsafe code.
pub(super) fn signal(pid: u32, name: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"kill -s "$1" "$2""#, "sh", name, &pid.to_string()]);
    let outcome = shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if let Err(error) = outcome {
        tracing::error!(%error, pid, name, "a signal cannot be sent");
    }
}
