//! What is found of one range.

use super::document::Document;
use crate::allowlist::RangeAt;
use crate::review::Finding;

impl Document {
    /// The worst finding of a range, where that is known.
    pub fn range_finding(&self, at: RangeAt) -> Option<&Finding> {
        let worst = self.range_mark(at)?;
        let own = self.review().own(at).next().filter(|finding| finding.severity() == worst);
        own.or_else(|| self.review().together(at).next())
    }

    /// The worst finding of a range that can be mended, where that is known.
    pub fn range_mend(&self, at: RangeAt) -> Option<&Finding> {
        self.range_findings(at).find(|finding| finding.fix.is_some())
    }

    /// All that is found of a range, the worst first, where that is known.
    pub fn range_findings(&self, at: RangeAt) -> impl Iterator<Item = &Finding> {
        let review = Some(self.review()).filter(|_| self.is_reviewed());
        review.into_iter().flat_map(move |review| review.together(at).chain(review.own(at)))
    }
}
