//! Other tools' formats: addresses in, the policy out. Pure: bytes in, values out.
mod cell;
mod error;
pub mod read;

pub use error::ImportError;
