//! Scripts and styles of the pages: Swagger UI as `utoipa-swagger-ui` carries it, ReDoc as `aide` carries it.

use crate::errors::{AppError, Result};
use crate::permissions::Public;
use crate::web::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header;
use std::sync::{Arc, LazyLock};

const SWAGGER_START: &str = r##"SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayOperationId: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: "none",
});
"##;

const REDOC_START: &str = r##"Redoc.init("/api/openapi.json", {}, document.getElementById("redoc"));
"##;

/// ReDoc shows its maker's mark from a host of theirs; its place is taken by an empty picture, the words stay.
const FOREIGN_PICTURE: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const EMPTY_PICTURE: &str = "data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27/%3E";

/// The bundle, cut out of the page in which `aide` carries it.
static REDOC: LazyLock<Option<Bytes>> = LazyLock::new(|| {
    let page = aide::redoc::Redoc::new("").html();
    let (_, script) = page.split_once("<script>")?;
    let (script, _) = script.rsplit_once("Redoc.init(")?;
    // The source map is not carried along.
    let bundle = script.rsplit_once("//# sourceMappingURL").map_or(script, |(bundle, _)| bundle);
    Some(Bytes::from(bundle.replace(FOREIGN_PICTURE, EMPTY_PICTURE)))
});

/// `GET /docs/assets/{file}`.
pub async fn asset(_: Public, Path(file): Path<String>) -> Result<Response> {
    match file.as_str() {
        "swagger-ui.css" => Ok(answer("text/css; charset=utf-8", swagger(&file)?)),
        "swagger-ui-bundle.js" => Ok(script(swagger(&file)?)),
        "swagger-start.js" => Ok(script(Bytes::from_static(SWAGGER_START.as_bytes()))),
        "redoc.standalone.js" => REDOC
            .clone()
            .map(script)
            .ok_or_else(|| AppError::bug("aide no longer carries ReDoc between <script> and Redoc.init")),
        "redoc-start.js" => Ok(script(Bytes::from_static(REDOC_START.as_bytes()))),
        _ => Err(AppError::not_found()),
    }
}

/// A file of Swagger UI's distribution.
fn swagger(file: &str) -> Result<Bytes> {
    let config = Arc::new(utoipa_swagger_ui::Config::from("/api/openapi.json"));
    let found = utoipa_swagger_ui::serve(file, config).map_err(|error| AppError::bug(error.to_string()))?;
    let found = found.ok_or_else(|| AppError::bug(format!("Swagger UI has no file {file}")))?;
    Ok(Bytes::from(found.bytes.into_owned()))
}

fn script(bytes: Bytes) -> Response {
    answer("text/javascript; charset=utf-8", bytes)
}

/// The files change only with the program, but their addresses stay: browsers ask again after an hour.
fn answer(content_type: &'static str, bytes: Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, bytes).into_response()
}
