//! A DNS server that knows the TXT records that a test gives it.

use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};

/// Answers until the test ends.
pub struct NameServer {
    pub address: SocketAddr,
    records: Arc<Mutex<HashMap<String, String>>>,
}

impl NameServer {
    pub fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let records = Arc::<Mutex<HashMap<String, String>>>::default();
        let known = Arc::clone(&records);
        std::thread::spawn(move || {
            let mut buffer = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut buffer) {
                let answer = answer(&buffer[..length], &known.lock().unwrap());
                let _ = socket.send_to(&answer, from);
            }
        });
        Self { address, records }
    }

    /// Publishes a TXT record.
    pub fn publish(&self, name: &str, value: &str) {
        self.records.lock().unwrap().insert(name.to_lowercase(), value.to_owned());
    }
}

/// The message of RFC 1035 section 4.1 that answers a question; "no such name" where there is no record.
fn answer(question: &[u8], records: &HashMap<String, String>) -> Vec<u8> {
    let (mut labels, mut at) = (Vec::new(), 12);
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let asked = &question[12..at + 5];
    let record = records.get(&labels.join("."));
    let (code, answers) = if record.is_some() { (0x80, 1) } else { (0x83, 0) };
    let mut message = [&question[..2], &[0x85, code, 0, 1, 0, answers, 0, 0, 0, 0][..], asked].concat();
    if let Some(record) = record {
        let mut data = Vec::new();
        for piece in record.as_bytes().chunks(255) {
            data.push(u8::try_from(piece.len()).unwrap());
            data.extend(piece);
        }
        // The name of the question; TXT; IN; to be remembered for no time.
        message.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0]);
        message.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        message.extend(data);
    }
    message
}
