//! `cloudformation`: a template in JSON.
//!
//! Strings are interpolated by `Fn::Sub` alone, which is not used: `${` is text everywhere.

use super::upload::{Policy, Upload};
use super::{Export, ExportError, WriteFormat};
use crate::allowlist::Target;
use serde_json::{Map, Value, json};

pub(super) static FORMAT: WriteFormat = WriteFormat {
    name: "cloudformation",
    what: "a CloudFormation template: policies, group, memberships",
    needs_policy: true,
    write,
};

fn write(export: &Export) -> Result<String, ExportError> {
    let upload = Upload::of(export, FORMAT.name)?;
    let mut template = Map::new();
    template.insert("AWSTemplateFormatVersion".to_owned(), "2010-09-09".into());
    let words = "Made by keymoat from an allowlist: denies every address that is not in it. All policies are needed together.";
    template.insert("Description".to_owned(), words.into());
    if let Some(parameters) = parameters(upload.target) {
        template.insert("Parameters".to_owned(), parameters);
    }
    template.insert("Resources".to_owned(), Value::Object(resources(&upload)));
    Ok(format!("{:#}\n", Value::Object(template)))
}

fn parameters(target: Target) -> Option<Value> {
    match target {
        Target::RoleInline => {
            Some(json!({"Role": {"Type": "String", "Description": "The role that gets the policy"}}))
        }
        Target::Scp | Target::Rcp => Some(json!({"TargetIds": {"Type": "CommaDelimitedList",
            "Description": "The roots, organizational units and accounts that get the policy"}})),
        _ => None,
    }
}

fn resource(kind: &str, properties: Value) -> Value {
    json!({"Type": kind, "Properties": properties})
}

fn document(policy: &Policy) -> Value {
    serde_json::from_str(&policy.document.text).unwrap_or_default()
}

/// `Policy`, or `Policy2` of several.
fn id(what: &str, position: usize, count: usize) -> String {
    if count == 1 { what.to_owned() } else { format!("{what}{}", position + 1) }
}

fn resources(upload: &Upload) -> Map<String, Value> {
    let count = upload.policies.len();
    let policies = || upload.policies.iter().enumerate().map(move |(i, one)| (id("Policy", i, count), one));
    let each = |kind: &str, properties: &dyn Fn(&Policy) -> Value| {
        policies().map(|(id, one)| (id, resource(kind, properties(one)))).collect::<Map<_, _>>()
    };
    let named = |one: &Policy, holder: &str, who: Value| json!({"PolicyName": one.name, holder: who, "PolicyDocument": document(one)});
    let organization = |kind: &'static str| move |one: &Policy| json!({"Name": one.name, "Type": kind, "Content": document(one), "TargetIds": {"Ref": "TargetIds"}});
    match upload.target {
        Target::ManagedPolicy => managed(upload),
        Target::UserInline => {
            let users = upload.users.iter().enumerate().flat_map(|(u, user)| {
                let id = id("Policy", u, upload.users.len());
                upload
                    .policies
                    .first()
                    .map(|one| (id, resource("AWS::IAM::UserPolicy", named(one, "UserName", (*user).into()))))
            });
            users.collect()
        }
        Target::GroupInline => {
            let group = upload.groups.first().map_or("", |group| group.name.as_str());
            each("AWS::IAM::GroupPolicy", &|one| named(one, "GroupName", group.into()))
        }
        Target::RoleInline => {
            each("AWS::IAM::RolePolicy", &|one| named(one, "RoleName", json!({"Ref": "Role"})))
        }
        Target::Scp => each("AWS::Organizations::Policy", &organization("SERVICE_CONTROL_POLICY")),
        Target::Rcp => each("AWS::Organizations::Policy", &organization("RESOURCE_CONTROL_POLICY")),
        Target::BucketPolicy => {
            let buckets = upload.buckets.iter().enumerate().flat_map(|(b, bucket)| {
                let id = id("Policy", b, upload.buckets.len());
                let policy = upload.policies.first()?;
                let properties = json!({"Bucket": bucket, "PolicyDocument": document(policy)});
                Some((id, resource("AWS::S3::BucketPolicy", properties)))
            });
            buckets.collect()
        }
    }
}

fn managed(upload: &Upload) -> Map<String, Value> {
    let (count, groups) = (upload.policies.len(), upload.groups.len());
    let mut all = Map::new();
    for (i, one) in upload.policies.iter().enumerate() {
        let mut properties = json!({"ManagedPolicyName": one.name, "PolicyDocument": document(one)});
        if groups == 0 && !upload.users.is_empty() {
            properties["Users"] = upload.users.clone().into();
        }
        all.insert(id("Policy", i, count), resource("AWS::IAM::ManagedPolicy", properties));
    }
    for (g, group) in upload.groups.iter().enumerate() {
        let arns: Vec<Value> =
            group.policies.clone().map(|i| json!({"Ref": id("Policy", i, count)})).collect();
        let properties = json!({"GroupName": group.name, "ManagedPolicyArns": arns});
        all.insert(id("Group", g, groups), resource("AWS::IAM::Group", properties));
        if !upload.users.is_empty() {
            let properties = json!({"GroupName": {"Ref": id("Group", g, groups)}, "Users": upload.users});
            all.insert(id("Members", g, groups), resource("AWS::IAM::UserToGroupAddition", properties));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::testing::{LABELS, exported, targets, tool};
    use serde_json::{Value, json};

    #[test]
    fn policies_groups_and_members() {
        let template: Value = serde_json::from_str(&exported("cloudformation", &targets()[0], 12)).unwrap();
        let resources = &template["Resources"];
        let condition = &resources["Policy12"]["Properties"]["PolicyDocument"]["Statement"][0]["Condition"];
        assert_eq!(condition["StringNotEqualsIfExists"]["aws:PrincipalTag/x"], json!(LABELS));
        assert_eq!(resources["Group1"]["Properties"]["ManagedPolicyArns"].as_array().unwrap().len(), 10);
        assert_eq!(resources["Group2"]["Properties"]["GroupName"], "Whitelisted_Accounts-2");
        assert_eq!(resources["Members2"]["Properties"]["Users"][0], "jenkins");
    }

    #[test]
    fn every_target_passes_the_linter() {
        let folder = tempfile::tempdir().unwrap();
        let files = targets().into_iter().zip(0..).map(|(settings, i)| {
            let text = exported("cloudformation", &settings, 2);
            let template: Value = serde_json::from_str(&text).unwrap();
            assert!(!template["Resources"].as_object().unwrap().is_empty());
            let file = folder.path().join(format!("{i}.json"));
            std::fs::write(&file, &text).unwrap();
            file.to_str().unwrap().to_owned()
        });
        let files: Vec<String> = files.collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        if let Some((ok, said)) = tool("cfn-lint", &files, "") {
            assert!(ok, "{said}");
        }
    }
}
