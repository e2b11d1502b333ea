//! The ranges of a group, in chunks that copies share: a copy of a long list is cheap, and an edit of it copies
//! only the chunk that it touches. So those who look at the allowlist as it was a moment ago (the review, the
//! draft) do not make an edit wait.

use super::Range;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Index;
use std::slice;
use std::sync::Arc;

/// How many ranges a chunk is made with. A chunk has at most twice as many: the square root of a very long list,
/// so that the chunks to be counted are about as many as the ranges to be copied.
const CHUNK: usize = 256;

/// The ranges of a group, in the user's order. It is read like a slice.
#[derive(Clone, Default)]
pub struct RangeList {
    /// None is empty.
    chunks: Vec<Chunk>,
}

#[derive(Clone)]
struct Chunk {
    /// The position behind its last range.
    end: usize,
    ranges: Arc<Vec<Range>>,
}

impl RangeList {
    /// A list without ranges.
    pub const fn new() -> Self {
        Self { chunks: Vec::new() }
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |chunk| chunk.end)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The range at a position, if there is one. O(log n).
    #[inline]
    pub fn get(&self, at: usize) -> Option<&Range> {
        let (chunk, at) = self.place(at)?;
        self.chunks[chunk].ranges.get(at)
    }

    /// All, in order.
    #[inline]
    pub fn iter(&self) -> Iter<'_> {
        Iter { front: [].iter(), chunks: self.chunks.iter(), back: [].iter(), left: self.len() }
    }

    /// The chunks, in order. None is empty. While somebody holds one, it stays as it is: an edit copies it. So
    /// what was worked out of it holds as long as the list has the same chunk.
    pub fn chunks(&self) -> impl Iterator<Item = &Arc<Vec<Range>>> {
        self.chunks.iter().map(|chunk| &chunk.ranges)
    }

    /// Puts one at the end.
    pub fn push(&mut self, range: Range) {
        let end = self.len() + 1;
        match self.chunks.last_mut().filter(|chunk| chunk.ranges.len() < CHUNK) {
            Some(chunk) => {
                Arc::make_mut(&mut chunk.ranges).push(range);
                chunk.end = end;
            }
            None => self.chunks.push(Chunk { end, ranges: Arc::new(vec![range]) }),
        }
    }

    /// The range at a position, to be changed.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Range> {
        let (chunk, at) = self.place(at)?;
        Arc::make_mut(&mut self.chunks[chunk].ranges).get_mut(at)
    }

    /// All in order, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Range> {
        self.chunks.iter_mut().flat_map(|chunk| Arc::make_mut(&mut chunk.ranges))
    }

    /// Puts ranges in, each with the position that it will have: ascending, and below the new length.
    pub(super) fn insert(&mut self, new: Vec<(usize, Range)>) {
        let mut new = new.into_iter().peekable();
        let old = std::mem::take(&mut self.chunks);
        self.chunks.reserve_exact(old.len() + 1);
        for chunk in old {
            let start = self.len();
            if new.peek().is_none_or(|(position, _)| *position >= start + chunk.ranges.len()) {
                self.append(chunk.ranges);
                continue;
            }
            let mut all = Vec::with_capacity(chunk.ranges.len() + 1);
            for range in Arc::unwrap_or_clone(chunk.ranges) {
                while let Some((_, range)) = new.next_if(|(position, _)| *position == start + all.len()) {
                    all.push(range);
                }
                all.push(range);
            }
            self.append_split(all);
        }
        for (_, range) in new {
            self.push(range);
        }
    }

    /// Takes ranges out, by ascending positions that are there; each comes with the position that it had.
    pub(super) fn remove(&mut self, positions: &[usize]) -> Vec<(usize, Range)> {
        let mut removed = Vec::with_capacity(positions.len());
        let mut next = positions.iter().copied().peekable();
        let old = std::mem::take(&mut self.chunks);
        self.chunks.reserve_exact(old.len());
        for Chunk { end, ranges } in old {
            if next.peek().is_none_or(|position| *position >= end) {
                self.append(ranges);
                continue;
            }
            let start = end - ranges.len();
            let mut left = Vec::with_capacity(ranges.len());
            for (position, range) in (start..).zip(Arc::unwrap_or_clone(ranges)) {
                if next.next_if_eq(&position).is_some() {
                    removed.push((position, range));
                } else {
                    left.push(range);
                }
            }
            self.append(Arc::new(left));
        }
        removed
    }

    /// The chunk that a position is in, and the position there.
    fn place(&self, at: usize) -> Option<(usize, usize)> {
        let chunk = self.chunks.partition_point(|chunk| chunk.end <= at);
        let found = self.chunks.get(chunk)?;
        Some((chunk, at + found.ranges.len() - found.end))
    }

    fn append(&mut self, ranges: Arc<Vec<Range>>) {
        if !ranges.is_empty() {
            self.chunks.push(Chunk { end: self.len() + ranges.len(), ranges });
        }
    }

    /// Appends ranges as one chunk, or as several where they are too many.
    fn append_split(&mut self, ranges: Vec<Range>) {
        if ranges.len() <= 2 * CHUNK {
            return self.append(Arc::new(ranges));
        }
        let mut rest = ranges.into_iter();
        while rest.len() > 0 {
            self.append(Arc::new(rest.by_ref().take(CHUNK).collect()));
        }
    }
}

/// The ranges of a list, in order.
#[derive(Clone)]
pub struct Iter<'a> {
    front: slice::Iter<'a, Range>,
    chunks: slice::Iter<'a, Chunk>,
    back: slice::Iter<'a, Range>,
    left: usize,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Range;

    #[inline]
    fn next(&mut self) -> Option<&'a Range> {
        loop {
            if let Some(range) = self.front.next() {
                self.left -= 1;
                return Some(range);
            }
            self.front = match self.chunks.next() {
                Some(chunk) => chunk.ranges.iter(),
                None if self.back.len() > 0 => std::mem::take(&mut self.back),
                None => return None,
            };
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    fn fold<B, F: FnMut(B, &'a Range) -> B>(self, start: B, mut step: F) -> B {
        let front = self.front.fold(start, &mut step);
        let chunks = self.chunks.fold(front, |sum, chunk| chunk.ranges.iter().fold(sum, &mut step));
        self.back.fold(chunks, step)
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(range) = self.back.next_back() {
                self.left -= 1;
                return Some(range);
            }
            self.back = match self.chunks.next_back() {
                Some(chunk) => chunk.ranges.iter(),
                None if self.front.len() > 0 => std::mem::take(&mut self.front),
                None => return None,
            };
        }
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a RangeList {
    type Item = &'a Range;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl Index<usize> for RangeList {
    type Output = Range;

    /// # Panics
    /// Where there is none, like a slice.
    fn index(&self, at: usize) -> &Range {
        let (chunk, at) = self.place(at).unwrap_or((self.chunks.len(), at));
        &self.chunks[chunk].ranges[at]
    }
}

impl FromIterator<Range> for RangeList {
    fn from_iter<I: IntoIterator<Item = Range>>(ranges: I) -> Self {
        let mut list = Builder::default();
        ranges.into_iter().for_each(|range| list.push(range));
        list.finish()
    }
}

/// Makes a list of one range after the other.
#[derive(Default)]
pub(super) struct Builder {
    list: RangeList,
    last: Vec<Range>,
}

impl Builder {
    /// Puts one at the end.
    #[inline]
    pub(super) fn push(&mut self, range: Range) {
        if self.last.len() == CHUNK {
            // Behind a full one there are most often as many again.
            let full = std::mem::replace(&mut self.last, Vec::with_capacity(CHUNK));
            self.list.append(Arc::new(full));
        }
        self.last.push(range);
    }

    /// The list.
    pub(super) fn finish(mut self) -> RangeList {
        self.list.append(Arc::new(self.last));
        self.list
    }
}

impl From<Vec<Range>> for RangeList {
    fn from(ranges: Vec<Range>) -> Self {
        ranges.into_iter().collect()
    }
}

impl PartialEq for RangeList {
    /// What is shared is not compared.
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&Chunk, &Chunk)| one.end == other.end;
        if self.chunks.len() == other.chunks.len() && self.chunks.iter().zip(&other.chunks).all(is_same) {
            let same = |(one, other): (&Chunk, &Chunk)| {
                Arc::ptr_eq(&one.ranges, &other.ranges) || one.ranges == other.ranges
            };
            return self.chunks.iter().zip(&other.chunks).all(same);
        }
        self.len() == other.len() && self.iter().eq(other)
    }
}

impl Eq for RangeList {}

impl fmt::Debug for RangeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl Serialize for RangeList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

#[cfg(test)]
mod tests;
