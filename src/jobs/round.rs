//! Whose turn it is: companies with something to do take turns, and none has more than its share at a time.

use super::queue::Company;
use std::collections::{HashMap, VecDeque};

/// The companies that are known to have due jobs, in the order of their turns.
pub(super) struct Round {
    turns: VecDeque<Company>,
    /// Those that have outward jobs only, as far as is known, and may have no further one of these now.
    held: VecDeque<Company>,
    /// Jobs of this process, exactly.
    here: HashMap<Company, usize>,
    /// Jobs of other processes, as last counted.
    elsewhere: HashMap<Company, usize>,
    /// Outward jobs of this process.
    outward: HashMap<Company, usize>,
    most: usize,
    most_outward: usize,
}

impl Round {
    /// No company yet; each may have `most` jobs at a time, and all together `most_outward` outward ones in this process.
    pub(super) fn new(most: usize, most_outward: usize) -> Self {
        Self {
            turns: VecDeque::new(),
            held: VecDeque::new(),
            here: HashMap::new(),
            elsewhere: HashMap::new(),
            outward: HashMap::new(),
            most,
            most_outward,
        }
    }

    /// A company has due jobs. One that was not known to have any comes next: it has waited without a turn.
    pub(super) fn learn(&mut self, company: Company) {
        self.held.retain(|other| *other != company);
        if !self.turns.contains(&company) {
            self.turns.push_front(company);
        }
    }

    /// Whose turn it is, and whether it may have an outward job; it comes last then. None when no company that is known to
    /// have jobs may have another one.
    pub(super) fn next(&mut self) -> Option<(Company, bool)> {
        if let Some(at) = self.held.iter().position(|company| self.may_outward(*company)) {
            self.turns.extend(self.held.remove(at));
        }
        for _ in 0..self.turns.len() {
            let company = self.turns.pop_front()?;
            self.turns.push_back(company);
            if self.of(company) < self.most {
                return Some((company, self.may_outward(company)));
            }
        }
        None
    }

    /// The company has no due job after all.
    pub(super) fn empty(&mut self, company: Company) {
        self.turns.retain(|other| *other != company);
    }

    /// The company has no due job that is not outward: it waits until it may have an outward one.
    pub(super) fn hold(&mut self, company: Company) {
        self.empty(company);
        self.held.push_back(company);
    }

    /// This process took a job.
    pub(super) fn began(&mut self, company: Company, outward: bool) {
        *self.here.entry(company).or_default() += 1;
        if outward {
            *self.outward.entry(company).or_default() += 1;
        }
    }

    /// This process is through with a job.
    pub(super) fn ended(&mut self, company: Company, outward: bool) {
        less(&mut self.here, company);
        if outward {
            less(&mut self.outward, company);
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

    /// Outward jobs of one company take half of its share at most, so that its own servers do not keep it from the rest.
    fn may_outward(&self, company: Company) -> bool {
        let all: usize = self.outward.values().sum();
        let own = self.outward.get(&company).copied().unwrap_or_default();
        all < self.most_outward && own < (self.most / 2).max(1)
    }
}

fn less(jobs: &mut HashMap<Company, usize>, company: Company) {
    if let Some(count) = jobs.get_mut(&company) {
        *count -= 1;
        if *count == 0 {
            jobs.remove(&company);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::oid::ObjectId;

    fn turn(round: &mut Round) -> Option<Company> {
        round.next().map(|(company, _)| company)
    }

    #[test]
    fn companies_take_turns_and_a_new_one_comes_next() {
        let (a, b) = (Some(ObjectId::new()), Some(ObjectId::new()));
        let mut round = Round::new(100, 100);
        round.learn(a);
        round.learn(None);
        round.learn(None);
        assert_eq!([turn(&mut round), turn(&mut round), turn(&mut round)], [Some(None), Some(a), Some(None)]);
        round.learn(b);
        assert_eq!([turn(&mut round), turn(&mut round), turn(&mut round)], [Some(b), Some(a), Some(None)]);
        round.empty(a);
        assert_eq!([turn(&mut round), turn(&mut round)], [Some(b), Some(None)]);
        round.empty(b);
        round.empty(None);
        assert!(round.is_idle() && turn(&mut round).is_none());
    }

    #[test]
    fn a_company_with_its_share_waits_until_one_of_its_jobs_ends() {
        let (a, b) = (Some(ObjectId::new()), Some(ObjectId::new()));
        let mut round = Round::new(2, 100);
        round.learn(a);
        round.began(a, false);
        // One of these two is our own.
        round.counted(HashMap::from([(a, 2), (b, 2)]));
        assert_eq!(turn(&mut round), None);
        round.learn(b);
        assert_eq!(turn(&mut round), None);
        round.ended(a, false);
        assert_eq!([turn(&mut round), turn(&mut round)], [Some(a), Some(a)]);
        round.counted(HashMap::new());
        assert_eq!([turn(&mut round), turn(&mut round)], [Some(b), Some(a)]);
    }

    #[test]
    fn outward_jobs_leave_places_and_those_that_wait_for_one_come_back_in_turn() {
        let (a, b, c) = (Some(ObjectId::new()), Some(ObjectId::new()), Some(ObjectId::new()));
        let mut round = Round::new(4, 3);
        round.learn(a);
        assert_eq!(round.next(), Some((a, true)));
        round.began(a, true);
        round.began(a, true);
        // Half of its share.
        assert_eq!(round.next(), Some((a, false)));
        round.hold(a);
        assert_eq!(round.next(), None);
        round.learn(b);
        assert_eq!(round.next(), Some((b, true)));
        round.began(b, true);
        round.learn(c);
        assert_eq!([round.next(), round.next()], [Some((c, false)), Some((b, false))]);
        round.hold(b);
        round.hold(c);
        assert_eq!(round.next(), None);
        // One place is free: the first that may have it.
        round.ended(a, true);
        assert_eq!(round.next(), Some((a, true)));
        round.began(a, true);
        assert_eq!(round.next(), Some((a, false)));
        round.hold(a);
        round.ended(b, true);
        assert_eq!(round.next(), Some((b, true)));
        // One that has something else to do now does not wait for a place.
        round.began(b, true);
        round.learn(c);
        assert_eq!(round.next(), Some((c, false)));
    }
}
