//! A field of a form, and what is said of it.

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// A text.
    Text,
    /// One of a few words; Space and the arrows choose.
    Choice(Vec<&'static str>),
    /// Nothing: its help is a line between the fields.
    Nothing,
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub help: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it says at first.
    pub value: String,
}

impl Field {
    /// A field for a text.
    pub fn text(name: &'static str, help: &'static str, value: String) -> Self {
        Self { name, help, takes: Takes::Text, value }
    }

    /// A line between the fields.
    pub fn line(words: &'static str) -> Self {
        Self { name: "", help: words, takes: Takes::Nothing, value: String::new() }
    }
}

/// What is said of a field: an error, which keeps Enter from taking the form, or a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// It cannot be taken.
    Error(String),
    /// It can, but.
    Warning(String),
    /// What it will become.
    Note(String),
}
