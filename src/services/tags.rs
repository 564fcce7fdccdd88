//! Rules of tags: none goes while a ticket carries it.

use super::usage::refuse_if_used;
use crate::db::Filter;
use crate::engine::{Rules, Writing};
use crate::errors::Result;
use crate::models::{Tag, Ticket};
use crate::permissions::{TagsCreate, TagsDelete, TagsUpdate};

impl Rules for Tag {
    type Create = TagsCreate;
    type Update = TagsUpdate;
    type Delete = TagsDelete;

    async fn before_delete(cx: &mut Writing<'_>, current: &Self) -> Result<()> {
        let scope = cx.caller.scope().clone();
        let tickets = cx.tx.within::<Ticket>(&scope).count(Filter::eq(Ticket::tag_ids(), current.id)).await?;
        refuse_if_used(&[("tickets", tickets)])
    }
}
