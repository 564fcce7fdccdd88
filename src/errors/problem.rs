//! Problem documents (RFC 9457) as data: code, sentence, field errors and extra members; no HTTP here.

use super::Code;
use serde_json::{Map, Value, json};
use std::fmt;

/// One invalid field of a body or parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// Path of the field as the client names it, dotted for nested ones.
    pub field: String,
    /// Stable code of this fault.
    pub code: Code,
    /// Why it is refused and what is allowed.
    pub message: String,
}

/// All invalid fields of one request, collected so that they are reported at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Notes a fault of `field`.
    pub fn add(&mut self, field: impl Into<String>, code: Code, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), code, message: message.into() });
    }

    /// A single fault.
    pub fn one(field: impl Into<String>, code: Code, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, code, message);
        errors
    }

    /// Whether nothing was found wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// `Err` when any fault was noted.
    pub fn into_result(self) -> super::Result<()> {
        if self.is_empty() { Ok(()) } else { Err(self.into()) }
    }
}

/// A problem that the client is told.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Machine-readable code; decides the status.
    pub code: Code,
    /// A sentence for people about this case.
    pub detail: String,
    /// Faults by field.
    pub fields: FieldErrors,
    /// Further members of the document, such as `allowed`.
    pub extra: Map<String, Value>,
    /// Seconds after which a retry makes sense (`Retry-After`).
    pub retry_after: Option<u64>,
    /// A type that a standard names for the case; else where our own page explains the code.
    pub standard: Option<&'static str>,
}

impl Problem {
    /// A problem without field errors.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            fields: FieldErrors::default(),
            extra: Map::new(),
            retry_after: None,
            standard: None,
        }
    }

    /// A 422 from collected faults. The code is that of the faults when they agree.
    pub fn fields(fields: FieldErrors) -> Self {
        let first = fields.0.first().map_or(Code::ValidationFailed, |fault| fault.code);
        let agree = fields.0.iter().all(|fault| fault.code == first);
        let detail = match fields.0.as_slice() {
            [one] => format!("{}: {}", one.field, one.message),
            many => format!("{} fields are invalid", many.len()),
        };
        Self { fields, ..Self::new(if agree { first } else { Code::ValidationFailed }, detail) }
    }

    /// Adds a member to the document; those of the standard cannot be replaced.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// Sets `Retry-After`.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Names the type that a standard has for the case.
    pub fn of_type(mut self, uri: &'static str) -> Self {
        self.standard = Some(uri);
        self
    }

    /// The document: RFC 9457 members, and `message`, `errors` and `detail` where other clients look for them.
    pub fn document(&self, instance: &str, request_id: &str) -> Value {
        let mut errors = Map::new();
        if !self.fields.is_empty() {
            errors.insert("root".into(), json!({ "serverError": self.detail }));
        }
        for fault in self.fields.iter() {
            let value = json!({ "message": fault.message, "code": fault.code.as_str() });
            errors.entry(fault.field.clone()).or_insert(value);
        }
        let mut body = json!({
            "type": self.standard.map_or_else(|| format!("/docs/problems#{}", self.code.as_str()), str::to_owned),
            "title": self.code.title(),
            "status": self.code.status().as_u16(),
            "code": self.code.as_str(),
            "detail": self.detail,
            "message": self.detail,
            "instance": instance,
            "request_id": request_id,
        });
        if let Value::Object(members) = &mut body {
            if !errors.is_empty() {
                members.insert("errors".into(), Value::Object(errors));
            }
            for (name, value) in &self.extra {
                members.entry(name.as_str()).or_insert_with(|| value.clone());
            }
        }
        body
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}
