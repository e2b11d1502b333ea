//! What a user edits: categories, groups and ranges, and the policy's settings; the edits, each with
//! its inverse; and the file form. Knows no disk, clock or terminal.

mod changes;
mod changes_moved;
mod date;
mod edit;
mod entry;
mod history;
mod merge;
mod merge_order;
mod model;
mod moves;
mod range_list;
mod read;
mod setting_keys;
mod settings;
mod starter;
mod write;

pub use changes::{Change, changes, changes_in_place};
pub use date::{Date, DateError, minute};
pub use edit::{Edit, EditError, GroupAt, RangeAt};
pub use history::History;
pub use merge::{Conflict, Merged, Side, merge};
pub use model::{Allowlist, Category, CidrField, Group, Kind, Range};
pub use moves::Moves;
pub use range_list::RangeList;
pub use setting_keys::{KEYS, SettingError, SettingKey, Values};
pub use settings::{AttachTo, DEFAULT_NAME, Exempt, PolicySettings, Target};
pub use starter::Starter;

#[cfg(test)]
mod tests;
