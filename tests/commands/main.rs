//! What a user of the commands sees: the built program in an empty folder, its output, its exit status and
//! the files that it leaves.

mod add;
mod answers;
mod check;
mod compare;
mod desk;
mod editing;
mod exchange;
mod files;
mod policy;
mod start;
mod test;
mod usage;
mod versions;
