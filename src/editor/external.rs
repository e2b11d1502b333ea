//! The user's own editor, on a file, in the terminal that is lent to it meanwhile.

use super::terminal::Terminal;
use crate::storage;
use crate::text::quoted;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::ExitStatus;

/// How the editor has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// What it is called, safe to print.
    pub name: String,
    /// What went wrong, if anything did, as the end of a sentence that begins with the name.
    pub failure: Option<String>,
}

/// Runs the editor on a file, at a line (from 1) where it is known how that is told. An error is the
/// terminal's.
pub fn edit(screen: &mut Terminal, file: &Path, line: Option<usize>) -> io::Result<Ended> {
    let Some(command) = storage::external_editor() else {
        let failure = "there is none: set VISUAL or EDITOR to the command that starts one".to_owned();
        return Ok(Ended { name: "the editor".to_owned(), failure: Some(failure) });
    };
    let name = name(&command);
    let arguments = arguments(&name, file, line);
    let ended = screen.lend(|| run(&command, &arguments))?;
    Ok(Ended { failure: failure(ended), name: quoted(&name, 40) })
}

/// Runs a command of several words as git and others do: the shell takes it apart. The shell outlives what
/// keys send to everybody; a trap that is no `''` is not handed on to the editor (POSIX, `trap`).
#[cfg(unix)]
fn run(command: &OsStr, arguments: &[OsString]) -> io::Result<ExitStatus> {
    let mut script = OsString::from("trap : INT QUIT\n");
    script.push(command);
    script.push(" \"$@\"");
    std::process::Command::new("sh").arg("-c").arg(script).arg(command).args(arguments).status()
}

#[cfg(not(unix))]
fn run(command: &OsStr, arguments: &[OsString]) -> io::Result<ExitStatus> {
    let command = command.to_string_lossy();
    let mut words = command.split_whitespace();
    std::process::Command::new(words.next().unwrap_or_default()).args(words).args(arguments).status()
}

/// The name of the program that a command starts.
fn name(command: &OsStr) -> String {
    let command = command.to_string_lossy();
    let first = command.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
    Path::new(first).file_name().map_or_else(|| first.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The file, and the line where the program is known.
fn arguments(name: &str, file: &Path, line: Option<usize>) -> Vec<OsString> {
    let with_line = |line: usize| {
        let mut place = file.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    match (name, line) {
        (
            "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "kak" | "micro",
            Some(line),
        ) => {
            vec![format!("+{line}").into(), file.into()]
        }
        ("hx" | "helix", Some(line)) => vec![with_line(line)],
        ("code" | "codium", Some(line)) => vec!["--goto".into(), with_line(line)],
        _ => vec![file.into()],
    }
}

fn failure(ended: io::Result<ExitStatus>) -> Option<String> {
    match ended {
        Err(error) => Some(format!("cannot be started: {error}")),
        Ok(status) if status.success() => None,
        Ok(status) => Some(match status.code() {
            // What a shell ends with (POSIX, "Exit Status for Commands").
            Some(126 | 127) => "cannot be started: VISUAL or EDITOR names it".to_owned(),
            Some(code) if code <= 128 => format!("ended with the status {code}"),
            // A shell says more than 128 for what a signal has ended.
            _ => "was ended by a signal".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_told_as_each_editor_takes_it() {
        let told = |command: &str, line| {
            let arguments = arguments(&name(OsStr::new(command)), Path::new("/s/a.json"), line);
            arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told("/usr/bin/vim -n", Some(3)), "+3 /s/a.json");
        assert_eq!(told("hx", Some(3)), "/s/a.json:3");
        assert_eq!(told("code --wait", Some(3)), "--goto /s/a.json:3");
        assert_eq!(told("ed", Some(3)), "/s/a.json");
        assert_eq!(told("vim", None), "/s/a.json");
    }
}
