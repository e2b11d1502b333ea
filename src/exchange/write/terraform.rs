//! `terraform`: native syntax, laid out as `terraform fmt` does.
//!
//! Every string is a quoted template with its markers escaped here: `${` and `%{` are text. (The crate's
//! own escaping misses a marker behind another `$` or `%` once one was found.)

use super::upload::Upload;
use super::{Export, ExportError, WriteFormat};
use crate::allowlist::Target;
use hcl::expr::{Expression, FuncCall, Object, ObjectKey, TemplateExpr, Traversal, Variable};
use hcl::format::Formatter;
use hcl::{Block, Body, Identifier};
use serde_json::Value;

pub(super) static FORMAT: WriteFormat = WriteFormat {
    name: "terraform",
    what: "Terraform, native syntax: policies, group, attachments, memberships",
    needs_policy: true,
    write,
};

fn write(export: &Export) -> Result<String, ExportError> {
    let upload = Upload::of(export, FORMAT.name)?;
    let blocks = match upload.target {
        Target::ManagedPolicy => managed(&upload),
        Target::UserInline => inline(&upload, "aws_iam_user_policy", "user"),
        Target::GroupInline => inline(&upload, "aws_iam_group_policy", "group"),
        Target::RoleInline => inline(&upload, "aws_iam_role_policy", "role"),
        Target::Scp => organization(&upload, "SERVICE_CONTROL_POLICY"),
        Target::Rcp => organization(&upload, "RESOURCE_CONTROL_POLICY"),
        Target::BucketPolicy => buckets(&upload),
    };
    let body = Body::builder().add_block(locals(&upload)).add_blocks(blocks).build();
    let mut formatter = Formatter::builder().prefer_ident_keys(true).build_vec();
    // Written to memory, from names that are identifiers: it cannot fail.
    let text = hcl::format::Format::format_string(&body, &mut formatter).unwrap_or_default();
    Ok(format!("{HEAD}\n{}", aligned(&text)))
}

const HEAD: &str = "# Made by keymoat from an allowlist: denies every address that is not in it. Change the allowlist, not this file.\n\
# All policies are needed together. What exists in AWS already can be taken over with `terraform import`.\n";

/// A string that is only text.
fn text(text: &str) -> Expression {
    let mut escaped = String::with_capacity(text.len() + 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            // A marker is written doubled (Terraform, "Strings and Templates").
            '$' | '%' if chars.peek() == Some(&'{') => escaped.extend([c, c]),
            _ => escaped.push(c),
        }
    }
    TemplateExpr::QuotedString(escaped).into()
}

/// A JSON value as an expression.
fn expression(value: &Value) -> Expression {
    match value {
        Value::String(string) => text(string),
        Value::Array(list) => Expression::Array(list.iter().map(expression).collect()),
        Value::Object(keys) => {
            let entries = keys.iter().map(|(key, value)| {
                let is_ident = key.chars().all(|c| c.is_ascii_alphanumeric());
                let key = if is_ident {
                    ObjectKey::Identifier(Identifier::sanitized(key))
                } else {
                    ObjectKey::Expression(text(key))
                };
                (key, expression(value))
            });
            Expression::Object(entries.collect::<Object<_, _>>())
        }
        Value::Bool(yes) => Expression::Bool(*yes),
        // A policy document has no numbers and no nulls.
        Value::Number(_) | Value::Null => Expression::Null,
    }
}

/// The documents as values, which [`policy`] encodes: an object in a call would stand on one line.
fn locals(upload: &Upload) -> Block {
    let count = upload.policies.len();
    let values = upload.policies.iter().enumerate().map(|(i, one)| {
        // keymoat's own document, which is JSON.
        let value: Value = serde_json::from_str(&one.document.text).unwrap_or_default();
        (Identifier::sanitized(label(i, count)), expression(&value))
    });
    Block::builder("locals").add_attributes(values).build()
}

/// `jsonencode(local.keymoat_1)`
fn policy(position: usize, upload: &Upload) -> Expression {
    let document = reference_to("local", &label(position, upload.policies.len()));
    FuncCall::builder("jsonencode").arg(document).build().into()
}

/// `local.keymoat`
fn reference_to(root: &str, name: &str) -> Traversal {
    Traversal::builder(Variable::sanitized(root)).attr(Identifier::sanitized(name)).build()
}

/// `aws_iam_policy.keymoat_1.arn`
fn reference(kind: &str, label: &str, attribute: &str) -> Expression {
    let root = Variable::sanitized(kind);
    Traversal::builder(root)
        .attr(Identifier::sanitized(label))
        .attr(Identifier::sanitized(attribute))
        .build()
        .into()
}

fn resource(kind: &str, label: &str, attributes: Vec<(&str, Expression)>) -> Block {
    Block::builder("resource")
        .add_label(kind)
        .add_label(label)
        .add_attributes(attributes.into_iter().map(|(key, value)| (Identifier::sanitized(key), value)))
        .build()
}

/// `keymoat`, or `keymoat_2` of several.
fn label(position: usize, count: usize) -> String {
    if count == 1 { "keymoat".to_owned() } else { format!("keymoat_{}", position + 1) }
}

fn managed(upload: &Upload) -> Vec<Block> {
    let count = upload.policies.len();
    let mut blocks = Vec::new();
    for (i, one) in upload.policies.iter().enumerate() {
        let attributes = vec![("name", text(&one.name)), ("policy", policy(i, upload))];
        blocks.push(resource("aws_iam_policy", &label(i, count), attributes));
    }
    for (g, group) in upload.groups.iter().enumerate() {
        let of = label(g, upload.groups.len());
        blocks.push(resource("aws_iam_group", &of, vec![("name", text(&group.name))]));
        for i in group.policies.clone() {
            let attributes = vec![
                ("group", reference("aws_iam_group", &of, "name")),
                ("policy_arn", reference("aws_iam_policy", &label(i, count), "arn")),
            ];
            blocks.push(resource("aws_iam_group_policy_attachment", &label(i, count), attributes));
        }
    }
    let groups: Vec<Expression> = (0..upload.groups.len())
        .map(|g| reference("aws_iam_group", &label(g, upload.groups.len()), "name"))
        .collect();
    for (u, user) in upload.users.iter().enumerate() {
        let user_label = label(u, upload.users.len());
        if groups.is_empty() {
            for i in 0..count {
                let of = if count == 1 { user_label.clone() } else { format!("{user_label}_{}", i + 1) };
                let arn = reference("aws_iam_policy", &label(i, count), "arn");
                blocks.push(resource(
                    "aws_iam_user_policy_attachment",
                    &of,
                    vec![("user", text(user)), ("policy_arn", arn)],
                ));
            }
        } else {
            let attributes = vec![("user", text(user)), ("groups", Expression::Array(groups.clone()))];
            blocks.push(resource("aws_iam_user_group_membership", &user_label, attributes));
        }
    }
    blocks
}

/// A variable of strings; `one` or a list.
fn variable(name: &str, what: &str, kind: &str) -> Block {
    let kind = match kind.strip_prefix("list of ") {
        Some(inner) => FuncCall::builder("list").arg(Variable::sanitized(inner)).build().into(),
        None => Expression::from(Variable::sanitized(kind)),
    };
    Block::builder("variable")
        .add_label(name)
        .add_attribute(("description", text(what)))
        .add_attribute(("type", kind))
        .build()
}

fn inline(upload: &Upload, kind: &str, holder: &str) -> Vec<Block> {
    let holders: Vec<Expression> = match upload.target {
        Target::UserInline => upload.users.iter().map(|user| text(user)).collect(),
        Target::GroupInline => upload.groups.iter().map(|group| text(&group.name)).collect(),
        _ => vec![reference_to("var", "role").into()],
    };
    let mut blocks = Vec::new();
    if upload.target == Target::RoleInline {
        blocks.push(variable("role", "The role that gets the policy", "string"));
    }
    for (h, who) in holders.iter().enumerate() {
        for (i, one) in upload.policies.iter().enumerate() {
            let of = label(h * upload.policies.len() + i, holders.len() * upload.policies.len());
            let attributes =
                vec![("name", text(&one.name)), (holder, who.clone()), ("policy", policy(i, upload))];
            blocks.push(resource(kind, &of, attributes));
        }
    }
    blocks
}

fn organization(upload: &Upload, kind: &str) -> Vec<Block> {
    let count = upload.policies.len();
    let what = "The roots, organizational units and accounts that get the policy";
    let mut blocks = vec![variable("target_ids", what, "list of string")];
    for (i, one) in upload.policies.iter().enumerate() {
        let of = label(i, count);
        let content = policy(i, upload);
        let attributes = vec![("name", text(&one.name)), ("type", text(kind)), ("content", content)];
        blocks.push(resource("aws_organizations_policy", &of, attributes));
        let targets = reference_to("var", "target_ids");
        let each = reference_to("each", "value");
        let attributes = vec![
            ("for_each", FuncCall::builder("toset").arg(targets).build().into()),
            ("policy_id", reference("aws_organizations_policy", &of, "id")),
            ("target_id", each.into()),
        ];
        blocks.push(resource("aws_organizations_policy_attachment", &of, attributes));
    }
    blocks
}

fn buckets(upload: &Upload) -> Vec<Block> {
    let blocks = upload.buckets.iter().enumerate().map(|(b, bucket)| {
        let attributes = vec![("bucket", text(bucket)), ("policy", policy(0, upload))];
        resource("aws_s3_bucket_policy", &label(b, upload.buckets.len()), attributes)
    });
    blocks.collect()
}

/// Aligns the `=` of neighbouring attributes of one line, as `terraform fmt` does. Strings are on one line
/// each, their line feeds escaped, so lines can be looked at alone.
fn aligned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain([""]) {
        let attribute = line
            .split_once(" = ")
            .filter(|(key, value)| !key.trim_start().starts_with('"') && !value.ends_with(['[', '{', '(']));
        if let Some(attribute) = attribute {
            run.push(attribute);
            continue;
        }
        let width = run.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
        for (key, value) in run.drain(..) {
            out.push_str(&format!("{key:width$} = {value}\n"));
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::super::testing::{LABELS, allowlist, documents, exported, targets, tool};
    use hcl::expr::Expression;
    use serde_json::{Value, json};

    /// An expression as JSON; a template, which the parser makes of what is more than text, fails.
    fn plain(expression: &Expression) -> Value {
        match expression {
            Expression::String(text) => text.clone().into(),
            Expression::Array(list) => list.iter().map(plain).collect(),
            Expression::Object(keys) => keys
                .iter()
                .map(|(key, value)| (key.to_string().trim_matches('"').to_owned(), plain(value)))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn policies_come_out_as_they_are_and_everything_is_only_text() {
        let settings = &targets()[0];
        let text = exported("terraform", settings, 3);
        let body = hcl::parse(&text).unwrap();
        let locals = body.blocks().find(|b| b.identifier() == "locals").unwrap();
        let policies: Vec<Value> =
            locals.body().attributes().map(|document| plain(document.expr())).collect();
        let list = allowlist(settings);
        let expected: Vec<Value> =
            documents(&list, 3).documents.iter().map(|d| serde_json::from_str(&d.text).unwrap()).collect();
        assert_eq!(policies, expected);
        assert_eq!(
            policies[0]["Statement"][0]["Condition"]["StringNotEqualsIfExists"]["aws:PrincipalTag/x"],
            json!(LABELS)
        );
        assert_eq!(text, exported("terraform", settings, 3), "the same bytes again");
    }

    #[test]
    fn more_than_ten_policies_take_two_groups() {
        let text = exported("terraform", &targets()[0], 12);
        assert_eq!(text.matches("\"aws_iam_group_policy_attachment\"").count(), 12);
        assert!(text.contains("\"Whitelisted_Accounts-2\""));
    }

    #[test]
    fn every_target_is_laid_out_as_terraform_does() {
        for settings in targets() {
            for count in [1, 2] {
                let text = exported("terraform", &settings, count);
                assert!(hcl::parse(&text).is_ok(), "{text}");
                if let Some((ok, said)) = tool("terraform", &["fmt", "-check", "-diff", "-"], &text) {
                    assert!(ok, "{settings}: {said}");
                }
                let load = "import hcl2, sys; hcl2.load(sys.stdin)";
                if let Some((ok, said)) = tool("python3", &["-c", load], &text) {
                    assert!(ok || said.contains("ModuleNotFoundError"), "{settings}: {said}");
                }
            }
        }
    }
}
