//! The program as a process of its own, on a database of its own.

use crate::ops::temp_dir::TempDir;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::spawn_blocking;

/// Longer than anything may take on a busy machine.
pub const LONG: Duration = Duration::from_secs(60);

/// A running program. Killed when dropped.
pub struct Process {
    child: Child,
    lines: Option<BufReader<ChildStdout>>,
    log: Arc<Mutex<Vec<u8>>>,
    pub url: String,
}

/// A program to be started.
pub struct Setup {
    pub folder: TempDir,
    pub name: String,
    variables: Vec<(String, String)>,
    embedded: bool,
}

impl Setup {
    /// On the database of the tests.
    pub fn new() -> Self {
        let name = format!("p_{}", stoa::auth::random::base62(16));
        Self { folder: TempDir::new(), name, variables: Vec::new(), embedded: false }
    }

    /// With a database of its own.
    pub fn embedded() -> Self {
        Self { embedded: true, ..Self::new() }
    }

    /// Sets a variable.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn uri() -> String {
        std::env::var("STOA_TEST_MONGO_URI").expect("STOA_TEST_MONGO_URI")
    }

    /// The database through the plain driver.
    pub async fn raw(&self) -> mongodb::Database {
        mongodb::Client::with_uri_str(Self::uri()).await.unwrap().database(&self.name)
    }

    /// The command with arguments, in a folder of its own and with an environment without surprises.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stoa"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("STOA_SERVER__BIND", "127.0.0.1:0").env("STOA_DATABASE__NAME", &self.name);
        command.env("STOA_SERVER__DRAIN_S", "0");
        if self.embedded {
            let installed = concat!(env!("CARGO_MANIFEST_DIR"), "/.stoa/bin/mongod");
            let chosen = std::env::var_os("MONGOD").filter(|path| !path.is_empty());
            let installed = PathBuf::from(installed);
            if let Some(mongod) = chosen.map(PathBuf::from).or(installed.exists().then_some(installed)) {
                command.env("MONGOD", mongod);
            }
        } else {
            command.env("MONGO_URI", Self::uri()).env("JWT_SECRET", "a-secret-for-tests-with-32-bytes!");
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end: its success and all that it printed.
    pub async fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = self.command(arguments);
        let output = spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    /// Starts serving and waits until it listens.
    pub async fn listen(&self) -> Process {
        let (mut process, line) = self.spawn("serve").await;
        process.url = line.strip_prefix("Stoa listens on ").expect(&line).to_owned();
        process
    }

    /// Starts a worker and waits until it works: the process, and the worker's id.
    pub async fn work(&self) -> (Process, String) {
        let (process, line) = self.spawn("worker").await;
        let id = line.strip_prefix("Stoa works on jobs as ").expect(&line).to_owned();
        (process, id)
    }

    /// Starts a command and waits for its first line.
    async fn spawn(&self, name: &str) -> (Process, String) {
        let mut command = self.command(&[name]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = child.stdout.take().map(BufReader::new);
        let log = collect(child.stderr.take().unwrap());
        let mut process = Process { child, lines, log, url: String::new() };
        let line = process.line().await;
        (process, line)
    }

    /// Starts serving and waits until it is ready.
    pub async fn serve(&self) -> Process {
        let mut process = self.listen().await;
        assert_eq!(process.line().await, "Stoa is ready");
        process
    }

    /// Drops the database.
    pub async fn end(self) {
        if !self.embedded {
            self.raw().await.drop().await.unwrap();
        }
    }
}

impl Process {
    /// The next line on standard output; empty when it ended.
    pub async fn line(&mut self) -> String {
        let mut lines = self.lines.take().unwrap();
        let read = spawn_blocking(move || {
            let mut line = String::new();
            lines.read_line(&mut line).unwrap();
            (lines, line.trim_end().to_owned())
        });
        let (lines, line) = tokio::time::timeout(LONG, read).await.expect("a line").unwrap();
        self.lines = Some(lines);
        if line.is_empty() {
            panic!("ended: {}", self.log());
        }
        line
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        let kill = Command::new("sh").args(["-c", r#"kill -s "$1" "$2""#, "sh", name, &pid]).status();
        assert!(kill.unwrap().success());
    }

    /// What it logged until now.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&self.log.lock().unwrap()).into_owned()
    }

    /// Waits for the end: how it ended and what it logged.
    pub async fn ended(mut self) -> (ExitStatus, String) {
        let deadline = Instant::now() + LONG;
        loop {
            let status = self.child.try_wait().unwrap();
            // The reader holds the log until the pipe is empty and closed.
            if let Some(status) = status.filter(|_| Arc::strong_count(&self.log) == 1) {
                return (status, self.log());
            }
            assert!(Instant::now() < deadline, "it does not end: {}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Not running any more is just as good.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads a pipe to its end on a thread of its own: a program whose log nobody reads stands still when the pipe is full, and
/// a test whose runtime waits for the end of the pipe never fails.
fn collect(mut pipe: impl Read + Send + 'static) -> Arc<Mutex<Vec<u8>>> {
    let log = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&log);
    std::thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(length @ 1..) = pipe.read(&mut part) {
            sink.lock().unwrap().extend_from_slice(&part[..length]);
        }
    });
    log
}

async fn ask(url: &str) -> reqwest::Result<(u16, serde_json::Value)> {
    let client = reqwest::Client::builder().timeout(LONG).build()?;
    let answer = client.get(url).send().await?;
    let status = answer.status().as_u16();
    Ok((status, answer.json().await.unwrap_or_default()))
}

/// Status and body of a GET.
pub async fn get(url: &str) -> (u16, serde_json::Value) {
    ask(url).await.unwrap()
}

/// Asks until the answer satisfies `wanted`.
pub async fn until(url: &str, wanted: impl Fn(u16, &serde_json::Value) -> bool) {
    let deadline = Instant::now() + LONG;
    loop {
        let last = ask(url).await;
        if last.as_ref().is_ok_and(|(status, body)| wanted(*status, body)) {
            return;
        }
        assert!(Instant::now() < deadline, "{url} does not come to the wanted answer, but to {last:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
