//! Places for requests that run at the same time, so that the program refuses quickly before it becomes slow for all.

use bson::oid::ObjectId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A company may hold this many times the places that are free. One alone gets two thirds of all; each further company
/// that wants many gets as much as the first, and some always stay free for newcomers (dynamic thresholds, Choudhury and
/// Hahne 1998).
const GREED: usize = 2;

#[derive(Default)]
struct Counts {
    all: usize,
    of: HashMap<ObjectId, usize>,
}

/// The places of a process.
#[derive(Clone)]
pub struct Places {
    most: usize,
    gauge: &'static str,
    counts: Arc<Mutex<Counts>>,
}

/// A place that is held; it becomes free when dropped.
pub struct Place {
    places: Places,
    company: Option<ObjectId>,
}

impl Places {
    /// So many places; nought for no limit. `gauge` is the metric that tells how many are taken.
    pub fn new(most: usize, gauge: &'static str) -> Self {
        Self { most, gauge, counts: Arc::default() }
    }

    /// A place for a request, whoever sends it; none when all are taken. Free of cost when there is no limit.
    pub fn take(&self) -> Option<Place> {
        let mut counts = self.lock();
        if self.most > 0 && counts.all >= self.most {
            return None;
        }
        counts.all += 1;
        metrics::gauge!(self.gauge).set(counts.all as f64);
        drop(counts);
        Some(Place { places: self.clone(), company: None })
    }

    /// Notes that a request that has a place is of a company. The outer none says that the company holds its part; the inner
    /// one that there is nothing to count.
    pub fn of_company(&self, company: Option<ObjectId>) -> Option<Option<Place>> {
        let Some(company) = company.filter(|_| self.most > 0) else { return Some(None) };
        let mut counts = self.lock();
        let free = self.most.saturating_sub(counts.all);
        let held = counts.of.entry(company).or_default();
        // Its own place counts among those taken. The very first is always admitted.
        if *held > 0 && *held >= GREED * free {
            return None;
        }
        *held += 1;
        drop(counts);
        Some(Some(Place { places: self.clone(), company: Some(company) }))
    }

    /// Requests that run now.
    pub fn taken(&self) -> usize {
        self.lock().all
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.places.lock();
        match self.company {
            None => {
                counts.all = counts.all.saturating_sub(1);
                metrics::gauge!(self.places.gauge).set(counts.all as f64);
            }
            Some(company) => match counts.of.get_mut(&company) {
                Some(held) if *held > 1 => *held -= 1,
                _ => drop(counts.of.remove(&company)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes places for a company until it is refused.
    fn fill(places: &Places, company: ObjectId) -> Vec<(Place, Option<Place>)> {
        std::iter::from_fn(|| Some((places.take()?, places.of_company(Some(company))?))).collect()
    }

    #[test]
    fn no_company_takes_all_places() {
        let places = Places::new(90, "test");
        let (greedy, second, third) = (ObjectId::new(), ObjectId::new(), ObjectId::new());
        let held = fill(&places, greedy);
        assert!((55..=62).contains(&held.len()), "{}", held.len());
        let others = fill(&places, second);
        assert!((15..=25).contains(&others.len()), "{}", others.len());
        let last = fill(&places, third);
        assert!(!last.is_empty() && places.taken() < 90);
        drop((held, others, last));
        assert_eq!(places.taken(), 0);
        assert!(places.lock().of.is_empty(), "nothing is remembered of who has gone");
    }

    #[test]
    fn places_run_out_and_come_back() {
        let places = Places::new(2, "test");
        let held = (places.take().unwrap(), places.take().unwrap());
        assert!(places.take().is_none());
        drop(held.0);
        assert!(places.take().is_some());
        let unlimited = Places::new(0, "test");
        assert!((0..10_000).map(|_| unlimited.take()).all(|place| place.is_some()));
    }
}
