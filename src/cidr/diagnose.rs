//! What a text is that is no CIDR.

use super::error::CidrError;
use super::parse::{mapped, netmask};
use super::set::prefixes_between;
use std::net::{IpAddr, Ipv4Addr};

/// The first character that no CIDR has, if there is one. Letters, `.`, `:`, `/` and the marks that
/// [`diagnose`] explains pass.
pub(super) fn bad_character(text: &str) -> Option<CidrError> {
    for (i, found) in text.chars().enumerate() {
        let position = i + 1;
        if found.is_whitespace() {
            if let Some(error) = spaced_netmask(text) {
                return Some(error);
            }
            return Some(CidrError::WhiteSpace { position });
        }
        if let Some(like) = look_alike(found) {
            return Some(CidrError::LookAlike { found, like, position });
        }
        if !found.is_ascii() && !found.is_alphanumeric() || crate::text::is_forbidden(found) {
            return Some(CidrError::Character { found, position });
        }
    }
    None
}

/// `203.0.114.0 255.255.255.0`, as routers print it.
fn spaced_netmask(text: &str) -> Option<CidrError> {
    let (address, mask) = text.split_once(' ')?;
    let address = address.parse::<Ipv4Addr>().ok()?;
    let error = netmask(address, mask.trim_start());
    (!matches!(error, CidrError::BadMask { .. })).then_some(error)
}

/// The ASCII character that `c` looks like: other scripts' digits and full-width forms.
fn look_alike(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{2571}' => Some('/'),
        '\u{3002}' | '\u{2024}' | '\u{ff61}' | '\u{b7}' | '\u{6d4}' => Some('.'),
        '\u{a789}' | '\u{2236}' | '\u{2d0}' => Some(':'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((c as u32 - 0x1d7ce) % 10, 10),
        _ => other_digit(c),
    }
}

/// Decimal digits of other scripts (Unicode category Nd): each run of ten starts at one of these.
fn other_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 18] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0x1810,
    ];
    let code = c as u32;
    let zero = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Says what a text is whose address part std refuses.
pub(super) fn diagnose(text: &str, address: &str) -> CidrError {
    if address.is_empty() {
        return CidrError::Octets { found: 0 };
    }
    if let Some((first, last)) = text.split_once('-')
        && let Some(error) = address_range(first, last)
    {
        return error;
    }
    if text.contains("://") {
        return CidrError::Url;
    }
    if address.starts_with('[') {
        return CidrError::Brackets;
    }
    if let Some(at) = address.find('%') {
        return CidrError::Zone { position: position_of(text, at) };
    }
    if address.contains('*') {
        return CidrError::Wildcard;
    }
    if let Some(at) = address.find(':') {
        let port = &address[at + 1..];
        let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        if is_port && address[..at].contains('.') {
            return CidrError::Port { position: position_of(text, at) };
        }
        return CidrError::Ipv6;
    }
    not_ipv4(text, address)
}

fn not_ipv4(text: &str, address: &str) -> CidrError {
    if let Some(at) = address.to_ascii_lowercase().find("0x") {
        return CidrError::Hexadecimal { position: position_of(text, at) };
    }
    if address.chars().any(|c| c.is_alphabetic() || c == '_') {
        return CidrError::HostName(address.to_owned());
    }
    if let Some(found) = address.chars().find(|c| !c.is_ascii_digit() && *c != '.') {
        let at = address.find(found).unwrap_or_default();
        return CidrError::Character { found, position: position_of(text, at) };
    }
    let parts: Vec<&str> = address.split('.').collect();
    if parts.len() == 1 {
        return CidrError::Integer;
    }
    if address.ends_with('.') {
        return CidrError::TrailingDot;
    }
    if parts.len() != 4 || parts.iter().any(|p| p.is_empty()) {
        return CidrError::Octets { found: parts.iter().filter(|p| !p.is_empty()).count() };
    }
    let mut position = 1;
    for part in parts {
        if part.len() > 1 && part.starts_with('0') {
            return CidrError::LeadingZero { part: crate::text::quoted(part, 24), position };
        }
        if part.parse::<u8>().is_err() {
            return CidrError::OctetTooBig { part: crate::text::quoted(part, 24), position };
        }
        position += part.len() + 1;
    }
    CidrError::Ipv6
}

/// `a-b`, with addresses of one family in order; `b` may be the last octet alone.
pub(super) fn address_range(first: &str, last: &str) -> Option<CidrError> {
    let from = first.parse::<IpAddr>().ok()?;
    let to = match (last.parse::<IpAddr>(), from) {
        (Ok(to), _) => to,
        (Err(_), IpAddr::V4(v4)) => {
            let octet = last.parse::<u8>().ok().filter(|n| n.to_string() == last)?;
            let [a, b, c, _] = v4.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, octet))
        }
        _ => return None,
    };
    let prefixes = prefixes_between(from, to);
    if prefixes.is_empty() {
        return Some(CidrError::RangeReversed);
    }
    if let Some(v4) = prefixes.iter().find_map(|p| mapped(*p)) {
        return Some(CidrError::Mapped(v4));
    }
    Some(CidrError::Range { prefixes })
}

/// The character position, from 1, of a byte offset.
pub(super) fn position_of(text: &str, byte: usize) -> usize {
    text[..byte].chars().count() + 1
}
