//! A client of the API in the same process.

use anyhow::{Context, bail};
use axum::Router;
use axum::body::Body;
use http::{Method, Request};
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};
use tower::ServiceExt;

/// Requests of one person, or of nobody yet.
#[derive(Clone)]
pub(super) struct Api {
    router: Router,
    token: Option<String>,
    company: Option<String>,
}

impl Api {
    pub fn new(router: Router) -> Self {
        Self { router, token: None, company: None }
    }

    /// The same for an operator who acts in a company.
    pub fn acting_in(&self, company: &str) -> Self {
        Self { company: Some(company.to_owned()), ..self.clone() }
    }

    /// Logs in; `None` when the password is wrong.
    pub async fn log_in(&self, email: &str, password: &str) -> anyhow::Result<Option<Self>> {
        let body = json!({ "grant_type": "password", "username": email, "password": password });
        let (status, answer) = self.send(Method::POST, "/auth/token", Some(&body)).await?;
        match (status, answer["access_token"].as_str()) {
            (200, Some(token)) => Ok(Some(Self { token: Some(token.to_owned()), ..self.clone() })),
            (401, _) => Ok(None),
            _ => bail!("log in as {email}: {status} {answer}"),
        }
    }

    /// Replaces the password; the answer has the credentials to go on with.
    pub async fn change_password(&self, current: &str, new: &str) -> anyhow::Result<Self> {
        let body = json!({ "current_password": current, "new_password": new });
        let answer = self.post("/auth/password/change", body).await?;
        let token = answer["access_token"].as_str().context("a changed password without token")?;
        Ok(Self { token: Some(token.to_owned()), ..self.clone() })
    }

    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.expect(Method::POST, path, Some(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.expect(Method::PATCH, path, Some(&body)).await
    }

    /// Ids of the records of a resource by the value of a field.
    pub async fn ids(&self, resource: &str, field: &str) -> anyhow::Result<Map<String, Value>> {
        let answer = self.expect(Method::GET, &format!("/api/{resource}?per_page=1000"), None).await?;
        let rows = answer["data"].as_array().cloned().unwrap_or_default();
        let pair = |row: &Value| Some((row[field].as_str()?.to_owned(), row["id"].clone()));
        Ok(rows.iter().filter_map(pair).collect())
    }

    /// Creates the records whose `field` is not taken yet, and gives the ids of all.
    pub async fn ensure(
        &self,
        resource: &str,
        field: &str,
        records: Vec<Value>,
    ) -> anyhow::Result<Map<String, Value>> {
        let mut ids = self.ids(resource, field).await?;
        for record in records {
            let name = record[field].as_str().unwrap_or_default().to_owned();
            if !ids.contains_key(&name) {
                let made = self.post(&format!("/api/{resource}"), record).await?;
                ids.insert(name, made["id"].clone());
            }
        }
        Ok(ids)
    }

    async fn expect(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let (status, answer) = self.send(method.clone(), path, body).await?;
        if !(200..300).contains(&status) {
            bail!("{method} {path}: {status} {answer}");
        }
        Ok(answer)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<(u16, Value)> {
        let mut request =
            Request::builder().method(method).uri(path).header("content-type", "application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(company) = &self.company {
            request = request.header("x-company-id", company).header("x-act-reason", "Demo data");
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        let response = self.router.clone().oneshot(request.body(Body::from(text))?).await?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }
}
