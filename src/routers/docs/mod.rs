//! The API's description: OpenAPI document, Swagger UI, ReDoc and the list of problem codes, all from this server.

mod assets;
mod document;
mod pages;
mod problems;

use crate::web::{AnswerDoc, Doc, Routes};

/// The routes.
pub fn routes() -> Routes {
    let text = |summary| Doc::new(summary).answer(AnswerDoc::Text);
    let json = Doc::new("This document: the API as OpenAPI 3.1.").answer(AnswerDoc::Json).conditional();
    Routes::of("docs")
        .get("/api/openapi.json", "openapi", json, document::show)
        .get("/docs", "swagger", text("Try the API out in Swagger UI (HTML)."), pages::swagger)
        .get("/redoc", "redoc", text("Read about the API in ReDoc (HTML)."), pages::redoc)
        .get(
            "/docs/problems",
            "problems",
            text("Every problem code with its meaning (HTML)."),
            problems::page,
        )
        .get("/docs/assets/{file}", "asset", text("A script or style of these pages."), assets::asset)
}
