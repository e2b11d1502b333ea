//! `completions` and `man`.

use super::error::CommandError;
use super::report::Report;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Completions for a shell.
pub fn completions(args: &CompletionsArgs) -> Result<Report, CommandError> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut super::definition(), "keymoat", &mut out);
    Ok(Report::new(out))
}

/// The manual page, in roff: the program, then each command, on one page.
pub fn man() -> Result<Report, CommandError> {
    let mut program = super::definition().disable_help_subcommand(true);
    program.build();
    let page = Man::new(program.clone());
    let mut out = Vec::new();
    page.render_title(&mut out).map_err(lost)?;
    page.render_name_section(&mut out).map_err(lost)?;
    page.render_synopsis_section(&mut out).map_err(lost)?;
    page.render_options_section(&mut out).map_err(lost)?;
    out.extend_from_slice(b".SH COMMANDS\n");
    for command in program.get_subcommands() {
        section(command, &mut out).map_err(lost)?;
    }
    out.extend_from_slice(crate::editor::keymap::roff().as_bytes());
    out.extend_from_slice(ENDING.as_bytes());
    Ok(Report::new(out))
}

/// The part of one command, without the options that all have.
fn section(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let common = ["help", "version", "file"];
    let command = command.clone().mut_args(|arg| {
        let hide = common.contains(&arg.get_id().as_str());
        arg.hide(hide)
    });
    out.extend_from_slice(format!(".SS {}\n", command.get_name()).as_bytes());
    let page = Man::new(command.clone());
    let mut parts = Vec::new();
    page.render_synopsis_section(&mut parts)?;
    parts.extend_from_slice(b".PP\n");
    page.render_description_section(&mut parts)?;
    if command.get_arguments().any(|arg| !arg.is_hide_set()) {
        page.render_options_section(&mut parts)?;
    }
    // Its headings are those of a page; here they would cut this one.
    for line in parts.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(b".SH")) {
        out.extend_from_slice(line);
    }
    Ok(())
}

fn lost(error: io::Error) -> CommandError {
    CommandError::Argument(format!("the manual page could not be made: {error}"))
}

const ENDING: &str = r#".SH "EXIT STATUS"
0 done and clean; 1 done, and the answer is no; 2 it could not be done.
.SH ENVIRONMENT
.TP
\fBKEYMOAT_FILE\fR
the allowlist, where \-f does not name it
.TP
\fBXDG_CONFIG_HOME\fR, \fBXDG_STATE_HOME\fR
where the config and the state folder are
.TP
\fBSOURCE_DATE_EPOCH\fR
the time that counts as now, in seconds since 1970
.TP
\fBNO_COLOR\fR
no colour
.SH FILES
\fIallowlist.json\fR, and \fIkeys.json\fR with keys of your own, in the config folder, and the policy beside it; `keymoat paths` tells where they are.
"#;
