//! The form for the policy's settings, made from the table of settings.
//!
//! ```text
//! ┌ The policy's settings ─────────────────────────────┐
//! │ name                   > IP_Whitelist_AWS_API_Keys │
//! │ sid                      IPWhitelistAWSAPIKeys     │
//! │ target                   managed-policy            │
//! │ ...                                                │
//! │                                                    │
//! │ the policy's name in IAM and the name of its file  │
//! └────────────────────────────────────────────────────┘
//! ```

use super::form::{self, About, Field, Form, Remark, Takes};
use crate::allowlist::{Edit, KEYS, PolicySettings, Target, Values};
use crate::editor::state::Editor;
use crate::policy::check_settings;

/// Opens the form, with the focus on the field of this key.
pub fn open(editor: &mut Editor, key: Option<&str>) {
    let old = editor.document.allowlist().policy().clone();
    let fields = KEYS.iter().map(|setting| Field {
        name: setting.key,
        help: setting.help,
        takes: match setting.values {
            Values::Bool => Takes::Choice(vec!["true", "false"]),
            Values::Target => Takes::Choice(Target::ALL.map(Target::as_str).to_vec()),
            Values::Text | Values::List | Values::Number => Takes::Text,
        },
        value: setting.get(&old),
    });
    let focus = key.and_then(|key| KEYS.iter().position(|setting| setting.key == key)).unwrap_or_default();
    let for_check = old.clone();
    let form = Form {
        title: "The policy's settings".to_owned(),
        fields: fields.collect(),
        about: About::Named("policy".to_owned()),
        draft: "policy",
        enter: form::CHANGES,
        takes_unchanged: false,
        check: Box::new(move |_, texts| check(&for_check, texts)),
        says: None,
        done: Box::new(move |editor, texts| {
            let (settings, _) = read(&old, texts);
            let words = changed(&old, &settings);
            let said = format!("Changed the policy's settings: {words}.");
            editor.edit(Edit::SetPolicy(Box::new(settings)), format!("set {words}"), said);
            Ok(())
        }),
    };
    form::open(editor, form, focus);
}

/// The settings with every text that is another than before, and what is wrong with each text.
fn read(old: &PolicySettings, texts: &[String]) -> (PolicySettings, Vec<Option<Remark>>) {
    let mut settings = old.clone();
    let mut remarks = Vec::new();
    for (setting, text) in KEYS.iter().zip(texts) {
        // What is not changed must not become explicit: the Sid follows the name.
        if setting.get(old) == *text {
            remarks.push(None);
            continue;
        }
        match setting.with(&settings, text.trim()) {
            Ok(new) => {
                settings = new;
                remarks.push(None);
            }
            Err(error) => remarks.push(Some(Remark::Error(error.to_string()))),
        }
    }
    (settings, remarks)
}

fn check(old: &PolicySettings, texts: &[String]) -> Vec<Option<Remark>> {
    let (settings, mut remarks) = read(old, texts);
    for problem in check_settings(&settings) {
        let at = KEYS.iter().position(|setting| setting.key == problem.key);
        if let Some(remark) = at.and_then(|at| remarks.get_mut(at)).filter(|remark| remark.is_none()) {
            // A finding, so it can be taken: the allowlist is saved, and no policy until it is mended.
            *remark = Some(Remark::Warning(problem.message));
        }
    }
    remarks
}

fn changed(old: &PolicySettings, new: &PolicySettings) -> String {
    let changed =
        KEYS.iter().filter(|setting| setting.get(old) != setting.get(new)).map(|setting| setting.key);
    changed.collect::<Vec<_>>().join(", ")
}
