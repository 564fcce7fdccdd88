//! Requests to an application in the same process, and their answers.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tower::ServiceExt;

/// Where every request comes from: a proxy that the application trusts.
const PROXY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4711);

/// A request under construction.
#[derive(Clone)]
pub struct Ask {
    router: Router,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A path with query parameters, encoded.
pub fn url(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

impl Ask {
    pub fn new(router: Router, token: Option<String>) -> Self {
        let headers = token.map(|token| ("authorization".to_owned(), format!("Bearer {token}")));
        Self { router, headers: headers.into_iter().collect() }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Comes from a client at this address.
    pub fn coming_from(self, ip: &str) -> Self {
        self.with("x-forwarded-for", ip)
    }

    /// Reads a list with a filter.
    pub async fn list(self, path: &str, filter: Value) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("filter", &filter.to_string())
            .append_pair("per_page", "100")
            .finish();
        self.get(&format!("{path}?{query}")).await
    }

    /// Sends fields as a form.
    pub async fn form(self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let ask = self.with("content-type", "application/x-www-form-urlencoded");
        ask.raw(Method::POST, path, body.into_bytes()).await
    }

    /// Acts in a company as superadmin.
    pub fn acting_in(self, company: bson::oid::ObjectId) -> Self {
        self.with("x-company-id", company.to_hex()).with("x-act-reason", "test")
    }

    pub async fn get(self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn patch(self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn put(self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends with a JSON body, if any.
    pub async fn send(self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut ask = self;
        let bytes = body.map(|body| body.to_string().into_bytes());
        if bytes.is_some() {
            ask = ask.with("content-type", "application/json");
        }
        ask.raw(method, path, bytes.unwrap_or_default()).await
    }

    /// Sends bytes as they are.
    pub async fn raw(self, method: Method, path: &str, bytes: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(&method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::from(bytes)).expect("request");
        request.extensions_mut().insert(ConnectInfo(PROXY));
        let response = self.router.oneshot(request).await.expect("answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("body").to_bytes().to_vec();
        if parts.status.as_u16() >= 400 {
            super::contract::check(&method, path, &bytes);
        }
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body, after making sure of the status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// Makes sure of status and code of a problem.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        let body = self.expect(status);
        assert_eq!(body["code"], code, "{body}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        body
    }
}
