//! A server on this machine that others call: it answers what the test says and remembers what it heard.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use futures::StreamExt;
use http::HeaderMap;
use serde_json::Value;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How it answers one request.
#[derive(Clone, Debug)]
pub struct Served {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Told,
}

#[derive(Clone, Debug)]
enum Told {
    Text(String),
    Endless,
    Dripping,
    Never,
}

impl Served {
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Told::Text(String::new()) }
    }

    /// 200 with a body that does not end.
    pub fn endless() -> Self {
        Self { body: Told::Endless, ..Self::status(200) }
    }

    /// 200 with a body of which a byte comes now and then.
    pub fn dripping() -> Self {
        Self { body: Told::Dripping, ..Self::status(200) }
    }

    /// No answer at all.
    pub fn never() -> Self {
        Self { body: Told::Never, ..Self::status(200) }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn body(mut self, text: &str) -> Self {
        self.body = Told::Text(text.to_owned());
        self
    }
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Heard {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
}

#[derive(Default)]
struct Memory {
    answers: Mutex<VecDeque<Served>>,
    heard: Mutex<Vec<Heard>>,
}

/// The server. It ends with the test's runtime.
pub struct Receiver {
    address: SocketAddr,
    memory: Arc<Memory>,
}

impl Receiver {
    /// Listens on a free port. It answers 200 unless told otherwise.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let memory = Arc::<Memory>::default();
        let router = Router::new().fallback(answer).with_state(memory.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, memory }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The next answers, one after the other.
    pub fn serve(&self, answers: impl IntoIterator<Item = Served>) {
        *self.memory.answers.lock().unwrap() = answers.into_iter().collect();
    }

    /// How many requests came since they were last taken.
    pub fn count(&self) -> usize {
        self.memory.heard.lock().unwrap().len()
    }

    /// What came since it was last taken.
    pub fn taken(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.memory.heard.lock().unwrap())
    }
}

async fn answer(State(memory): State<Arc<Memory>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 22).await.expect("a body");
    let body = String::from_utf8(bytes.to_vec()).expect("text");
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    memory.heard.lock().unwrap().push(Heard { path, headers: parts.headers, body });
    let served = memory.answers.lock().unwrap().pop_front().unwrap_or_else(|| Served::status(200));
    let mut response = Response::builder().status(served.status);
    for (name, value) in served.headers {
        response = response.header(name, value);
    }
    let body = match served.body {
        Told::Text(text) => Body::from(text),
        Told::Endless => {
            let block = Bytes::from(vec![b'x'; 1 << 16]);
            Body::from_stream(futures::stream::repeat(block).map(Ok::<_, std::io::Error>))
        }
        Told::Dripping => Body::from_stream(futures::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b"x")), ()))
        })),
        Told::Never => std::future::pending().await,
    };
    response.body(body).expect("an answer")
}
