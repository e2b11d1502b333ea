//! An empty folder to run keymoat in, with a home of its own, on 2026-11-22.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The default name of the policy's file.
pub const POLICY: &str = "IP_Whitelist_AWS_API_Keys.json";

pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With an allowlist `a.json` that has the ranges 203.0.114.0/24 and 203.0.115.7 in the group Office,
    /// and its policy.
    pub fn with_office() -> Self {
        let desk = Self::empty();
        assert_eq!(desk.run("init --preset mfa-or-address").status, 0);
        let added = desk.run("add --category corporate-network --group Office 203.0.114.0/24 203.0.115.7");
        assert_eq!((added.status, added.err.as_str()), (0, ""));
        desk
    }

    /// keymoat with `-f a.json` and arguments that are separated by spaces.
    pub fn run(&self, arguments: &str) -> Answer {
        self.run_list(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    pub fn run_list(&self, arguments: &[&str]) -> Answer {
        answer(self.command().args(["-f", "a.json"]).args(arguments).output().expect("the program runs"))
    }

    /// The same with something on standard input.
    pub fn run_with(&self, arguments: &str, input: &[u8]) -> Answer {
        let mut command = self.command();
        command.args(["-f", "a.json"]).args(arguments.split_whitespace());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(input).expect("it reads");
        drop(stdin);
        answer(child.wait_with_output().expect("it ends"))
    }

    /// keymoat here, with no arguments yet.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keymoat"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        for (variable, folder) in
            [("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")]
        {
            command.env(variable, self.path(folder));
        }
        command.env("SOURCE_DATE_EPOCH", "1795305600").env_remove("KEYMOAT_FILE");
        command
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    /// The names of the files here, sorted, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder").flatten();
        let files = entries.filter(|entry| entry.file_type().is_ok_and(|what| !what.is_dir()));
        let mut names: Vec<String> =
            files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The bytes of every file here.
    pub fn snapshot(&self) -> Vec<(String, Vec<u8>)> {
        let read = |name: String| std::fs::read(self.path(&name)).map(|bytes| (name, bytes)).ok();
        self.names().into_iter().filter_map(read).collect()
    }
}

pub fn answer(output: Output) -> Answer {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Answer {
        status: output.status.code().expect("no signal"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

impl Answer {
    /// Checks the exit status, and that standard output is empty where the answer is an error.
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "{words:?} is not in {self:?}");
        self
    }

    pub fn warns(self, words: &str) -> Self {
        assert!(self.err.contains(words), "{words:?} is not in {self:?}");
        self
    }

    /// Nothing on standard output.
    pub fn silent(self) -> Self {
        assert_eq!(self.out, "", "{self:?}");
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("one JSON document")
    }
}
