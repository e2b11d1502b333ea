//! The shell line that uploads the policy of an allowlist's file.

use super::{Export, ExportError, aws_cli};
use crate::allowlist::Target;
use crate::text::is_forbidden;

/// Why there is no line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCommand {
    /// The script that the line runs cannot be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// Nobody could see what the line says of the file.
    #[error(
        "the file's path has a character that cannot be seen or steers a terminal: rename it, or run `keymoat export --format aws-cli` by hand"
    )]
    Path,
}

/// A line for a POSIX shell: it writes the script of the format `aws-cli`, shows what that would do, waits for
/// Enter, and uploads; where the settings do not say to what the policy is attached, it asks first. `file`: the
/// absolute path of the allowlist, of which `export` is.
pub fn upload_command(export: &Export, file: &str) -> Result<String, NoCommand> {
    super::write(&aws_cli::FORMAT, export)?;
    if file.chars().any(is_forbidden) {
        return Err(NoCommand::Path);
    }
    let policy = export.allowlist.policy();
    let question = match policy.target {
        Target::RoleInline => Some("The name of the role"),
        Target::Scp | Target::Rcp => Some("The id of the root, unit or account"),
        Target::ManagedPolicy | Target::UserInline | Target::GroupInline | Target::BucketPolicy => None,
    };
    let ask = question.map_or_else(String::new, |what| format!("printf '{what}: ' && read -r to && "));
    let to = if question.is_some() { " --to \"$to\"" } else { "" };
    // The names that AWS takes may begin with a hyphen.
    let script = aws_cli::quoted(&format!("./{}-upload.sh", policy.name.as_str()));
    let file = aws_cli::quoted(file);
    Ok(format!(
        "{ask}keymoat -f {file} export --format aws-cli --output {script} && bash {script} --dry-run{to} && \
         printf 'Enter uploads, Ctrl-C leaves it: ' && read -r answer && bash {script}{to}"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use serde_json::{Value, json};

    fn command(settings: &Value, file: &str) -> Result<String, NoCommand> {
        let allowlist = testing::allowlist(settings);
        let documents = testing::documents(&allowlist, 1);
        let today = "2026-11-22".parse().unwrap();
        upload_command(&Export { allowlist: &allowlist, documents: Some(&documents), today }, file)
    }

    #[test]
    fn no_name_of_a_file_runs_anything() {
        for name in
            ["a b.json", "x'; touch stolen; '.json", "$(touch stolen)`touch stolen`\"\\", "-f", "!!*?~"]
        {
            let folder = tempfile::tempdir().unwrap();
            let file = format!("/nowhere/{name}");
            let line = command(&json!({"name": "-Fence"}), &file).unwrap();
            // A `keymoat` and a script that write down what they are handed.
            let fake = "keymoat() { printf '%s\\n' \"$@\" >>said; printf 'printf \"ran %%s\\\\n\" \"$*\" >>said' >\"$7\"; }";
            let run = format!("cd '{}' || exit; {fake}\n{line}", folder.path().display());
            let Some((ok, said)) = testing::tool("bash", &["-c", &run], "\n") else { return };
            assert!(ok, "{said}");
            let said = std::fs::read_to_string(folder.path().join("said")).unwrap();
            let script = "./-Fence-upload.sh";
            let expected =
                format!("-f\n{file}\nexport\n--format\naws-cli\n--output\n{script}\nran --dry-run\nran \n");
            assert_eq!(said, expected);
            assert!(!folder.path().join("stolen").exists());
        }
    }

    #[test]
    fn what_the_settings_do_not_say_is_asked() {
        let role = command(&json!({"target": "role-inline"}), "/a").unwrap();
        assert!(role.starts_with("printf 'The name of the role: ' && read -r to && keymoat -f '/a' export"));
        assert!(role.ends_with("bash './IP_Whitelist_AWS_API_Keys-upload.sh' --to \"$to\""), "{role}");
    }

    #[test]
    fn what_cannot_be_uploaded_or_seen_says_why() {
        assert_eq!(command(&json!({}), "/a\n/b"), Err(NoCommand::Path));
        assert_eq!(command(&json!({}), "/a\u{202e}b"), Err(NoCommand::Path));
        let inline = command(&json!({"target": "group-inline"}), "/a").unwrap_err();
        assert!(inline.to_string().contains("attach_to.group"), "{inline}");
    }
}
