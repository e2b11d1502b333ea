//! The terminal editor: the only room that knows ratatui.
