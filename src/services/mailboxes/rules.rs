//! The rules that every write of a mailbox obeys.

use super::claim::{claim, normalise, release};
use crate::db::{Draft, Field, Patch};
use crate::engine::{Action, Rules, Writing};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::Mailbox;
use crate::permissions::{MailboxesCreate, MailboxesDelete, MailboxesUpdate};
use crate::services::sessions::require_recent_proof;
use bson::{Bson, Document};

/// Members of a server that decide who gets to see its password.
const PLACE: &[&str] = &["host", "port", "security", "username"];

/// Members of a server that decide which folder is read.
const FOLDER: &[&str] = &["host", "username", "folder"];

impl Rules for Mailbox {
    type Create = MailboxesCreate;
    type Update = MailboxesUpdate;
    type Delete = MailboxesDelete;
    const REFUSALS: &'static [Code] = &[Code::InsufficientUserAuthentication];

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        let address = draft.get(Self::address()).and_then(Bson::as_str).unwrap_or_default().to_owned();
        let aliases = match draft.get(Self::aliases()) {
            Some(given) => normalise(&address, given)?,
            None => Vec::new(),
        };
        draft.put(Self::aliases(), aliases.clone());
        let mailbox = draft.id();
        claim(cx.tx, mailbox, "address", &address).await?;
        for alias in &aliases {
            claim(cx.tx, mailbox, "aliases", alias).await?;
        }
        Ok(())
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        let servers = [Self::smtp(), Self::smtp_password(), Self::imap(), Self::imap_password()];
        if servers.into_iter().any(|field| patch.get(field).is_some()) {
            require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        }
        keep_password_at_home(patch, current.smtp.as_ref(), Self::smtp(), Self::smtp_password())?;
        keep_password_at_home(patch, current.imap.as_ref(), Self::imap(), Self::imap_password())?;
        forget_place(patch, current.imap.as_ref());
        if let Some(given) = patch.get(Self::aliases()) {
            let aliases = normalise(&current.address, given)?;
            patch.put(Self::aliases(), aliases);
        }
        Ok(())
    }

    async fn after_change(
        cx: &mut Writing<'_>,
        action: Action,
        before: Option<&Self>,
        after: &Self,
    ) -> Result<()> {
        let Some(before) = before.filter(|_| action == Action::Update) else { return Ok(()) };
        let gone: Vec<&String> =
            before.aliases.iter().filter(|alias| !after.aliases.contains(alias)).collect();
        if !gone.is_empty() {
            release(cx.tx, after.id, &gone).await?;
        }
        for alias in after.aliases.iter().filter(|alias| !before.aliases.contains(alias)) {
            claim(cx.tx, after.id, "aliases", alias).await?;
        }
        Ok(())
    }
}

/// How far the folder was read means nothing in another one: there, only what is unread is taken at first.
fn forget_place(patch: &mut Patch<Mailbox>, held: Option<&Document>) {
    let Some(new) = patch.get(Mailbox::imap()) else { return };
    let member = |server: Option<&Document>, name: &str| {
        server.and_then(|server| server.get_str(name).ok()).unwrap_or("INBOX").to_owned()
    };
    let new = new.as_document();
    if FOLDER.iter().any(|name| member(held, name) != member(new, name)) {
        patch.put(Mailbox::imap_state(), Bson::Null);
    }
}

/// A stored password is only ever sent to the server that it was given for: whoever names another one, or another
/// protection or user, gives the password again. Otherwise one administrator could read what another one set.
fn keep_password_at_home(
    patch: &mut Patch<Mailbox>,
    held: Option<&Document>,
    server: Field<Mailbox>,
    password: Field<Mailbox>,
) -> Result<()> {
    let Some(new) = patch.get(server) else { return Ok(()) };
    let Some(new) = new.as_document() else {
        patch.put(password, Bson::Null);
        return Ok(());
    };
    let same = |name: &&str| held.and_then(|held| held.get(name)) == new.get(name);
    if held.is_none() || PLACE.iter().all(same) || patch.get(password).is_some() {
        return Ok(());
    }
    let message = "Has to be given again, as the server or its user changes; null for none.";
    Err(FieldErrors::one(password.name(), Code::ValidationFailed, message).into())
}
