//! Other tools' formats: addresses in, the policy out. Pure: bytes in, values out.
//!
//! # In
//! [`read::read`] makes a [`read::Reading`] of a file's bytes (its format is recognised by content, or given
//! with [`read::format_named`]); [`plan`] makes a [`Plan`] of that, whose one
//! [`Edit`](crate::allowlist::Edit) is to be applied. A front shows the plan ([`Plan::summary`], the lists,
//! `notes`, `warnings`) and
//!
//! - prints an [`ImportError`] as `FILE:LINE:COLUMN: …` where [`ImportError::place`] gives a place;
//! - prints each of [`Plan::refused`] so too (some of them, where there are many), and applies nothing:
//!   [`Plan::edit`] is `None` then, as it is where nothing changes;
//! - asks for `--category` and `--group` on [`ImportError::NoHome`], and plans again.
//!
//! [`read::FORMATS`] is the table, for help and completion.
//!
//! # Out
//! [`write::write`] makes the bytes of a file of a [`write::Export`]: the allowlist, and its
//! [`Documents`](crate::policy::Documents) for the formats with [`write::WriteFormat::needs_policy`].
//! [`write::FORMATS`] is the table. A script is to be written with mode 0755.
//!
//! Whatever stands in a label or a name is only text in every format: readers take it through
//! [`crate::text`], writers quote it for their format.

mod cell;
mod error;
mod home;
mod only;
mod plan;
#[cfg(test)]
mod plan_tests;
pub mod read;
pub mod write;

pub use error::ImportError;
pub use only::Only;
pub use plan::{Options, Placed, Plan, Refused, plan};
