//! `completions` and `man`.

use super::error::CommandError;
use super::report::Report;
use clap::Args;
use clap_complete::Shell;

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

/// The manual page, in roff: the program, then each command.
pub fn man() -> Result<Report, CommandError> {
    let mut program = super::definition().disable_help_subcommand(true);
    program.build();
    let mut out = Vec::new();
    // Written to memory: nothing of it can fail.
    let _ = clap_mangen::Man::new(program.clone()).render(&mut out);
    for command in program.get_subcommands() {
        let page = clap_mangen::Man::new(command.clone());
        out.extend_from_slice(format!(".SH \"KEYMOAT {}\"\n", command.get_name().to_uppercase()).as_bytes());
        let mut section = Vec::new();
        let _ = page.render_description_section(&mut section);
        let _ = page.render_synopsis_section(&mut section);
        if command.get_arguments().next().is_some() {
            let _ = page.render_options_section(&mut section);
        }
        // Its sections are parts of the command's here.
        out.extend_from_slice(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").as_bytes());
    }
    Ok(Report::new(out))
}
