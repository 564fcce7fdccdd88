//! The program under measurement, as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(uri: &str, database: &str) -> Self {
        let address = free_address();
        let folder = std::env::temp_dir().join(database);
        std::fs::create_dir_all(&folder).expect("folder");
        let child = Command::new(env!("CARGO_BIN_EXE_stoa"))
            .arg("serve")
            .current_dir(&folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("MONGO_URI", uri)
            .env("JWT_SECRET", stoa::auth::random::base62(48))
            .env("STOA_DATABASE__NAME", database)
            .env("STOA_SERVER__BIND", address.to_string())
            .env("STOA_SERVER__TRUSTED_PROXIES", "127.0.0.1")
            .env("STOA_LOG__FILTER", "warn")
            // What the program takes is measured, not what it grants.
            .env("STOA_LIMITS__COMPANY_PER_MINUTE", "0")
            .env("STOA_LIMITS__USER_PER_MINUTE", "0")
            .env("STOA_LIMITS__ADDRESS_PER_MINUTE", "0")
            .env("STOA_LIMITS__IN_FLIGHT", "0")
            .env("STOA_LIMITS__POOL_WAIT_MS", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("start the program");
        let mut server = Self { child, address };
        let output = server.child.stdout.take().expect("output");
        let ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line == "Stoa is ready");
        assert!(ready, "the program ended");
        server
    }

    pub fn resident_mb(&self) -> f64 {
        self.status("VmRSS:")
    }

    pub fn peak_mb(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("status");
        let line = text.lines().find(|line| line.starts_with(name)).expect("line");
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).expect("number") / 1024.0
    }

    pub async fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().expect("stop the program");
        tokio::task::spawn_blocking(move || self.child.wait()).await.expect("wait").expect("status");
    }
}

fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("port");
    listener.local_addr().expect("address")
}
