//! One at a time for each key, such as a company: others stand in line, or are told that it is taken.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::OwnedMutexGuard;

/// Beyond so many keys those that nobody uses are forgotten.
const KEYS: usize = 10_000;

/// Turns by key, first come, first served. A turn ends when its guard is dropped.
pub struct OneEach<K> {
    turns: Mutex<HashMap<K, Weak<tokio::sync::Mutex<()>>>>,
}

impl<K> Default for OneEach<K> {
    fn default() -> Self {
        Self { turns: Mutex::default() }
    }
}

impl<K: Eq + Hash> OneEach<K> {
    /// Waits for the turn of `key`.
    pub async fn wait(&self, key: K) -> OwnedMutexGuard<()> {
        self.of(key).lock_owned().await
    }

    /// The turn of `key`, if nobody has it.
    pub fn try_take(&self, key: K) -> Option<OwnedMutexGuard<()>> {
        self.of(key).try_lock_owned().ok()
    }

    fn of(&self, key: K) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() > KEYS {
            turns.retain(|_, turn| turn.strong_count() > 0);
        }
        if let Some(turn) = turns.get(&key).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::default();
        turns.insert(key, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_do_not_wait_for_each_other() {
        let lines = OneEach::default();
        let held = lines.wait("a").await;
        assert!(lines.try_take("a").is_none());
        assert!(lines.try_take("b").is_some());
        drop(held);
        assert!(lines.try_take("a").is_some());
    }
}
