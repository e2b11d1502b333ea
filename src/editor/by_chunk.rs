//! What was worked out of each chunk of ranges, kept, so that after an edit only the chunk that it touched is
//! looked at again.

use crate::allowlist::Range;
use std::collections::HashMap;
use std::sync::Arc;

/// A chunk of a list of ranges.
pub type Chunk = Arc<Vec<Range>>;

/// One `T` for each chunk, in order. `K` is what else it depends on.
#[derive(Debug)]
pub struct ByChunk<K, T>(Vec<Known<K, T>>);

#[derive(Debug)]
struct Known<K, T> {
    /// Held, so that no other chunk can have its address.
    chunk: Chunk,
    key: K,
    value: T,
}

impl<K, T> Default for ByChunk<K, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, T> ByChunk<K, T> {
    /// Makes it that of these chunks. What is known of a chunk and its key stays.
    pub fn renew<'a>(
        &mut self,
        chunks: impl Iterator<Item = (&'a Chunk, K)>,
        make: impl Fn(&'a [Range], &K) -> T,
    ) {
        let new: Vec<(&Chunk, K)> = chunks.collect();
        let same = |(known, (chunk, key)): &(&Known<K, T>, &(&Chunk, K))| {
            Arc::ptr_eq(&known.chunk, chunk) && known.key == *key
        };
        // Most edits touch one chunk: what is before and behind it need not even move.
        let before = self.0.iter().zip(&new).take_while(same).count();
        let most = self.0.len().min(new.len()) - before;
        let behind = self.0.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let tail = self.0.split_off(self.0.len() - behind);
        let mut known: HashMap<*const Vec<Range>, Known<K, T>> =
            self.0.drain(before..).map(|known| (Arc::as_ptr(&known.chunk), known)).collect();
        let count = new.len() - before - behind;
        for (chunk, key) in new.into_iter().skip(before).take(count) {
            let there = known.remove(&Arc::as_ptr(chunk)).filter(|known| known.key == key);
            self.0.push(there.unwrap_or_else(|| {
                let value = make(chunk, &key);
                Known { chunk: Arc::clone(chunk), key, value }
            }));
        }
        self.0.extend(tail);
    }

    /// What is known, in the order of the chunks.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|known| &known.value)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|known| &mut known.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    fn chunk(number: usize) -> Chunk {
        let range = |n: usize| Range::new(format!("11.0.{}.{n}", number % 250).parse().unwrap());
        Arc::new((0..number % 4 + 1).map(range).collect())
    }

    proptest! {
        #[test]
        fn what_is_known_is_what_would_be_made_anew(
            lists in proptest::collection::vec(
                proptest::collection::vec((0usize..12, any::<bool>()), 0..12), 1..6),
        ) {
            let all: Vec<Chunk> = (0..12).map(chunk).collect();
            let mut known: ByChunk<bool, String> = ByChunk::default();
            let words = |ranges: &[Range], key: &bool| format!("{} {} {key}", ranges.len(), ranges[0].cidr);
            for list in lists {
                known.renew(list.iter().map(|(at, key)| (&all[*at], *key)), words);
                let anew: Vec<_> = list.iter().map(|(at, key)| words(&all[*at], key)).collect();
                prop_assert!(known.values().eq(&anew));
            }
        }
    }

    #[test]
    fn only_what_is_new_is_made() {
        let all: Vec<Chunk> = (0..12).map(chunk).collect();
        let made = Cell::new(0);
        let mut known: ByChunk<(), usize> = ByChunk::default();
        let mut renew = |order: &[usize]| {
            known.renew(order.iter().map(|at| (&all[*at], ())), |ranges, ()| {
                made.set(made.get() + 1);
                ranges.len()
            });
            made.take()
        };
        assert_eq!(renew(&[0, 1, 2, 3, 4]), 5);
        assert_eq!(renew(&[0, 1, 2, 3, 4]), 0);
        assert_eq!(renew(&[0, 1, 5, 3, 4]), 1);
        assert_eq!(renew(&[0, 3, 5, 1, 4, 6]), 1);
        assert_eq!(renew(&[6]), 0);
    }
}
