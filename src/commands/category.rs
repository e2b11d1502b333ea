//! `category`: adds a custom one; renames any; removes a custom one.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::{Allowlist, Category, Edit, Kind};
use crate::text::Name;
use clap::Args;

/// Arguments of `category`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["add", "rename", "remove"])))]
pub struct CategoryArgs {
    /// Adds a custom category
    #[arg(long, value_name = "NAME", conflicts_with = "category")]
    pub add: Option<Name>,
    /// The category to rename or remove: a built-in kind, or a category's name
    #[arg(long, value_name = "C")]
    pub category: Option<String>,
    /// Another name for it
    #[arg(long, value_name = "NAME", requires = "category")]
    pub rename: Option<Name>,
    /// Removes it with its groups; the built-in ones stay
    #[arg(long, requires = "category")]
    pub remove: bool,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Does with categories what the options say.
pub fn run(context: &Context, args: CategoryArgs) -> Result<Report, CommandError> {
    saving::change(context, args.write, |allowlist| match (&args.add, &args.rename, &args.category) {
        (Some(name), ..) => add(allowlist, name, args.write.dry_run),
        (None, Some(name), Some(asked)) => rename(allowlist, asked, name, args.write.dry_run),
        (None, None, Some(asked)) => remove(allowlist, asked, args.write.dry_run),
        (None, _, None) => Err(CommandError::Argument("name the category with --category".to_owned())),
    })
}

fn add(allowlist: &Allowlist, name: &Name, dry_run: bool) -> Result<Change, CommandError> {
    no_kind(name)?;
    if allowlist.categories().iter().any(|category| category.name == *name) {
        return Ok(Change { edit: None, lines: vec![format!("already there: {name}")] });
    }
    let category = Category { name: name.clone(), ..Category::built_in(Kind::Custom) };
    let line = format!("{} the category {name}", if dry_run { "would add" } else { "added" });
    Ok(Change { edit: Some(Edit::InsertCategory(allowlist.categories().len(), category)), lines: vec![line] })
}

fn rename(allowlist: &Allowlist, asked: &str, name: &Name, dry_run: bool) -> Result<Change, CommandError> {
    no_kind(name)?;
    let at = find::category(allowlist, asked)?;
    let old = &allowlist.categories()[at].name;
    if old == name {
        return Ok(Change { edit: None, lines: vec![format!("already so: {name}")] });
    }
    let line = format!("{old} {}renamed to {name}", if dry_run { "would be " } else { "" });
    Ok(Change { edit: Some(Edit::RenameCategory(at, name.clone())), lines: vec![line] })
}

fn remove(allowlist: &Allowlist, asked: &str, dry_run: bool) -> Result<Change, CommandError> {
    let at = find::category(allowlist, asked)?;
    let category = &allowlist.categories()[at];
    let ranges: usize = category.groups.iter().map(|group| group.ranges.len()).sum();
    let would = if dry_run { "would be " } else { "" };
    let line = format!(
        "{} {would}removed, with {} groups and {ranges} ranges",
        category.name,
        category.groups.len()
    );
    Ok(Change { edit: Some(Edit::RemoveCategory(at)), lines: vec![line] })
}

/// A category that is called like a built-in kind could never be named with `--category`.
fn no_kind(name: &Name) -> Result<(), CommandError> {
    if Kind::BUILT_IN.iter().all(|kind| kind.as_str() != name.as_str()) {
        return Ok(());
    }
    Err(CommandError::Argument(format!("{name} is the kind of a built-in category: choose another name")))
}
