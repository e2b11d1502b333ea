//! The dialogs.
