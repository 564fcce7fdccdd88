//! Parameters of a path.

use crate::errors::AppError;
use axum::extract::{FromRequestParts, Path as Inner};
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The parameters of a path. Those that are no text (RFC 3986 section 2.5) name nothing: 404, as an id that does not exist.
/// It stands behind the permission in a handler's arguments, so that who may not call hears the same for every path.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AppError> {
        let Inner(values) =
            Inner::from_request_parts(parts, state).await.map_err(|_| AppError::not_found())?;
        Ok(Self(values))
    }
}
