//! Addresses, prefixes and sets of them. Knows nothing of allowlists or policies.
//!
//! - [`Cidr`]: one parsed prefix, as it was written (with or without its `/32`); [`CidrError`] says
//!   what is wrong with a text that is none, and what it may have meant;
//! - [`AddressSet`]: exact sets over all of IPv4 and IPv6, with union, difference, complement;
//! - [`special`]: what IANA's special-purpose registries say of a prefix;
//! - [`index`]: which of many prefixes hold an address or overlap each other.

mod diagnose;
mod error;
pub mod index;
mod parse;
mod set;
mod spans;
pub mod special;

pub use error::{CidrError, Mend};
pub use parse::Cidr;
pub use set::{AddressSet, bounds, grouped, prefixes_between, size_words};
pub use spans::{Spans, Word};

pub use ipnet::IpNet;
