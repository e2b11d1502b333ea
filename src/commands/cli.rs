//! The command line's definition.

use super::{
    add, category, change, check, complete, cover, diff, export, fit, fmt, group, history, import, init,
    merge, policy, prove, remove, set, show, test,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Keeps leaked AWS access keys harmless: an allowlist of your networks, and the IAM policy that denies
/// everything from elsewhere
#[derive(Debug, Parser)]
#[command(
    name = "keymoat",
    version,
    max_term_width = 100,
    after_help = "Without a command, the editor opens.\n\nExit status: 0 done and clean; 1 done, and the answer is no; 2 it could not be done."
)]
pub struct Cli {
    /// The allowlist [default: KEYMOAT_FILE, else allowlist.json in the config folder]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Opens the editor; the same as no command
    Edit,
    /// Writes a starter allowlist; never overwrites one
    Init(init::InitArgs),
    /// Shows the allowlist: categories, groups, ranges, totals
    Show(show::ShowArgs),
    /// Adds ranges to a group, which is made where needed; all or none
    Add(add::AddArgs),
    /// Removes the ranges of exactly these networks, in all groups; all or none
    Remove(remove::RemoveArgs),
    /// Changes the properties of ranges
    Change(change::ChangeArgs),
    /// Renames, describes or removes a group; without an option, shows it
    Group(group::GroupArgs),
    /// Adds, renames or removes a category
    Category(category::CategoryArgs),
    /// Prints or changes a setting of the policy
    Set(set::SetArgs),
    /// Says what is wrong or doubtful
    Check(check::CheckArgs),
    /// Prints the policy documents, writes their files, or compares them
    Policy(policy::PolicyArgs),
    /// Says what each number of documents would cost
    Fit(fit::FitArgs),
    /// Says for each address whether the policy lets it through
    Test(test::TestArgs),
    /// Proves that the policy documents let through exactly the allowlist
    Prove(prove::ProveArgs),
    /// Says what changed from another allowlist, or from deployed policy documents, to this allowlist
    Diff(diff::DiffArgs),
    /// Adds ranges from another tool's file
    Import(import::ImportArgs),
    /// Prints the allowlist or its policy in another tool's form
    Export(export::ExportArgs),
    /// The fewest CIDRs for the same addresses: a filter on its own
    Cover(cover::CoverArgs),
    /// Lists earlier saved versions of the allowlist
    History(history::HistoryArgs),
    /// Brings an earlier saved version back
    Restore(history::RestoreArgs),
    /// Merges three versions of an allowlist: a merge driver for git
    Merge(merge::MergeArgs),
    /// Rewrites the allowlist in its canonical form
    Fmt(fmt::FmtArgs),
    /// Says where the files are
    Paths,
    /// Prints completions for a shell
    Completions(complete::CompletionsArgs),
    /// Prints the manual page
    Man,
}
