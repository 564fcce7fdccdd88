//! The audit chain: one entry for each change, in the change's transaction, each sealed with the hash before it.

mod verify;

use super::FieldChange;
use crate::db::{Draft, Patch, Tx};
use crate::errors::Result;
use crate::models::{AuditEntry, AuditHead};
use crate::permissions::{Actor, Origin, TenantScope};
use bson::{Bson, Document, doc, oid::ObjectId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub use verify::{Verification, verify};

/// Hash before the first entry.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What is to be recorded.
pub struct Act<'a> {
    /// What was done, such as `tickets.update`.
    pub action: &'a str,
    /// Resource of the record.
    pub resource: &'a str,
    /// The record.
    pub id: Option<ObjectId>,
    /// What changed.
    pub changes: Vec<FieldChange>,
    /// Version after the change.
    pub version: Option<i64>,
}

/// Appends an entry to the chain of the scope's company.
pub async fn append(tx: &mut Tx, scope: &TenantScope, actor: Option<&Actor>, act: Act<'_>) -> Result<()> {
    append_from(tx, scope, actor, actor.map(Actor::origin), act).await
}

/// As [`append`], also for acts of which nobody knows who did them, only where they came from.
pub async fn append_from(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: Option<&Actor>,
    origin: Option<&Origin>,
    act: Act<'_>,
) -> Result<()> {
    let key = scope.key("audit");
    let head = tx.global::<AuditHead>().find_one(AuditHead::key(key.as_str())).await?;
    let (seq, prev) = head.map_or((0, GENESIS.to_owned()), |head| (head.seq, head.hash));
    let acting = actor.and_then(Actor::acting);
    let draft = Draft::new()
        .set(AuditEntry::seq(), seq + 1)
        .set(AuditEntry::action(), act.action)
        .set(AuditEntry::resource(), act.resource)
        .set(AuditEntry::resource_id(), act.id)
        .set(AuditEntry::actor_id(), actor.map(Actor::user_id))
        .set(AuditEntry::actor_name(), actor.map(Actor::name))
        .set(AuditEntry::actor_role(), actor.map(|actor| actor.role().as_str()))
        .set(AuditEntry::api_key_id(), actor.and_then(Actor::key_id))
        .set(AuditEntry::act_as(), acting.is_some())
        .set(
            AuditEntry::reason(),
            acting.map(|acting| acting.reason.as_str()).filter(|reason| !reason.is_empty()),
        )
        .set(AuditEntry::changes(), act.changes.into_iter().map(Bson::from).collect::<Vec<_>>())
        .set(AuditEntry::record_version(), act.version)
        .set(AuditEntry::ip(), origin.and_then(|origin| origin.ip).map(|ip| ip.to_string()))
        .set(AuditEntry::user_agent(), origin.and_then(|origin| origin.user_agent.as_deref()))
        .set(AuditEntry::request_id(), scope.request_id())
        .set(AuditEntry::prev_hash(), prev.as_str());
    let hash = seal(&as_stored(&draft, tx, scope))?;
    let sealed = draft.set(AuditEntry::hash(), hash.as_str());
    tx.within::<AuditEntry>(scope).insert(sealed).await?;
    let patch = Patch::new().set(AuditHead::seq(), seq + 1).set(AuditHead::hash(), hash);
    tx.global::<AuditHead>().update(AuditHead::key(key), patch, true).await?;
    Ok(())
}

/// The entry with all that the writer stamps on it.
fn as_stored(draft: &Draft<AuditEntry>, tx: &Tx, scope: &TenantScope) -> Document {
    let (now, by) = (tx.now(), tx.author());
    let mut document = draft.preview();
    document.extend(doc! {
        "_id": draft.id(), "company_id": scope.company(), "created_at": now, "created_by": by, "updated_at": now,
        "updated_by": by, "version": 1_i64, "deleted_at": null,
    });
    document
}

/// SHA-256 over every field of the stored entry but the hash itself, in the order of their names. It includes the
/// hash of the entry before, which makes the chain.
fn seal(entry: &Document) -> Result<String> {
    let said: BTreeMap<&String, &Bson> = entry.iter().filter(|(name, _)| *name != "hash").collect();
    let said: Document = said.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    Ok(hex::encode(Sha256::digest(bson::serialize_to_vec(&said)?)))
}
