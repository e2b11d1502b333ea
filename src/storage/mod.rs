//! Paths, lock, load, save: the only room that writes files.
