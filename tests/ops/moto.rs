//! A running moto server (the public AWS emulator) with one secret in Secrets Manager, over the real SDK.

use aws_config::{BehaviorVersion, Region};
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::Credentials;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use stoa::config::{Environment, Settings};

/// Name of the secret that [`Moto::put`] writes.
const SECRET_ID: &str = "stoa/production";

/// The emulator. Its state is in its memory and ends with it.
pub struct Moto {
    child: Child,
    port: u16,
}

impl Moto {
    /// Starts an emulator and waits until it listens.
    pub fn start() -> Self {
        let port = free_port();
        Self { child: spawn(port), port }
    }

    /// Its address.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it: its address refuses connections from now on.
    pub fn stop(&mut self) {
        self.child.kill().ok();
        self.child.wait().unwrap();
    }

    /// Starts it again, empty, at the same address.
    pub fn start_again(&mut self) {
        self.child = spawn(self.port);
    }

    /// Settings and variables of a program that uses the emulator.
    pub fn configuration(&self) -> (Settings, Environment) {
        configuration(self.port)
    }

    /// Writes a version of the secret; the one before becomes the previous one.
    pub async fn put(&self, text: &str) {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .endpoint_url(format!("http://127.0.0.1:{}", self.port))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .load()
            .await;
        let client = Client::new(&config);
        if client.put_secret_value().secret_id(SECRET_ID).secret_string(text).send().await.is_err() {
            client.create_secret().name(SECRET_ID).secret_string(text).send().await.unwrap();
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Settings and variables of a program whose Secrets Manager is at `port` of this machine.
pub fn configuration(port: u16) -> (Settings, Environment) {
    let environment: Environment = [
        ("STOA_SECRETS__AWS_SECRET_ID", SECRET_ID.to_owned()),
        ("STOA_SECRETS__AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
        ("STOA_SECRETS__AWS_REGION", "eu-central-1".to_owned()),
        ("STOA_SECRETS__REFRESH_S", "1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
    ]
    .into_iter()
    .collect();
    (Settings::from_sources("", &environment).unwrap(), environment)
}

/// A port on which nothing listens.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn spawn(port: u16) -> Child {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join(".stoa/venv/bin/moto_server");
    assert!(server.exists(), "{} is missing: run scripts/setup --tests", server.display());
    let mut child = Command::new(server)
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "moto_server ended at once");
        assert!(Instant::now() < deadline, "moto_server does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}
