//! The registry of routes: each with its guard and documentation, known to the router, the tests and OpenAPI alike.

use crate::app::App;
use crate::errors::Code;
use crate::permissions::{Guard, Guarded};
use crate::schema::FieldSpec;
use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use http::Method;

/// What a body carries.
#[derive(Clone, Copy, Debug)]
pub enum BodyDoc {
    /// Nothing.
    None,
    /// A new record of the resource.
    New,
    /// Fields of a record of the resource.
    Changes,
    /// `{ids, data, atomic}`.
    BulkChanges,
    /// `{ids, atomic}`.
    BulkIds,
    /// These fields, as JSON.
    Fields(&'static [FieldSpec]),
    /// These fields, as JSON or form.
    FormOrFields(&'static [FieldSpec]),
    /// `multipart/form-data` with a part `file`.
    Form,
    /// Bytes as they are.
    Bytes,
}

/// What an answer carries.
#[derive(Clone, Copy, Debug)]
pub enum AnswerDoc {
    /// A record of the resource.
    Record,
    /// A record of another resource.
    RecordOf(&'static str),
    /// A new record of the resource (201).
    Created,
    /// A new record of another resource (201).
    CreatedOf(&'static str),
    /// A list of the resource.
    List,
    /// A list of another resource.
    ListOf(&'static str),
    /// Results record by record.
    Bulk,
    /// These fields, while more is done later (202).
    Accepted(&'static [FieldSpec]),
    /// These fields.
    Fields(&'static [FieldSpec]),
    /// Some JSON, told in the summary.
    Json,
    /// Server-sent events.
    Events,
    /// Text or a page.
    Text,
    /// Bytes of any type, or a part of them.
    Bytes,
}

/// Documentation of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// One sentence.
    pub summary: &'static str,
    /// The body.
    pub body: BodyDoc,
    /// The answer.
    pub answer: AnswerDoc,
    /// Query parameters besides those of lists: name and meaning.
    pub query: &'static [FieldSpec],
    /// Codes besides those that every operation of its kind can answer with.
    pub codes: &'static [Code],
    /// Codes of the resource's own rules.
    pub refusals: &'static [Code],
    /// It honours `If-None-Match`, as every reading of one record does.
    pub conditional: bool,
    /// It is refused without `Idempotency-Key`.
    pub keyed: bool,
    /// It tells of the moment and is sent over and over: no answer is kept for an `Idempotency-Key`.
    pub passing: bool,
}

impl Doc {
    /// An operation without body that answers with a record.
    pub const fn new(summary: &'static str) -> Self {
        Self {
            summary,
            body: BodyDoc::None,
            answer: AnswerDoc::Record,
            query: &[],
            codes: &[],
            refusals: &[],
            conditional: false,
            keyed: false,
            passing: false,
        }
    }

    /// Sets the body.
    pub const fn body(mut self, body: BodyDoc) -> Self {
        self.body = body;
        self
    }

    /// Sets the answer.
    pub const fn answer(mut self, answer: AnswerDoc) -> Self {
        self.answer = answer;
        self
    }

    /// Sets the query parameters.
    pub const fn query(mut self, query: &'static [FieldSpec]) -> Self {
        self.query = query;
        self
    }

    /// It honours `If-None-Match`.
    pub const fn conditional(mut self) -> Self {
        self.conditional = true;
        self
    }

    /// It is refused without `Idempotency-Key`.
    pub const fn keyed(mut self) -> Self {
        self.keyed = true;
        self
    }

    /// It tells of the moment and keeps no answers.
    pub const fn passing(mut self) -> Self {
        self.passing = true;
        self
    }

    /// Adds codes of the resource's own rules.
    pub const fn refusals(mut self, refusals: &'static [Code]) -> Self {
        self.refusals = refusals;
        self
    }

    /// Adds codes.
    pub const fn codes(mut self, codes: &'static [Code]) -> Self {
        self.codes = codes;
        self
    }
}

/// One method of one path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Method.
    pub method: Method,
    /// Path with parameters in braces.
    pub path: String,
    /// Resource, which is also the tag in the documentation.
    pub resource: &'static str,
    /// Unique name, such as `tickets_assign`.
    pub id: String,
    /// Who may call it.
    pub guard: Guard,
    /// Documentation.
    pub doc: Doc,
}

/// Routes under construction: the router and the list of what it holds never part.
pub struct Routes {
    resource: &'static str,
    router: Router<App>,
    operations: Vec<Operation>,
}

impl Routes {
    /// No routes yet, for a resource.
    pub fn of(resource: &'static str) -> Self {
        Self { resource, router: Router::new(), operations: Vec::new() }
    }

    /// Adds an operation. The handler's first argument must be `Authorized<P>`, `SignedIn` or `Public`:
    /// ```compile_fail,E0277
    /// use stoa::web::{Doc, Routes};
    /// async fn open() -> &'static str { "anyone" }
    /// let routes = Routes::of("x").on(http::Method::GET, "/api/x", "list", Doc::new("…"), open);
    /// ```
    /// ```no_run
    /// use stoa::{permissions::Public, web::{Doc, Routes}};
    /// async fn open(_: Public) -> &'static str { "anyone" }
    /// let routes = Routes::of("x").on(http::Method::GET, "/api/x", "list", Doc::new("…"), open);
    /// ```
    pub fn on<H, T>(mut self, method: Method, path: &str, name: &str, doc: Doc, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Guarded + 'static,
    {
        if let Ok(filter) = MethodFilter::try_from(method.clone()) {
            self.router = self.router.route(path, on(filter, handler));
        }
        self.operations.push(Operation {
            method,
            path: path.to_owned(),
            resource: self.resource,
            id: format!("{}_{name}", self.resource),
            guard: T::GUARD,
            doc,
        });
        self
    }

    /// GET.
    pub fn get<H: Handler<T, App>, T: Guarded + 'static>(
        self,
        path: &str,
        name: &str,
        doc: Doc,
        handler: H,
    ) -> Self {
        self.on(Method::GET, path, name, doc, handler)
    }

    /// POST.
    pub fn post<H: Handler<T, App>, T: Guarded + 'static>(
        self,
        path: &str,
        name: &str,
        doc: Doc,
        handler: H,
    ) -> Self {
        self.on(Method::POST, path, name, doc, handler)
    }

    /// PUT and PATCH: both merge the given fields.
    pub fn change<H, T>(self, path: &str, name: &str, doc: Doc, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Guarded + 'static,
    {
        let put = format!("{name}_put");
        self.on(Method::PATCH, path, name, doc, handler.clone()).on(Method::PUT, path, &put, doc, handler)
    }

    /// DELETE.
    pub fn delete<H: Handler<T, App>, T: Guarded + 'static>(
        self,
        path: &str,
        name: &str,
        doc: Doc,
        handler: H,
    ) -> Self {
        self.on(Method::DELETE, path, name, doc, handler)
    }

    /// Takes over the routes of another part.
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.operations.extend(other.operations);
        self
    }

    /// The router and the list of its operations.
    pub fn into_parts(self) -> (Router<App>, Vec<Operation>) {
        (self.router, self.operations)
    }
}
