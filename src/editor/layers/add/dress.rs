//! An address with what stands around it in JSON, YAML, program code or a letter: quotes, brackets, a list's
//! dash, blanks round the slash.

use crate::cidr::{Cidr, CidrError};

/// What stands around a piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// A dash or a point before it.
    Bullet,
    /// Quotes or brackets.
    Quotes,
    /// Blanks round its slash.
    Blanks,
    /// It is nothing but brackets and quotes, or the key before a value of JSON.
    Nothing,
}

fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '*' | '•' | '·' | '\u{2013}')
}

fn is_quote(c: char) -> bool {
    const QUOTES: &str = "\"'`()[]{}<>\u{2018}\u{2019}\u{201c}\u{201d}\u{ab}\u{bb}";
    QUOTES.contains(c)
}

/// With no address there is nothing to be wrong with: nobody looks at the error.
const NOTHING: (Dress, Result<Cidr, CidrError>) = (Dress::Nothing, Err(CidrError::Empty));

/// Whether a text is the key before a value of JSON: `"CidrIp":`.
fn is_key(text: &str) -> bool {
    let quoted = text.strip_suffix(':').and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    quoted.is_some_and(|key| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':');
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(is_word)
            && key.parse::<Cidr>().is_err()
    })
}

/// A piece that is no CIDR, without what stands around the one in it: the CIDR, or what is wrong with that
/// where something can be offered for it. `None`: it holds none.
pub fn undress(piece: &str) -> Option<(Dress, Result<Cidr, CidrError>)> {
    let text = piece.trim();
    let bare = text.trim_start_matches(|c: char| is_bullet(c) || c.is_whitespace());
    let inner = bare.trim_matches(|c: char| is_quote(c) || c.is_whitespace());
    if inner.is_empty() {
        return text.contains(is_quote).then_some(NOTHING);
    }
    if is_key(text) {
        return Some(NOTHING);
    }
    let dress = match (inner.len() < bare.len(), bare.len() < text.len()) {
        (true, _) => Dress::Quotes,
        (false, true) => Dress::Bullet,
        (false, false) => Dress::Blanks,
    };
    let joined: String = match slash(inner) || dress != Dress::Blanks && inner.contains('-') {
        true => inner.split_whitespace().collect(),
        false if dress == Dress::Blanks => return None,
        false => inner.to_owned(),
    };
    match joined.parse::<Cidr>() {
        Ok(cidr) => Some((dress, Ok(cidr))),
        Err(error) => (!error.mends().is_empty()).then_some((dress, Err(error))),
    }
}

/// Whether blanks stand round a slash behind which there is a prefix length or a mask.
fn slash(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let blank = address.ends_with(char::is_whitespace) || length.starts_with(char::is_whitespace);
    blank && is_length(length.trim()) && !address.trim_end().contains(char::is_whitespace)
}

/// Whether a text can be what stands behind a slash.
fn is_length(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a piece and the next, with blanks between, are an address and its prefix length.
pub fn joins(before: &str, text: &str) -> bool {
    match (before.strip_suffix('/'), text.strip_prefix('/')) {
        (Some(address), None) => !address.is_empty() && is_length(text),
        (None, Some("")) => !before.contains('/'),
        (None, Some(length)) => !before.contains('/') && is_length(length),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(piece: &str) -> Option<(Dress, String)> {
        let (dress, found) = undress(piece)?;
        Some((dress, found.map_or_else(|error| error.to_string(), |cidr| cidr.to_string())))
    }

    #[test]
    fn what_stands_around_an_address_is_known() {
        for (piece, dress) in [
            ("\"1.2.3.4\"", Dress::Quotes),
            ("- '1.2.3.4'", Dress::Quotes),
            ("[1.2.3.4]", Dress::Quotes),
            ("\u{201c}1.2.3.4\u{201d}", Dress::Quotes),
            ("- 1.2.3.4", Dress::Bullet),
            ("• 1.2.3.4", Dress::Bullet),
        ] {
            assert_eq!(of(piece), Some((dress, "1.2.3.4".to_owned())), "{piece}");
        }
        assert_eq!(of("1.2.3.4 / 32"), Some((Dress::Blanks, "1.2.3.4/32".to_owned())));
        assert_eq!(of("\"1.2.3.4 /32\""), Some((Dress::Quotes, "1.2.3.4/32".to_owned())));
        assert!(of("\"1.2.3.4/24\"").is_some_and(|(_, words)| words.starts_with("host bits set")));
        assert!(of("- 1.2.3.4 - 1.2.3.5").is_some_and(|(_, words)| words.ends_with("it is 1.2.3.4/31")));
        assert!(of("\"aws:SourceIp\":").is_some_and(|(dress, _)| dress == Dress::Nothing));
        assert!(of("],").is_none() && of("]").is_some_and(|(dress, _)| dress == Dress::Nothing));
    }

    #[test]
    fn what_holds_no_address_is_not_made_one() {
        for piece in
            ["\"fe80::1\":", "1.2.3.400", "\"1.2.3.400\"", "1.2.3.4 5.6.7.8", "-", "vpn", "1.2.3.4 / x"]
        {
            assert_eq!(of(piece), None, "{piece}");
        }
    }
}
