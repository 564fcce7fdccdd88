//! Which addresses are called: every notation of what must not be, names that resolve to it, redirects, rebinding.

mod address;
mod calls;
mod notations;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use stoa::config::Networks;
use stoa::egress::{Egress, Lookup};

/// Names with their addresses: each look-up of a name gives the next list, and the last one from then on.
#[derive(Default)]
pub struct Zone {
    names: HashMap<String, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Zone {
    pub fn name(mut self, name: &str, answers: &[&[&str]]) -> Self {
        let parse = |list: &&[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect();
        self.names.insert(name.to_owned(), answers.iter().map(parse).collect());
        self
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Lookup for Zone {
    fn addresses<'a>(
        &'a self,
        name: &'a str,
    ) -> futures::future::BoxFuture<'a, std::io::Result<Vec<IpAddr>>> {
        let at = self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let answers = self.names.get(name.trim_end_matches('.'));
            let answers = answers.ok_or_else(|| std::io::Error::other(format!("no such name: {name}")))?;
            Ok(answers[at.min(answers.len() - 1)].clone())
        })
    }
}

/// A way out that admits `allow` besides public addresses, with names of a zone.
pub fn egress(allow: &[&str], zone: &Arc<Zone>) -> Egress {
    let allow = Networks::parse(allow.iter().copied()).unwrap();
    Egress::with_lookup(allow, vec![8443], Duration::from_secs(2), zone.clone()).unwrap()
}

/// One that admits public addresses only.
pub fn strict() -> Egress {
    egress(&[], &Arc::default())
}
