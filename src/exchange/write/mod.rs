//! The allowlist or its policy in another tool's form: one file a format, and one table of them.

mod aws_cli;
mod cloudformation;
mod command;
mod csv;
mod terraform;
#[cfg(test)]
mod testing;
mod text;
mod upload;

pub use command::{NoCommand, upload_command};

use crate::allowlist::{Allowlist, Date, Target};
use crate::policy::Documents;

/// What an export is made from.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The allowlist, for its ranges and its policy settings.
    pub allowlist: &'a Allowlist,
    /// Its policy; `None` where it has none. Formats that carry the policy need it.
    pub documents: Option<&'a Documents>,
    /// The day: ranges that have expired are not what is admitted.
    pub today: Date,
}

/// A format that keymoat exports.
#[derive(Debug)]
pub struct WriteFormat {
    /// As `--format` spells it.
    pub name: &'static str,
    /// What it is, for help.
    pub what: &'static str,
    /// Whether it carries the policy, so that there must be one.
    pub needs_policy: bool,
    write: fn(&Export) -> Result<String, ExportError>,
}

/// Every format, in the order of the help.
pub static FORMATS: [&WriteFormat; 5] =
    [&aws_cli::FORMAT, &terraform::FORMAT, &cloudformation::FORMAT, &csv::FORMAT, &text::FORMAT];

/// Why an export cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// `--format` names no format.
    #[error("unknown export format {found:?}, expected one of {known}")]
    UnknownFormat {
        /// As given, safe to print.
        found: String,
        /// All formats.
        known: String,
    },
    /// A format that the contract has and keymoat not yet.
    #[error("export format {0}: not yet")]
    NotYet(&'static str),
    /// The allowlist has no policy.
    #[error("there is no policy to export: `keymoat check` says why")]
    NoPolicy,
    /// The format has no form for this target.
    #[error("{format} has no form for the target {target}: {mend}", target = .target.as_str())]
    Target {
        /// The format.
        format: &'static str,
        /// The target.
        target: Target,
        /// What to do instead.
        mend: &'static str,
    },
    /// A setting that the format needs is not there.
    #[error("{format} needs {key}: set it with `keymoat set {key} VALUE`")]
    Missing {
        /// The format.
        format: &'static str,
        /// The setting's key.
        key: &'static str,
    },
}

/// The format of this name.
pub fn format_named(name: &str) -> Result<&'static WriteFormat, ExportError> {
    if name == "markdown" {
        return Err(ExportError::NotYet("markdown"));
    }
    FORMATS.into_iter().find(|format| format.name == name).ok_or_else(|| ExportError::UnknownFormat {
        found: crate::text::quoted(name, 40),
        known: FORMATS.map(|format| format.name).join(", "),
    })
}

/// Writes a format: the bytes of a file, with a line feed at the end. The same input gives the same bytes.
pub fn write(format: &WriteFormat, export: &Export) -> Result<String, ExportError> {
    if format.needs_policy && export.documents.is_none() {
        return Err(ExportError::NoPolicy);
    }
    (format.write)(export)
}

#[cfg(test)]
mod tests {
    use super::testing::{LABELS, exported, targets};
    use super::*;

    #[test]
    fn hostile_text_goes_through_every_format_as_text() {
        for format in FORMATS {
            let text = exported(format.name, &targets()[0], 2);
            assert!(text.ends_with('\n') && !text.contains('\r'), "{}", format.name);
            // Behind a dollar that is doubled, a brace opens nothing; elsewhere the two never meet in Terraform.
            let bare = text.replace("$${", "").replace("%%{", "");
            match format.name {
                "terraform" => assert!(!bare.contains("${") && !bare.contains("%{"), "{bare}"),
                "aws-cli" => assert!(text.contains("x'\\''; rm -rf ~; echo"), "{text}"),
                _ => assert!(
                    LABELS.iter().all(|label| text.contains(&label.replace('"', "\\\""))
                        || text.contains(&label.replace('"', "\"\""))
                        || text.contains(label)),
                    "{text}"
                ),
            }
        }
    }

    #[test]
    fn what_cannot_be_exported_says_why() {
        assert_eq!(format_named("markdown").unwrap_err(), ExportError::NotYet("markdown"));
        assert!(format_named("yaml").unwrap_err().to_string().contains("terraform, cloudformation"));
        let allowlist = crate::allowlist::Allowlist::default();
        let export = Export { allowlist: &allowlist, documents: None, today: "2026-11-22".parse().unwrap() };
        let error = write(format_named("terraform").unwrap(), &export).unwrap_err();
        assert_eq!(error, ExportError::NoPolicy);
    }

    #[test]
    fn a_script_hands_over_exactly_the_document() {
        let settings = serde_json::json!({"attach_to": {"group": "Fenced", "users": ["jenkins"]}});
        let script = exported("aws-cli", &settings, 1);
        let folder = tempfile::tempdir().unwrap();
        // An `aws` that knows nothing, and keeps the document that it is handed.
        let fake = "aws() { case \"$2\" in get-group) case $* in *query*) ;; *) echo NoSuchEntity >&2; return 1 ;; esac ;; \
            create-policy) printf '%s' \"$6\" >document; echo arn:x ;; esac; }\nexport -f aws\n";
        std::fs::write(folder.path().join("up.sh"), &script).unwrap();
        let run = format!("cd {} && {fake} bash up.sh --no-address-check", folder.path().display());
        let Some((ok, said)) = testing::tool("bash", &["-c", &run], "") else { return };
        assert!(ok, "{said}");
        let document = std::fs::read_to_string(folder.path().join("document")).unwrap();
        let list = testing::allowlist(&settings);
        let expected: serde_json::Value =
            serde_json::from_str(&testing::documents(&list, 1).documents[0].text).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&document).unwrap(), expected);
        let mut files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        files.sort();
        assert_eq!(files, ["document", "up.sh", "up.sh.undo"], "nothing else was run");
    }
}
