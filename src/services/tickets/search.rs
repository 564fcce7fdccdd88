//! Word search over tickets and what was written to them, as far as the caller may read.

use crate::db::{Db, Expr, Hits, Page};
use crate::errors::Result;
use crate::models::{Ticket, TicketMessage, Visibility};
use crate::permissions::{Caller, Reach};
use bson::{doc, oid::ObjectId};

/// Most tickets that a search finds: the newest.
const MAX_FOUND: usize = 1000;
/// Most hits that are looked at. They come in no particular order, and to sort them all may take too long.
const MAX_HITS: i64 = 10_000;
/// Most tickets of one person among whose messages is searched, newest first.
const MAX_OWN: i64 = 5000;

/// Tickets that hold all of `words` in subject, description or reference, or in one message.
pub async fn search(db: &Db, caller: &Caller, words: &str) -> Result<Hits> {
    let Some(text) = all_words(words) else { return Ok(Hits::default()) };
    let is_all = |rows: usize, of: i64| i64::try_from(rows).is_ok_and(|rows| rows < of);
    let tickets = caller.view::<Ticket>();
    let mut found = db.of(&tickets).ids(&text, MAX_HITS).await?;
    let mut cut = !is_all(found.len(), MAX_HITS);
    let among = match tickets.rows() {
        Expr::All => Expr::All,
        // Whoever sees few tickets must find them among the messages of a large company.
        _ => {
            let own = own_tickets(db, caller).await?;
            cut |= !is_all(own.len(), MAX_OWN);
            Expr::is_in("ticket_id", own)
        }
    };
    let messages = caller.view::<TicketMessage>();
    let readable: &[Visibility] = match messages.reach() {
        Reach::All => &[Visibility::Public, Visibility::Private],
        _ => &[Visibility::Public],
    };
    // The text index begins with company and visibility, so each search names one visibility.
    for visibility in readable {
        let filter = Expr::eq("visibility", *visibility).and(among.clone()).and(text.clone());
        let page = Page { limit: MAX_HITS, projection: doc! { "ticket_id": 1 }, ..Page::default() };
        let rows = db.of(&messages).page(&filter, &page).await?;
        cut |= !is_all(rows.len(), MAX_HITS);
        found.extend(rows.iter().filter_map(|row| row.get_object_id("ticket_id").ok()));
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.dedup();
    cut |= found.len() > MAX_FOUND;
    found.truncate(MAX_FOUND);
    Ok(Hits { ids: found, cut })
}

async fn own_tickets(db: &Db, caller: &Caller) -> Result<Vec<ObjectId>> {
    let page = Page {
        sort: doc! { "created_at": -1, "_id": -1 },
        limit: MAX_OWN,
        projection: doc! { "_id": 1 },
        ..Page::default()
    };
    let rows = db.of(&caller.view::<Ticket>()).page(&Expr::All, &page).await?;
    Ok(rows.iter().filter_map(|row| row.get_object_id("_id").ok()).collect())
}

/// Each word as a phrase: phrases must all occur, and nothing in them is an operator of the search.
fn all_words(words: &str) -> Option<Expr> {
    let phrases: Vec<String> = words
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).replace(['"', '\\'], " "))
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    (!phrases.is_empty()).then(|| Expr::Text(phrases.join(" ")))
}
