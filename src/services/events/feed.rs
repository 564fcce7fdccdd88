//! One person's stream of events: what was missed, then what happens, until log-in, client or program end.

use super::hub::{Signal, Subscription};
use super::login::Login;
use super::place::Place;
use crate::app::App;
use crate::db::{Expr, Filter, Page};
use crate::engine::render;
use crate::errors::Result;
use crate::models::Notification;
use crate::permissions::{NotificationsRead, Permit};
use bson::{Document, doc};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Most missed notifications that are sent again; with more, the client is told to read the list.
const MAX_MISSED: usize = 1000;
/// Messages that wait for a slow client.
const WAITING: usize = 32;
/// A client that takes no message for this long is let go.
const PATIENCE: Duration = Duration::from_secs(10);
/// The log-in is checked at least this often; also before each message.
const CHECK_EVERY: Duration = Duration::from_secs(20);

/// A message to the client.
#[derive(Debug)]
pub enum Message {
    /// A notification was created, or one more event was added to it.
    Notification {
        /// Created, as opposed to counted on.
        created: bool,
        /// Where to go on after a broken connection.
        place: String,
        /// The notification as the person sees it.
        data: Value,
    },
    /// Something may have been missed: read the list again.
    Resync,
}

/// Opens the stream of the caller. `last` is the place up to which the client has read.
pub async fn open(
    app: &App,
    permit: Permit<NotificationsRead>,
    last: Option<&str>,
) -> Result<mpsc::Receiver<Message>> {
    let login = Login::of(app, permit.actor()).await?;
    // Listening begins before the look back, so that nothing falls between the two.
    let subscription = app.events().subscribe(permit.actor().user_id()).await?;
    let missed = match last {
        Some(text) => missed(app, &permit, text).await?,
        None => Vec::new(),
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    let feed = Feed { app: app.clone(), permit, login, sender };
    tokio::spawn(feed.run(subscription, missed));
    Ok(receiver)
}

/// The unread notifications since a place, or the advice to read the list.
async fn missed(app: &App, permit: &Permit<NotificationsRead>, place: &str) -> Result<Vec<Message>> {
    let Some(place) = Place::decode(place) else { return Ok(vec![Message::Resync]) };
    let unread = Filter::eq(Notification::is_read(), false).into_expr();
    let limit = i64::try_from(MAX_MISSED + 1).unwrap_or(i64::MAX);
    let page = Page { sort: doc! { "updated_at": 1, "_id": 1 }, limit, ..Page::default() };
    let filter: Expr = place.missed().and(unread);
    let rows = app.db().of(permit).page(&filter, &page).await?;
    if rows.len() > MAX_MISSED {
        return Ok(vec![Message::Resync]);
    }
    rows.iter()
        .map(|row| {
            let document = Document::try_from(&**row)?;
            message(permit, &document, document.get_i64("version").is_ok_and(|version| version == 1))
        })
        .collect()
}

fn message(permit: &Permit<NotificationsRead>, document: &Document, created: bool) -> Result<Message> {
    let data = render::<Notification>(document, permit.read_mask())?.body;
    let place = Place::of(document).map(|place| place.encode()).unwrap_or_default();
    Ok(Message::Notification { created, place, data })
}

struct Feed {
    app: App,
    permit: Permit<NotificationsRead>,
    login: Login,
    sender: mpsc::Sender<Message>,
}

impl Feed {
    /// A task of its own, so that a client that goes away never drops a database call in the middle.
    async fn run(self, mut subscription: Subscription, missed: Vec<Message>) {
        for message in missed {
            if !self.send(message).await {
                return;
            }
        }
        let closing = subscription.closing.clone();
        let mut check = tokio::time::interval_at(Instant::now() + CHECK_EVERY, CHECK_EVERY);
        loop {
            let goes_on = tokio::select! {
                () = closing.cancelled() => false,
                () = self.sender.closed() => false,
                _ = check.tick() => self.is_logged_in().await,
                heard = subscription.signals.recv() => self.pass_on(heard).await,
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Sends what concerns the person; `false` ends the stream.
    async fn pass_on(&self, heard: std::result::Result<Signal, RecvError>) -> bool {
        let message = match heard {
            Ok(Signal::Changed(change)) => match change.seen_by(&self.permit) {
                Some(document) => message(&self.permit, document, change.is_creation()),
                None => return true,
            },
            Ok(Signal::Resync) => Ok(Message::Resync),
            // Too far behind: the client connects again and is sent what it missed.
            Err(RecvError::Lagged(_) | RecvError::Closed) => return false,
        };
        match message {
            Ok(message) => self.is_logged_in().await && self.send(message).await,
            Err(_) => false,
        }
    }

    /// Not being able to ask counts as no: the client connects again when the database answers.
    async fn is_logged_in(&self) -> bool {
        self.login.holds(&self.app).await.unwrap_or(false)
    }

    async fn send(&self, message: Message) -> bool {
        self.sender.send_timeout(message, PATIENCE).await.is_ok()
    }
}
