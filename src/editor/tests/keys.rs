//! Every key of the main view.
