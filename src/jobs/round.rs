//! Whose turn it is: companies with something to do take turns, and none has more than its share at a time.

use super::queue::Company;
use std::collections::{HashMap, VecDeque};

/// The companies that are known to have due jobs, in the order of their turns.
pub(super) struct Round {
    turns: VecDeque<Company>,
    /// Jobs of this process, exactly.
    here: HashMap<Company, usize>,
    /// Jobs of other processes, as last counted.
    elsewhere: HashMap<Company, usize>,
    most: usize,
}

impl Round {
    /// No company yet; each may have `most` jobs at a time.
    pub(super) fn new(most: usize) -> Self {
        Self { turns: VecDeque::new(), here: HashMap::new(), elsewhere: HashMap::new(), most }
    }

    /// A company has due jobs. One that was not known to have any comes next: it has waited without a turn.
    pub(super) fn learn(&mut self, company: Company) {
        if !self.turns.contains(&company) {
            self.turns.push_front(company);
        }
    }

    /// Whose turn it is; it comes last then. None when no company that is known to have jobs may have another one.
    pub(super) fn next(&mut self) -> Option<Company> {
        for _ in 0..self.turns.len() {
            let company = self.turns.pop_front()?;
            self.turns.push_back(company);
            if self.of(company) < self.most {
                return Some(company);
            }
        }
        None
    }

    /// The company has no due job after all.
    pub(super) fn empty(&mut self, company: Company) {
        self.turns.retain(|other| *other != company);
    }

    /// This process took a job.
    pub(super) fn began(&mut self, company: Company) {
        *self.here.entry(company).or_default() += 1;
    }

    /// This process is through with a job.
    pub(super) fn ended(&mut self, company: Company) {
        if let Some(jobs) = self.here.get_mut(&company) {
            *jobs -= 1;
            if *jobs == 0 {
                self.here.remove(&company);
            }
        }
    }

    /// All jobs that workers have were counted, those of this process among them.
    pub(super) fn counted(&mut self, all: HashMap<Company, usize>) {
        let here = |company: &Company| self.here.get(company).copied().unwrap_or_default();
        self.elsewhere =
            all.into_iter().map(|(company, jobs)| (company, jobs.saturating_sub(here(&company)))).collect();
    }

    /// Whether no company is known to have due jobs.
    pub(super) fn is_idle(&self) -> bool {
        self.turns.is_empty()
    }

    fn of(&self, company: Company) -> usize {
        let jobs = |of: &HashMap<Company, usize>| of.get(&company).copied().unwrap_or_default();
        jobs(&self.here) + jobs(&self.elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::oid::ObjectId;

    #[test]
    fn companies_take_turns_and_a_new_one_comes_next() {
        let (a, b) = (Some(ObjectId::new()), Some(ObjectId::new()));
        let mut round = Round::new(100);
        round.learn(a);
        round.learn(None);
        round.learn(None);
        assert_eq!([round.next(), round.next(), round.next()], [Some(None), Some(a), Some(None)]);
        round.learn(b);
        assert_eq!([round.next(), round.next(), round.next()], [Some(b), Some(a), Some(None)]);
        round.empty(a);
        assert_eq!([round.next(), round.next()], [Some(b), Some(None)]);
        round.empty(b);
        round.empty(None);
        assert!(round.is_idle() && round.next().is_none());
    }

    #[test]
    fn a_company_with_its_share_waits_until_one_of_its_jobs_ends() {
        let (a, b) = (Some(ObjectId::new()), Some(ObjectId::new()));
        let mut round = Round::new(2);
        round.learn(a);
        round.began(a);
        // One of these two is our own.
        round.counted(HashMap::from([(a, 2), (b, 2)]));
        assert_eq!(round.next(), None);
        round.learn(b);
        assert_eq!(round.next(), None);
        round.ended(a);
        assert_eq!([round.next(), round.next()], [Some(a), Some(a)]);
        round.counted(HashMap::new());
        assert_eq!([round.next(), round.next()], [Some(b), Some(a)]);
    }
}
