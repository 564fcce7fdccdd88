//! A real mail server for tests: aiosmtpd on a free port of this machine, in a process of its own.

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A running server. It ends with the value.
pub struct MailServer {
    child: Child,
    orders: ChildStdin,
    lines: Receiver<Value>,
    pub port: u16,
}

impl MailServer {
    /// Starts a server with these options of tests/support/smtp_server.py.
    pub fn start(options: &[&str]) -> Self {
        let mut child = Command::new(python())
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_server.py"))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("start the mail server: scripts/setup makes its Python");
        let orders = child.stdin.take().expect("stdin");
        let output = BufReader::new(child.stdout.take().expect("stdout"));
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).expect("a line of JSON")).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { child, orders, lines, port: 0 };
        let port = server.next()["port"].as_u64().expect("the port");
        server.port = u16::try_from(port).expect("a port");
        server
    }

    fn next(&self) -> Value {
        self.lines.recv_timeout(Duration::from_secs(20)).expect("the mail server says nothing")
    }

    /// Says how the next mails are answered: `accept`, an SMTP answer such as `451 Later`, or `die`.
    pub fn answer(&mut self, how: &str) {
        writeln!(self.orders, "{how}").expect("tell the mail server");
        assert_eq!(self.next()["told"], how);
    }

    /// The mails since the last call, in order.
    pub fn mails(&mut self) -> Vec<Mail> {
        writeln!(self.orders, "list").expect("tell the mail server");
        let mails = self.next();
        mails["mails"].as_array().expect("mails").iter().cloned().map(Mail).collect()
    }

    /// The one mail since the last call.
    pub fn one(&mut self) -> Mail {
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.remove(0)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A mail as the server got it, read by Python's own parser.
#[derive(Clone, Debug)]
pub struct Mail(pub Value);

impl Mail {
    /// The value of a header, decoded; panics when there is none or more than one.
    pub fn header(&self, name: &str) -> String {
        let all = self.headers(name);
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all[0].clone()
    }

    /// All values of a header.
    pub fn headers(&self, name: &str) -> Vec<String> {
        let named = |pair: &&Value| pair[0].as_str().is_some_and(|found| found.eq_ignore_ascii_case(name));
        let headers = self.0["headers"].as_array().expect("headers");
        headers.iter().filter(named).map(|pair| pair[1].as_str().expect("text").to_owned()).collect()
    }

    /// The plain text.
    pub fn text(&self) -> &str {
        self.0["text"].as_str().expect("a text part")
    }

    /// The HTML.
    pub fn html(&self) -> &str {
        self.0["html"].as_str().expect("an HTML part")
    }

    /// The sender of the envelope.
    pub fn envelope_from(&self) -> &str {
        self.0["mail_from"].as_str().expect("a sender")
    }

    /// The recipients of the envelope.
    pub fn envelope_to(&self) -> Vec<&str> {
        self.0["rcpt_to"].as_array().expect("recipients").iter().filter_map(Value::as_str).collect()
    }
}

/// An authority with a certificate for this machine, in a folder of the test's own.
pub struct Certificates {
    folder: std::path::PathBuf,
}

impl Certificates {
    pub fn make() -> Self {
        let folder = std::env::temp_dir().join(format!("stoa-mail-{}", stoa::auth::random::base62(12)));
        std::fs::create_dir(&folder).expect("a folder");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/make_certificates.py");
        let made = Command::new(python()).arg(script).arg(&folder).status().expect("run Python");
        assert!(made.success(), "no certificates");
        Self { folder }
    }

    /// The authority's certificate in PEM.
    pub fn authority(&self) -> Vec<u8> {
        std::fs::read(self.folder.join("ca.pem")).expect("the authority")
    }

    /// Path of a file.
    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a path").to_owned()
    }
}

impl Drop for Certificates {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn python() -> String {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/.stoa/venv/bin/python").to_owned();
    std::env::var("STOA_TEST_PYTHON").unwrap_or(own)
}
