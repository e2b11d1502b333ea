//! keymoat keeps leaked AWS access keys harmless: it keeps the list of networks from which a
//! company's keys may be used, and writes, evaluates and proves the AWS policy that says so.
//!
//! The rooms, each of which may use those below it (ARCHITECTURE.md has the reasons):
//!
//! - [`commands`] and [`editor`]: two thin fronts on the same calls: load, edit, review, save;
//! - [`storage`]: paths, lock, load, save: the only room that writes files;
//! - [`exchange`]: other tools' formats, in and out;
//! - [`review`]: what is to be said about an allowlist, and everything derived from it;
//! - [`policy`]: admitted addresses to AWS policy documents, and back by evaluation and proof;
//! - [`allowlist`]: what a user edits, its edits and their inverses, its file form;
//! - [`cidr`]: addresses, prefixes, and sets of them;
//! - [`text`] and [`json`]: the door for text from outside, and the one strict JSON reader.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod allowlist;
pub mod cidr;
pub mod commands;
pub mod editor;
pub mod exchange;
pub mod json;
pub mod policy;
pub mod review;
pub mod storage;
pub mod text;
