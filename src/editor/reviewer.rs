//! The review beside the event loop: a thread that reviews what it was asked for last.

use super::document::Standing;
use crate::allowlist::{Allowlist, Date, GroupAt};
use crate::policy::PolicyFile;
use crate::review::{Place, Review, Severity, due, review};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

/// What is to be reviewed.
#[derive(Debug)]
pub struct Request {
    /// The revision of the document that it is.
    pub revision: u64,
    /// The allowlist as it was then.
    pub allowlist: Arc<Allowlist>,
    /// The day to judge for (UTC).
    pub today: Date,
    /// The policy's files as they stood on disk.
    pub on_disk: Arc<Vec<PolicyFile>>,
    /// The bytes of the allowlist's file, where it may say the same.
    pub base: Option<Arc<Vec<u8>>>,
    /// Whether it is what was saved or read.
    pub is_saved: bool,
}

/// A review, and of which revision.
#[derive(Debug)]
pub struct Reviewed {
    /// The revision.
    pub revision: u64,
    /// What follows from it.
    pub review: Review,
    pub(super) facts: Facts,
    /// How it stands to the files.
    pub(super) stored: Standing,
}

/// What every frame says of the review, derived once.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The worst finding of each group, its ranges' among them.
    pub marks: HashMap<GroupAt, Severity>,
    /// How many findings there are of each severity.
    pub counts: [usize; 3],
    /// How many addresses are admitted, in words.
    pub admitted: String,
    /// How many ranges are due for review.
    pub due: usize,
}

impl Facts {
    fn of(review: &Review) -> Self {
        let mut facts = Self { admitted: review.admitted.count_words(), ..Self::default() };
        for finding in &review.findings {
            facts.counts[finding.severity() as usize] += 1;
            let group = match finding.place {
                Some(Place::Group(at)) => Some(at),
                _ => None,
            };
            for at in group.into_iter().chain(finding.ranges().map(|at| at.group)) {
                let mark = facts.marks.entry(at).or_insert(finding.severity());
                *mark = finding.severity().min(*mark);
            }
        }
        facts
    }
}

impl Request {
    /// Does it, here and now.
    pub fn review(&self) -> Reviewed {
        let review = review(&self.allowlist, self.today, &self.on_disk);
        let due = due::count(&self.allowlist, self.today);
        let facts = Facts { due, ..Facts::of(&review) };
        let stored = Standing::of(self, &review);
        Reviewed { revision: self.revision, review, facts, stored }
    }
}

/// Starts the thread; `done` gets each review. It ends when nobody can ask any more.
pub fn start(done: impl Fn(Reviewed) + Send + 'static) -> io::Result<Sender<Request>> {
    let (ask, requests) = mpsc::channel();
    let work = move || {
        while let Some(request) = newest(&requests) {
            done(request.review());
        }
    };
    std::thread::Builder::new().name("review".to_owned()).spawn(work)?;
    Ok(ask)
}

/// Waits for a request and takes the last of those that there are: nobody needs the others any more.
fn newest(requests: &Receiver<Request>) -> Option<Request> {
    let first = requests.recv().ok()?;
    Some(requests.try_iter().last().unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_request_wins() {
        let (ask, requests) = mpsc::channel();
        let request = |revision| Request {
            revision,
            allowlist: Arc::default(),
            today: "2026-11-22".parse().unwrap(),
            on_disk: Arc::default(),
            base: None,
            is_saved: true,
        };
        for revision in 1..=3 {
            ask.send(request(revision)).unwrap();
        }
        assert_eq!(newest(&requests).map(|request| request.review().revision), Some(3));
        drop(ask);
        assert!(newest(&requests).is_none());
    }
}
