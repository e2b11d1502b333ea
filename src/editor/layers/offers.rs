//! What is offered behind what is typed: the owners, tickets, groups and categories that there are, those in use
//! most first, whatever the case of their letters.

use crate::allowlist::Allowlist;
use crate::editor::text_field::TextField;
use std::collections::HashMap;

/// How many are offered one after the other; who wants another types on.
const MOST: usize = 20;

/// What goes on as a field does; found anew where the text has changed.
#[derive(Debug, Default)]
pub struct Offers {
    /// By the field's name: every value that there is, made when the field is first typed in.
    known: HashMap<&'static str, Vec<Value>>,
    /// The field and its revision that `found` is for.
    made_for: Option<(usize, u64)>,
    found: Vec<String>,
    at: usize,
}

#[derive(Debug)]
struct Value {
    text: String,
    /// As it is compared.
    lower: String,
}

/// Whether there are values to offer in a field of this name.
fn has_offers(field: &str) -> bool {
    matches!(field, "owner" | "ticket" | "group" | "category")
}

impl Offers {
    /// Looks what there is for a field of this number and name.
    pub fn find(&mut self, allowlist: &Allowlist, number: usize, name: &'static str, input: &TextField) {
        let now = Some((number, input.revision()));
        if self.made_for == now {
            return;
        }
        (self.made_for, self.at) = (now, 0);
        self.found.clear();
        let typed = input.line();
        if typed.trim().is_empty() || !has_offers(name) {
            return;
        }
        let known = self.known.entry(name).or_insert_with(|| values(allowlist, name));
        let lower = typed.to_lowercase();
        let goes_on = |value: &&Value| value.lower.starts_with(&lower) && value.text != typed;
        self.found = known.iter().filter(goes_on).take(MOST).map(|value| value.text.clone()).collect();
        // Who writes the case as it is means it.
        self.found.sort_by_key(|text| !text.starts_with(typed));
    }

    /// What is offered now for a text with the cursor at its end.
    pub fn current(&self, input: &TextField) -> Option<&str> {
        let at_end = input.before_cursor().len() == input.line().len();
        self.found.get(self.at).filter(|_| at_end).map(String::as_str)
    }

    /// Offers the next or the one before; round and round.
    pub fn turn(&mut self, forward: bool) {
        let count = self.found.len().max(1);
        self.at = (self.at + if forward { 1 } else { count - 1 }) % count;
    }

    /// Which of how many it is, where there are several.
    pub fn place(&self) -> Option<(usize, usize)> {
        (self.found.len() > 1).then_some((self.at + 1, self.found.len()))
    }
}

/// Every value that a field of this name has anywhere, the most used first, of those the shortest.
fn values(allowlist: &Allowlist, name: &str) -> Vec<Value> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    match name {
        "owner" => allowlist.ranges().for_each(|(.., range)| *uses.entry(&range.owner).or_default() += 1),
        "ticket" => allowlist.ranges().for_each(|(.., range)| *uses.entry(&range.ticket).or_default() += 1),
        "category" => allowlist.categories().iter().for_each(|category| _ = uses.insert(&category.name, 1)),
        _ => {
            let groups = allowlist.categories().iter().flat_map(|category| &category.groups);
            groups.for_each(|group| *uses.entry(&group.name).or_default() += group.ranges.len());
        }
    }
    uses.remove("");
    let mut values: Vec<(&str, usize)> = uses.into_iter().collect();
    values.sort_unstable_by_key(|(text, uses)| (std::cmp::Reverse(*uses), text.len(), *text));
    let value = |(text, _): (&str, usize)| Value { text: text.to_owned(), lower: text.to_lowercase() };
    values.into_iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Allowlist {
        let range = |n: usize, owner: &str| format!(r#"{{"cidr": "11.0.0.{n}", "owner": "{owner}"}}"#);
        let owners = ["netsec", "Netops", "Netops", "net", "", "Ümit"];
        let ranges: Vec<_> = owners.into_iter().enumerate().map(|(n, owner)| range(n, owner)).collect();
        let json = format!(
            r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{{"name": "A", "ranges": [{}]}}]}}]}}"#,
            ranges.join(", ")
        );
        Allowlist::from_json(json.as_bytes()).unwrap()
    }

    fn offered(text: &str) -> Vec<String> {
        let (mut offers, input) = (Offers::default(), TextField::single(text));
        offers.find(&list(), 0, "owner", &input);
        let count = offers.found.len();
        let mut all = Vec::new();
        for _ in 0..count {
            all.extend(offers.current(&input).map(str::to_owned));
            offers.turn(true);
        }
        all
    }

    #[test]
    fn the_most_used_comes_first_whatever_the_case() {
        assert_eq!(offered("NE"), ["Netops", "net", "netsec"]);
        assert_eq!(offered("ne"), ["net", "netsec", "Netops"]);
        assert_eq!(offered("üm"), ["Ümit"]);
        assert!(offered("").is_empty() && offered("  ").is_empty() && offered("x").is_empty());
        assert_eq!(offered("net"), ["netsec", "Netops"], "not what stands there already");
    }

    #[test]
    fn nothing_is_offered_within_a_text() {
        let (mut offers, mut input) = (Offers::default(), TextField::single("ne"));
        let left = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Left);
        input.key(&left);
        offers.find(&list(), 0, "owner", &input);
        assert_eq!(offers.current(&input), None);
        assert_eq!(offers.place(), Some((1, 3)));
    }
}
