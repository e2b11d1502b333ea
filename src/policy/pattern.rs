//! Patterns with `*` and `?`, as actions, resources, strings and ARNs are compared with.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Token {
    /// This character.
    Char(char),
    /// Any one character; a colon only where it is true.
    One(bool),
    /// Any number of characters; colons only where it is true.
    Many(bool),
}

/// A pattern, compiled. It is simulated as a nondeterministic automaton whose states are the positions in
/// `tokens`, so no input makes it backtrack.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Pattern {
    tokens: Vec<Token>,
    /// Whether letters A-Z are compared without case.
    fold: bool,
}

impl Pattern {
    /// Exactly this text.
    pub fn literal(text: &str, fold: bool) -> Self {
        Self { tokens: text.chars().map(Token::Char).collect(), fold }
    }

    /// A text with wildcards, which match colons too.
    pub fn text(text: &str, fold: bool) -> Self {
        let mut tokens = Vec::with_capacity(text.len());
        wild(text, true, &mut tokens);
        Self { tokens, fold }
    }

    /// An ARN with wildcards. Its first five parts are compared one by one, the sixth may hold colons
    /// (IAM User Guide, "ARN condition operators"). `None` where it has not six parts.
    pub fn arn(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let (resource, head) = parts.split_last()?;
        if head.len() != 5 {
            return None;
        }
        let mut tokens = Vec::with_capacity(text.len());
        for part in head {
            wild(part, false, &mut tokens);
            tokens.push(Token::Char(':'));
        }
        wild(resource, true, &mut tokens);
        Some(Self { tokens, fold: false })
    }

    /// Whether it matches every text.
    pub fn is_everything(&self) -> bool {
        self.tokens == [Token::Many(true)]
    }

    /// Whether it matches all of `text`.
    pub fn matches(&self, text: &str) -> bool {
        let mut states = self.start();
        for c in text.chars() {
            states = self.step(&states, c);
            if states.is_empty() {
                return false;
            }
        }
        self.accepts(&states)
    }

    /// The states before the first character, ascending.
    pub fn start(&self) -> Vec<usize> {
        let mut states = Vec::new();
        self.enter(0, &mut states);
        states
    }

    /// The states after one more character, ascending.
    pub fn step(&self, states: &[usize], c: char) -> Vec<usize> {
        let mut next = Vec::with_capacity(states.len() + 1);
        for &at in states {
            match self.tokens.get(at) {
                Some(Token::Char(t)) if self.same(*t, c) => self.enter(at + 1, &mut next),
                Some(Token::One(colon)) if *colon || c != ':' => self.enter(at + 1, &mut next),
                Some(Token::Many(colon)) if *colon || c != ':' => self.enter(at, &mut next),
                _ => {}
            }
        }
        next
    }

    /// Whether a text that led to these states matches.
    pub fn accepts(&self, states: &[usize]) -> bool {
        states.last() == Some(&self.tokens.len())
    }

    /// The characters that lead to other states from these than most do.
    pub fn tells_apart(&self, states: &[usize]) -> Vec<char> {
        let mut told = Vec::with_capacity(states.len());
        for at in states {
            match self.tokens.get(*at) {
                Some(Token::Char(c)) if self.fold => {
                    told.extend([c.to_ascii_lowercase(), c.to_ascii_uppercase()])
                }
                Some(Token::Char(c)) => told.push(*c),
                Some(Token::One(false) | Token::Many(false)) => told.push(':'),
                Some(Token::One(true) | Token::Many(true)) | None => {}
            }
        }
        told
    }

    /// Whether letters are compared without case.
    pub fn folds(&self) -> bool {
        self.fold
    }

    /// The one text that it matches, but for case, if it has no wildcard.
    pub fn only_text(&self) -> Option<String> {
        let letter = |token: &Token| if let Token::Char(c) = token { Some(*c) } else { None };
        self.tokens.iter().map(letter).collect()
    }

    fn same(&self, a: char, b: char) -> bool {
        a == b || (self.fold && a.eq_ignore_ascii_case(&b))
    }

    /// Adds a state and those reached from it without a character. States come in ascending order, so a
    /// state that is there already is the last or the one before.
    fn enter(&self, mut at: usize, states: &mut Vec<usize>) {
        loop {
            if states.iter().rev().take(2).all(|known| *known != at) {
                states.push(at);
            }
            match self.tokens.get(at) {
                Some(Token::Many(_)) => at += 1,
                _ => break,
            }
        }
    }
}

fn wild(text: &str, colon: bool, tokens: &mut Vec<Token>) {
    for c in text.chars() {
        let token = match c {
            '*' => Token::Many(colon),
            '?' => Token::One(colon),
            c => Token::Char(c),
        };
        // Two in a row say the same as one, and so every state has at most one silent step.
        if !(matches!(token, Token::Many(_)) && tokens.last() == Some(&token)) {
            tokens.push(token);
        }
    }
}

/// Whether `text` matches a pattern with `*` and `?`.
pub(super) fn matches_text(pattern: &str, text: &str) -> bool {
    Pattern::text(pattern, false).matches(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, by recursion.
    fn slow(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.first(), text.first()) {
            (None, None) => true,
            (Some(b'*'), _) => slow(&pattern[1..], text) || (!text.is_empty() && slow(pattern, &text[1..])),
            (Some(b'?'), Some(_)) => slow(&pattern[1..], &text[1..]),
            (Some(p), Some(t)) => p == t && slow(&pattern[1..], &text[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab*?:]{0,8}", text in "[ab:]{0,8}") {
            prop_assert_eq!(matches_text(&pattern, &text), slow(pattern.as_bytes(), text.as_bytes()));
        }

        #[test]
        fn an_arn_is_compared_part_by_part(parts in "[a*?]{0,2}(:[a*?]{0,2}){5,6}", text in "a{0,2}(:a{0,2}){5,6}") {
            let (p, t): (Vec<_>, Vec<_>) = (parts.splitn(6, ':').collect(), text.splitn(6, ':').collect());
            let each = p.iter().zip(&t).all(|(p, t)| slow(p.as_bytes(), t.as_bytes()));
            prop_assert_eq!(Pattern::arn(&parts).unwrap().matches(&text), each);
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let stars = "*a".repeat(900);
        assert!(!matches_text(&stars, &"a".repeat(800)));
        assert!(matches_text(&"*".repeat(1_000_000), "x"));
        assert!(Pattern::text("S3:get*", true).matches("s3:GetObject"));
        assert!(Pattern::arn("arn:*").is_none());
    }
}
