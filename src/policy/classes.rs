//! The classes into which the values of a context key, the actions or the resources fall, as far as a
//! number of patterns tell them apart. Exact: every combination of matches that some text has is found.

use super::pattern::Pattern;
use std::collections::{HashMap, HashSet, VecDeque};

/// How many states of single patterns are stepped on; keymoat's own documents need some thousand.
const MOST_STEPS: usize = 2_000_000;

/// A class: a text in it, and which of the patterns match all texts in it.
pub(super) type Class = (String, Vec<bool>);

/// All classes of non-empty texts within `universe`; `None` where there are too many to look at.
///
/// A pattern without wildcards has one text, which is looked at by itself. The others are run together
/// as one automaton over all texts: from each joint state by each character that one of them tells from
/// others, and by one that none does.
pub(super) fn classes(patterns: &[&Pattern], universe: Option<&Pattern>) -> Option<Vec<Class>> {
    let all_fold = patterns.iter().all(|pattern| pattern.folds());
    let alone: Vec<Option<String>> =
        patterns.iter().map(|pattern| pattern.only_text().filter(|_| all_fold || !pattern.folds())).collect();
    if patterns.len().saturating_mul(alone.iter().flatten().count()) > MOST_STEPS {
        return None;
    }
    let within = |text: &str| universe.is_none_or(|universe| universe.matches(text));
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    for text in alone.iter().flatten().filter(|text| !text.is_empty() && within(text)) {
        let vector: Vec<bool> = patterns.iter().map(|pattern| pattern.matches(text)).collect();
        if known.insert(vector.clone()) {
            found.push((text.clone(), vector));
        }
    }
    let wild: Vec<usize> = (0..patterns.len()).filter(|at| alone[*at].is_none()).collect();
    let mut run: Vec<&Pattern> = wild.iter().map(|at| patterns[*at]).collect();
    run.extend(universe);
    let looked_at: HashSet<&str> = alone.iter().flatten().map(String::as_str).collect();
    for (text, matched) in explore(&run, &looked_at)? {
        if universe.is_some() && matched.last() != Some(&true) {
            continue;
        }
        let mut vector = vec![false; patterns.len()];
        for (at, matched) in wild.iter().zip(&matched) {
            vector[*at] = *matched;
        }
        if known.insert(vector.clone()) {
            found.push((text, vector));
        }
    }
    Some(found)
}

/// Every combination of matches that a non-empty text has, each with a short such text, which is none
/// of those looked at by themselves where another was found.
fn explore(patterns: &[&Pattern], looked_at: &HashSet<&str>) -> Option<Vec<Class>> {
    type State = Vec<Vec<usize>>;
    let start: State = patterns.iter().map(|pattern| pattern.start()).collect();
    let (mut seen, mut steps) = (HashSet::new(), 0);
    // The text of each combination, and its place in the order of finding.
    let mut found: HashMap<Vec<bool>, (usize, String)> = HashMap::new();
    let mut queue = VecDeque::from([(start, String::new())]);
    while let Some((state, text)) = queue.pop_front() {
        for c in told_apart(patterns, &state) {
            steps += patterns.len() + text.len() + state.iter().map(Vec::len).sum::<usize>();
            if steps > MOST_STEPS {
                return None;
            }
            let next: State = patterns.iter().zip(&state).map(|(p, states)| p.step(states, c)).collect();
            let vector: Vec<bool> = patterns.iter().zip(&next).map(|(p, states)| p.accepts(states)).collect();
            let (longer, order) = (format!("{text}{c}"), found.len());
            let known = found.entry(vector).or_insert_with(|| (order, longer.clone()));
            if looked_at.contains(known.1.as_str()) {
                known.1.clone_from(&longer);
            }
            if !seen.contains(&next) {
                seen.insert(next.clone());
                queue.push_back((next, longer));
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable_by_key(|(_, (order, _))| *order);
    Some(found.into_iter().map(|(vector, (_, text))| (text, vector)).collect())
}

/// The characters that lead to different states from here, and one for all others.
fn told_apart(patterns: &[&Pattern], state: &[Vec<usize>]) -> Vec<char> {
    let mut told: Vec<char> =
        patterns.iter().zip(state).flat_map(|(p, states)| p.tells_apart(states)).collect();
    told.sort_unstable();
    told.dedup();
    // There are more characters than any pattern has.
    let other = ('a'..='z').rev().chain('\u{e000}'..).find(|c| told.binary_search(c).is_err());
    told.extend(other);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All texts over a small alphabet, for comparison.
    fn texts() -> impl Iterator<Item = String> {
        let mut all = vec![String::new()];
        let mut from = 0;
        for _ in 0..6 {
            let to = all.len();
            for at in from..to {
                for c in ['a', 'A', ':', 'z'] {
                    let next = format!("{}{c}", all[at]);
                    all.push(next);
                }
            }
            from = to;
        }
        all.into_iter().skip(1)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn every_combination_that_a_text_has_is_found(raw in proptest::collection::vec(("[a:*?]{1,4}", any::<bool>()), 1..5)) {
            let compiled: Vec<Pattern> = raw.iter().map(|(text, fold)| Pattern::text(text, *fold)).collect();
            let patterns: Vec<&Pattern> = compiled.iter().collect();
            let found: HashSet<Vec<bool>> = classes(&patterns, None).unwrap().into_iter().map(|class| class.1).collect();
            for text in texts() {
                let vector: Vec<bool> = patterns.iter().map(|p| p.matches(&text)).collect();
                prop_assert!(found.contains(&vector), "{} {:?}", text, vector);
            }
        }

        #[test]
        fn each_text_is_in_its_class(raw in proptest::collection::vec("[ab]{0,2}[*?][ab*?]{0,3}", 1..5)) {
            let compiled: Vec<Pattern> = raw.iter().map(|text| Pattern::text(text, false)).collect();
            let patterns: Vec<&Pattern> = compiled.iter().collect();
            for (text, vector) in classes(&patterns, None).unwrap() {
                prop_assert_eq!(patterns.iter().map(|p| p.matches(&text)).collect::<Vec<_>>(), vector);
            }
        }
    }

    #[test]
    fn an_alternative_that_no_text_has_is_not_found() {
        let (wide, narrow) =
            (Pattern::arn("arn:*:iam::*:user/*").unwrap(), Pattern::arn("arn:aws:iam::*:user/a*").unwrap());
        let found = classes(&[&wide, &narrow], None).unwrap();
        let mut vectors: Vec<_> = found.into_iter().map(|class| class.1).collect();
        vectors.sort();
        assert_eq!(vectors, [[false, false], [true, false], [true, true]]);
    }

    #[test]
    fn hostile_patterns_end_undecided() {
        let hostile: Vec<Pattern> =
            ('a'..='z').map(|c| Pattern::text(&format!("*{c}").repeat(9), false)).collect();
        assert!(classes(&hostile.iter().collect::<Vec<_>>(), None).is_none());
    }
}
