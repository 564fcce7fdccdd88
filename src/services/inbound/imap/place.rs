//! How far a folder was read, as the mailbox keeps it.

use crate::services::mailboxes::Folder;
use bson::{Bson, Document, doc};

/// Looks at a mail before it is set aside.
const TRIES: i64 = 5;
/// Mails that can be set aside; after that the folder is not read on.
const MOST_ASIDE: usize = 100;
/// Names of months as IMAP writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How far a folder was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Number of the numbering by which the others mean anything.
    validity: i64,
    /// All mails up to this one are kept, or were not to be taken.
    pub(super) last: i64,
    /// When it was read first, in milliseconds: what lay there before and was read by others stays theirs.
    since: i64,
    /// The first look came to its end.
    looked: bool,
    /// End of a look at what lay there, at first or when the server numbered anew; none while only new mail is looked for.
    pub(super) until: Option<i64>,
    /// The mail that is being taken, and how often that was begun.
    trying: (i64, i64),
    /// Mails that could not be taken and were passed over; they are tried again, one at each look.
    pub(super) aside: Vec<i64>,
}

impl Place {
    /// As it is stored.
    pub(super) fn of(state: Option<&Document>) -> Self {
        let Some(state) = state else { return Self::default() };
        let number = |name: &str| state.get_i64(name).unwrap_or_default();
        let last = number("last_uid");
        // Without the mark it was stored before there was one: where no mail was taken, the first look may have failed.
        let Some(looked) = state.get_bool("looked").ok().or((last > 0).then_some(true)) else {
            return Self::default();
        };
        let aside = state.get_array("aside").into_iter().flatten().filter_map(Bson::as_i64).collect();
        Self {
            validity: number("uid_validity"),
            last,
            since: number("since"),
            looked,
            until: state.get_i64("until").ok(),
            trying: (number("trying_uid"), number("trying_times")),
            aside,
        }
    }

    /// As it is to be stored.
    pub(super) fn to_document(&self) -> Document {
        doc! {
            "uid_validity": self.validity, "last_uid": self.last, "since": self.since, "looked": self.looked,
            "until": self.until, "trying_uid": self.trying.0, "trying_times": self.trying.1,
            "aside": self.aside.clone(),
        }
    }

    /// The folder was opened. When its numbers mean other mails than before, a look at what lies there begins; those that
    /// are known are known by their bytes.
    pub(super) fn open(&mut self, folder: Folder, now_ms: i64) {
        if folder.validity != self.validity {
            *self = Self {
                validity: folder.validity,
                since: if self.since == 0 { now_ms } else { self.since },
                looked: self.looked,
                until: Some(folder.top),
                ..Self::default()
            };
        }
    }

    /// Which mails are wanted besides by their numbers.
    pub(super) fn criteria(&self) -> String {
        match self.until {
            None => String::new(),
            Some(_) if self.looked => format!(" OR UNSEEN SINCE {}", day(self.since)),
            Some(_) => " UNSEEN".to_owned(),
        }
    }

    /// All up to a number was looked at, during a look at what lay there.
    pub(super) fn reached(&mut self, uid: i64) {
        self.last = self.last.max(uid);
        if self.until.is_some_and(|until| self.last >= until) {
            (self.until, self.looked) = (None, true);
        }
    }

    /// Begins to take a mail. `false` when that failed so often that it was set aside.
    pub(super) fn begin(&mut self, uid: i64) -> bool {
        let times = if self.trying.0 == uid { self.trying.1 } else { 0 };
        if times >= TRIES && self.aside.len() < MOST_ASIDE {
            self.aside.push(uid);
            self.kept(uid);
            return false;
        }
        self.trying = (uid, times + 1);
        true
    }

    /// A mail is kept, set aside or gone.
    pub(super) fn kept(&mut self, uid: i64) {
        self.last = self.last.max(uid);
        self.trying = (0, 0);
    }
}

/// The day before a time, as IMAP writes it: servers compare days of their own zone.
fn day(at_ms: i64) -> String {
    let at = bson::DateTime::from_millis(at_ms - 86_400_000).to_time_0_3();
    let month = MONTHS.get(usize::from(u8::from(at.month())) - 1).copied().unwrap_or("Jan");
    format!("{}-{month}-{}", at.day(), at.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: Folder = Folder { validity: 7, top: 200 };

    #[test]
    fn a_first_look_goes_on_where_it_was_broken_off_and_takes_what_is_unread() {
        let mut place = Place::of(None);
        place.open(FOLDER, 1000);
        place.kept(100);
        let mut place = Place::of(Some(&place.to_document()));
        place.open(Folder { top: 300, ..FOLDER }, 2000);
        assert_eq!((place.last, place.until, place.criteria().as_str()), (100, Some(200), " UNSEEN"));
        place.reached(200);
        let place = Place::of(Some(&place.to_document()));
        assert_eq!((place.last, place.until, place.criteria().as_str()), (200, None, ""));
    }

    #[test]
    fn another_numbering_begins_a_look_at_what_came_since_the_first_one() {
        let day = 86_400_000;
        let mut place = Place::of(None);
        place.open(FOLDER, 10 * day);
        // Numbered anew before the first look was through: it begins again.
        place.open(Folder { validity: 8, top: 5 }, 11 * day);
        assert_eq!((place.last, place.until, place.criteria().as_str()), (0, Some(5), " UNSEEN"));
        place.reached(5);
        place.open(Folder { validity: 9, top: 6 }, 12 * day);
        assert_eq!(place.criteria(), " OR UNSEEN SINCE 10-Jan-1970");
    }

    #[test]
    fn a_mail_that_cannot_be_taken_is_set_aside_and_not_forgotten() {
        let mut place = Place::of(None);
        for _ in 0..TRIES {
            assert!(place.begin(3));
            place = Place::of(Some(&place.to_document()));
        }
        assert!(!place.begin(3));
        assert_eq!((place.last, &*place.aside), (3, &[3_i64][..]));
        assert!(place.begin(4));
    }

    #[test]
    fn what_was_stored_by_the_program_before_this_one_is_understood() {
        let of =
            |last: i64| Place::of(Some(&doc! { "uid_validity": 7_i64, "last_uid": last, "since": 1_i64 }));
        assert_eq!((of(5).last, of(5).criteria().as_str()), (5, ""));
        assert_eq!(of(0), Place::default());
    }
}
