//! Keeps the bytes of a mail in pieces, and puts them together again.

use crate::db::{Db, Draft, Filter, Page, Tx};
use crate::errors::{AppError, Result};
use crate::models::InboundChunk;
use crate::permissions::{Permission, Permit, TenantScope};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bson::{doc, oid::ObjectId};

/// Bytes of a piece; in base64 it stays well below what a record may have.
const PIECE: usize = 6 << 20;
/// Most pieces of a mail: more than any that is taken in.
const MAX_PIECES: i64 = 8;

/// Writes the bytes of a mail.
pub(super) async fn write(tx: &mut Tx, scope: &TenantScope, email: ObjectId, raw: &[u8]) -> Result<()> {
    for (n, piece) in (0_i64..).zip(raw.chunks(PIECE)) {
        let draft = Draft::new()
            .set(InboundChunk::email_id(), email)
            .set(InboundChunk::n(), n)
            .set(InboundChunk::data(), BASE64.encode(piece));
        tx.within::<InboundChunk>(scope).insert(draft).await?;
    }
    Ok(())
}

/// The bytes of a mail, for the program itself.
pub(super) async fn read(db: &Db, scope: &TenantScope, email: ObjectId) -> Result<Vec<u8>> {
    join(db.within::<InboundChunk>(scope).page(&of(email), &page()).await?)
}

/// The bytes of a mail, for a person who may see them.
pub(super) async fn read_as<P: Permission<Resource = InboundChunk>>(
    db: &Db,
    permit: &Permit<P>,
    email: ObjectId,
) -> Result<Vec<u8>> {
    join(db.of(permit).page(&of(email), &page()).await?)
}

fn of(email: ObjectId) -> crate::db::Expr {
    Filter::eq(InboundChunk::email_id(), email).into_expr()
}

fn page() -> Page {
    Page { sort: doc! { "n": 1 }, limit: MAX_PIECES, hint: Some("chunk_place".to_owned()), ..Page::default() }
}

fn join(pieces: Vec<bson::RawDocumentBuf>) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    for piece in pieces {
        let text = piece.get_str("data").map_err(AppError::internal)?;
        raw.extend(BASE64.decode(text).map_err(AppError::internal)?);
    }
    Ok(raw)
}
