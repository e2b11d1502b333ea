//! What is found of one range.

use super::document::Document;
use crate::allowlist::RangeAt;
use crate::review::{Finding, Place, Severity};

impl Document {
    /// The worst finding of a range, where that is known.
    pub fn range_finding(&self, at: RangeAt) -> Option<&Finding> {
        let worst = self.range_mark(at)?;
        let place = Some(Place::Range(at));
        let findings = &self.review().findings;
        // The review's order: the worst first, then by place.
        let before = |finding: &Finding| (finding.severity(), finding.place) < (worst, place);
        let own = findings.get(findings.partition_point(before));
        let own = own.filter(|finding| (finding.severity(), finding.place) == (worst, place));
        own.or_else(|| self.review().together(at).next())
    }

    /// The worst finding of a range that can be mended, where that is known.
    pub fn range_mend(&self, at: RangeAt) -> Option<&Finding> {
        self.range_findings(at).find(|finding| finding.fix.is_some())
    }

    /// All that is found of a range, the worst first, where that is known.
    pub fn range_findings(&self, at: RangeAt) -> impl Iterator<Item = &Finding> {
        let findings = if self.is_reviewed() { self.review().findings.as_slice() } else { &[] };
        let place = Some(Place::Range(at));
        let own =
            [Severity::Error, Severity::Warning, Severity::Info].into_iter().flat_map(move |severity| {
                let from = findings.partition_point(|f| (f.severity(), f.place) < (severity, place));
                findings[from..].iter().take_while(move |f| (f.severity(), f.place) == (severity, place))
            });
        self.review().together(at).filter(|_| self.is_reviewed()).chain(own)
    }
}
