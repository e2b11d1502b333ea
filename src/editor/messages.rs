//! What is said in the line below the panes. Short messages go; errors stay until they are read.
//!
//! Nothing here looks at a clock: the event loop says when a message has been shown for long enough.

use super::state::Tone;
use std::collections::VecDeque;

/// How many messages are kept to be read again, and so how many errors at most are unread.
const KEPT: usize = 200;

/// What an error is about. A success in the same takes it away: nobody need read what was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Ranges that are added.
    Add,
    /// A form.
    Form,
    /// A file that is imported.
    Import,
    /// A move to another place.
    Move,
    /// What is edited in another program.
    Outside,
    /// What stands on disk, and saving.
    Disk,
    /// That no policy could be written: only a save that writes one mends it.
    Policy,
    /// A copy that is saved elsewhere.
    Copy,
}

/// All messages.
#[derive(Debug, Default)]
pub struct Messages {
    /// The last ones, the oldest first.
    all: VecDeque<(Tone, String)>,
    /// Errors that nobody has read yet, the oldest first.
    unread: VecDeque<(String, Option<Topic>)>,
    /// The one that goes with the next key, or by itself.
    passing: Option<(Tone, String)>,
    /// How many passing ones there were.
    count: u64,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// What it is.
    pub tone: Tone,
    /// What it says.
    pub text: &'a str,
    /// How many more errors are unread.
    pub more: usize,
}

impl Messages {
    /// Says something. An error is shown at once, unless something that was done is being said; then it is
    /// shown behind that.
    pub fn say(&mut self, tone: Tone, text: String) {
        self.say_in(tone, text.clone(), text);
    }

    /// Says something in short, with the whole of it in the list.
    pub fn say_in(&mut self, tone: Tone, text: String, whole: String) {
        self.keep(tone, whole);
        if tone != Tone::Error {
            self.count += 1;
            self.passing = Some((tone, text));
            return;
        }
        self.push(text, None);
    }

    /// Says an error in short that goes with a later success in the same.
    pub fn fail(&mut self, topic: Topic, text: String, whole: String) {
        self.keep(Tone::Error, whole);
        self.push(text, Some(topic));
    }

    fn keep(&mut self, tone: Tone, whole: String) {
        if self.all.len() == KEPT {
            self.all.pop_front();
        }
        self.all.push_back((tone, whole));
    }

    fn push(&mut self, text: String, topic: Option<Topic>) {
        // What is said twice is read once.
        self.unread.retain(|(unread, _)| *unread != text);
        if self.unread.len() == KEPT {
            self.unread.pop_front();
        }
        self.unread.push_back((text, topic));
        self.passing.take_if(|(tone, _)| *tone == Tone::Info);
    }

    /// That has succeeded now.
    pub fn settle(&mut self, topic: Topic) {
        self.unread.retain(|(_, other)| *other != Some(topic));
    }

    /// What is to be shown, if anything is.
    pub fn shown(&self) -> Option<Shown<'_>> {
        if let Some((tone, text)) = &self.passing {
            return Some(Shown { tone: *tone, text, more: 0 });
        }
        let (text, _) = self.unread.back()?;
        Some(Shown { tone: Tone::Error, text, more: self.unread.len() - 1 })
    }

    /// The number of the message that goes by itself, another for each; `None`: none is shown.
    pub fn passing(&self) -> Option<u64> {
        self.passing.as_ref().map(|_| self.count)
    }

    /// Takes the passing message away. True where there was one.
    pub fn pass(&mut self) -> bool {
        self.passing.take().is_some()
    }

    /// The error that is shown has been read, so the one before it is shown.
    pub fn read_one(&mut self) {
        self.unread.pop_back();
    }

    /// All have been read.
    pub fn read_all(&mut self) {
        self.unread.clear();
    }

    /// Those that are kept, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &(Tone, String)> {
        self.all.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(messages: &Messages) -> Option<(&str, usize)> {
        messages.shown().map(|shown| (shown.text, shown.more))
    }

    #[test]
    fn an_error_stays_behind_what_passes() {
        let mut messages = Messages::default();
        messages.say(Tone::Error, "one".to_owned());
        messages.say(Tone::Error, "two".to_owned());
        messages.say(Tone::Info, "by the way".to_owned());
        assert_eq!(shown(&messages), Some(("by the way", 0)));
        assert!(messages.pass() && !messages.pass());
        assert_eq!(shown(&messages), Some(("two", 1)));
        messages.read_one();
        assert_eq!(shown(&messages), Some(("one", 0)));
        messages.read_all();
        assert_eq!(shown(&messages), None);
        assert_eq!(messages.newest_first().count(), 3);
    }

    #[test]
    fn neither_an_error_nor_what_was_done_hides_the_other() {
        let mut messages = Messages::default();
        messages.say(Tone::Info, "a look".to_owned());
        messages.say(Tone::Error, "it failed".to_owned());
        assert_eq!(shown(&messages), Some(("it failed", 0)));
        messages.say(Tone::Done, "saved".to_owned());
        messages.say(Tone::Error, "no draft".to_owned());
        assert_eq!(shown(&messages), Some(("saved", 0)));
        messages.pass();
        assert_eq!(shown(&messages), Some(("no draft", 1)));
    }

    #[test]
    fn a_success_takes_away_the_errors_about_the_same_alone() {
        let mut messages = Messages::default();
        for (about, text) in [(Topic::Add, "one"), (Topic::Disk, "two"), (Topic::Add, "three")] {
            messages.fail(about, text.to_owned(), text.to_owned());
        }
        messages.say(Tone::Error, "four".to_owned());
        messages.settle(Topic::Add);
        assert_eq!(shown(&messages), Some(("four", 1)));
        messages.settle(Topic::Disk);
        assert_eq!(shown(&messages), Some(("four", 0)));
        assert_eq!(messages.newest_first().count(), 4, "they can be read again");
    }

    #[test]
    fn each_passing_message_is_another_and_the_list_is_bounded() {
        let mut messages = Messages::default();
        assert_eq!(messages.passing(), None);
        messages.say(Tone::Info, "same".to_owned());
        let first = messages.passing();
        messages.say(Tone::Info, "same".to_owned());
        assert!(first.is_some() && messages.passing() != first);
        for number in 0..3 * KEPT {
            messages.say(Tone::Error, number.to_string());
        }
        assert_eq!((messages.newest_first().count(), shown(&messages).unwrap().1), (KEPT, KEPT - 1));
        messages.say(Tone::Error, "7".to_owned());
        messages.say(Tone::Error, "7".to_owned());
        assert_eq!(messages.newest_first().count(), KEPT);
        messages.read_one();
        assert_eq!(shown(&messages).unwrap().0, (3 * KEPT - 1).to_string());
    }
}
