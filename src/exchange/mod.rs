//! Other tools' formats: addresses in, the policy out. Pure: bytes in, values out.
//!
//! An import is two calls: [`read::read`] makes a [`read::Reading`] of a file's bytes (its format is
//! recognised by content, or given with [`read::format_named`]), and [`plan`] makes a [`Plan`] of that,
//! whose one [`Edit`](crate::allowlist::Edit) is to be applied. A front shows the plan
//! ([`Plan::summary`], the lists, `notes`, `warnings`) and
//!
//! - prints an [`ImportError`] as `FILE:LINE:COLUMN: …` where [`ImportError::place`] gives one;
//! - prints each of [`Plan::refused`] so too, and does nothing where [`Plan::edit`] is `None`;
//! - asks for `--category` and `--group` on [`ImportError::NoHome`].
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
