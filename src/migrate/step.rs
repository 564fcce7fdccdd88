//! What a step of the database is. Steps name collections and fields as raw text: models change under them.

use bson::Document;
use sha2::{Digest, Sha256};

/// Where a step stands in a change that must not disturb the release before (expand and contract).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Adds what the new code needs; old code goes on.
    Expand,
    /// Fills what was added.
    Backfill,
    /// Removes what only old code needed.
    Contract,
}

impl Phase {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expand => "expand",
            Self::Backfill => "backfill",
            Self::Contract => "contract",
        }
    }
}

/// One step. It is never edited after a release: its content hash is recorded with it.
#[derive(Clone, Copy)]
pub struct Step {
    /// Name, `mYYYYMMDD_NN_what`; also the order.
    pub id: &'static str,
    /// Text of the file that declares it.
    pub source: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Where it stands in an expand and contract change.
    pub phase: Phase,
    /// What it does.
    pub work: Work,
    /// How it is undone.
    pub down: Down,
    /// The oldest step that a program must know to run on the database after this one; without it, this one itself.
    pub compatible_from: Option<&'static str>,
}

impl Step {
    /// The step under the name and with the text of its file.
    pub const fn named(mut self, id: &'static str, source: &'static str) -> Self {
        self.id = id;
        self.source = source;
        self
    }

    /// Hash of the file, whatever its line ends.
    pub fn checksum(&self) -> String {
        hex::encode(Sha256::digest(self.source.replace('\r', "")))
    }
}

/// What a step does. All of it may be repeated.
#[derive(Clone, Copy)]
pub enum Work {
    /// Changes of collections, validators and indexes; outside transactions.
    Schema(fn() -> Vec<Change>),
    /// Changes of documents, in batches that remember how far they came.
    Backfill(Backfill),
}

/// A change of the schema.
#[derive(Clone, Debug)]
pub enum Change {
    /// A collection with its validator and indexes; what is there already stays.
    Collection {
        /// Name.
        name: &'static str,
        /// Validator; none lets every document in.
        validator: Option<Document>,
        /// Indexes as the command `createIndexes` takes them.
        indexes: Vec<Document>,
    },
    /// Further indexes.
    Indexes {
        /// Collection.
        collection: &'static str,
        /// As the command `createIndexes` takes them.
        indexes: Vec<Document>,
    },
    /// Another validator; an empty one lets every document in.
    Validator {
        /// Collection.
        collection: &'static str,
        /// Validator.
        validator: Document,
    },
    /// Drops indexes.
    DropIndexes {
        /// Collection.
        collection: &'static str,
        /// Names.
        names: Vec<&'static str>,
    },
    /// Drops a collection with all that is in it.
    DropCollection {
        /// Name.
        name: &'static str,
    },
}

impl Change {
    /// A collection with a validator, without indexes.
    pub fn collection(name: &'static str, validator: Option<Document>) -> Self {
        Self::Collection { name, validator, indexes: Vec::new() }
    }

    /// The collection with these indexes.
    pub fn with(mut self, more: Vec<Document>) -> Self {
        if let Self::Collection { indexes, .. } | Self::Indexes { indexes, .. } = &mut self {
            indexes.extend(more);
        }
        self
    }
}

/// Changes documents one by one, in the order of `_id`, a thousand in a transaction.
#[derive(Clone, Copy)]
pub struct Backfill {
    /// Collection.
    pub collection: &'static str,
    /// The documents that still need it, so that a repetition finds none.
    pub filter: fn() -> Document,
    /// The update of a document; none leaves it as it is. Called again when a transaction is repeated.
    pub update: fn(&Document) -> Option<Document>,
}

/// How a step is undone.
#[derive(Clone, Copy)]
pub enum Down {
    /// By this.
    Work(Work),
    /// Not at all, for this reason: restore a backup.
    Irreversible(&'static str),
}
