//! Creates and changes connections to Teams: the address is checked and sealed before anything is written.

use super::address;
use crate::app::App;
use crate::engine::{self, WriteRequest};
use crate::errors::Result;
use crate::models::TeamsConnection;
use crate::permissions::{Permit, TeamsConnectionsCreate, TeamsConnectionsUpdate, TenantScope};
use crate::web::Reply;
use serde_json::Value;

/// Adds a connection.
pub async fn create(
    app: &App,
    permit: &Permit<TeamsConnectionsCreate>,
    mut request: WriteRequest,
) -> Result<Reply> {
    seal(app, permit.scope(), &mut request)?;
    engine::create::<TeamsConnection>(app.db(), permit, &request).await
}

/// Changes a connection. Without an address in the body, it keeps the one that it has.
pub async fn update(
    app: &App,
    permit: &Permit<TeamsConnectionsUpdate>,
    id: &str,
    mut request: WriteRequest,
) -> Result<Reply> {
    seal(app, permit.scope(), &mut request)?;
    engine::update::<TeamsConnection>(app.db(), permit, id, &request).await
}

/// Puts the sealed address in the place of the plain one. What is no text is left for the engine to refuse.
fn seal(app: &App, scope: &TenantScope, request: &mut WriteRequest) -> Result<()> {
    if let Some(Value::String(url)) = request.body.get_mut("url").filter(|url| *url != "") {
        *url = address::packed(app, scope, url)?;
    }
    Ok(())
}
