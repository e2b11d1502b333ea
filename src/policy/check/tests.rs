use super::*;
use crate::allowlist::SettingKey;

fn problems(changes: &[(&str, &str)]) -> Vec<(&'static str, &'static str, bool)> {
    let found = check_settings(&settings(changes));
    assert!(found.iter().all(|p| crate::text::check(&p.message, 300).is_ok()));
    found.iter().map(|p| (p.code, p.key, p.is_error)).collect()
}

fn settings(changes: &[(&str, &str)]) -> PolicySettings {
    changes.iter().fold(PolicySettings::default(), |settings, (key, value)| {
        SettingKey::find(key).unwrap().with(&settings, value).unwrap()
    })
}

#[test]
fn the_defaults_and_plain_settings_are_fine() {
    assert_eq!(problems(&[]), []);
    let plain = [
        ("name", "a+b=c,d.e@f-g_H"),
        ("sid", "Fence1"),
        ("attach_to.group", "Whitelisted_Accounts"),
        ("attach_to.users", "jenkins,deploy"),
        (
            "exempt.vpcs",
            "vpc-0a1b2c3d,vpc-0123456789abcdef0,arn:aws-cn:ec2:cn-north-1:111122223333:vpc/vpc-0a1b2c3d",
        ),
        ("exempt.vpc_endpoints", "vpce-0123456789abcdef0"),
        (
            "exempt.principals",
            "arn:aws:iam::111122223333:root,arn:aws:iam::*:role/ops/*,arn:aws:iam::111122223333:user/a@b",
        ),
        ("exempt.actions", "sts:GetCallerIdentity,es:ES*,s3-outposts:*"),
        ("applies_to", "arn:aws:iam::*:user/*"),
        ("max_documents", "20"),
    ];
    assert_eq!(problems(&plain), []);
}

#[test]
fn names_and_sids() {
    assert_eq!(problems(&[("name", "a/../b")]), [("bad-name", "name", true)]);
    assert_eq!(problems(&[("name", &"n".repeat(129))]), [("bad-name", "name", true)]);
    assert_eq!(problems(&[("name", "naïve")]), [("bad-name", "name", true)]);
    assert_eq!(problems(&[("name", "_-_")]), [("bad-sid", "sid", true)]);
    assert_eq!(problems(&[("attach_to.users", &"u".repeat(65))]), [("bad-name", "attach_to.users", true)]);
    let found = check_settings(&settings(&[("sid", "Deny all but us")]));
    assert_eq!(found[0].code, "bad-sid");
    assert_eq!(found[0].mend.as_ref().unwrap().sid(), "Denyallbutus");
    assert!(check_settings(&settings(&[("sid", "---")]))[0].mend.is_none());
}

#[test]
fn ids_and_arns() {
    for vpc in ["vpc-xyz", "vpc-0A1B2C3D", "vpc-0123456789", "vpce-0a1b2c3d", "subnet-0a1b2c3d"] {
        assert_eq!(problems(&[("exempt.vpcs", vpc)]), [("bad-id", "exempt.vpcs", true)], "{vpc}");
    }
    for vpc in ["arn:aws:ec2:eu-west-1:1:vpc/vpc-0a1b2c3d", "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-*"] {
        assert_eq!(problems(&[("exempt.vpcs", vpc)]), [("bad-arn", "exempt.vpcs", true)], "{vpc}");
    }
    assert_eq!(
        problems(&[("exempt.vpc_endpoints", "vpc-0a1b2c3d")]),
        [("bad-id", "exempt.vpc_endpoints", true)]
    );
    for arn in [
        "jenkins",
        "arn:aws:iam::1111:user/x",
        "arn:aws:iam::111122223333:user/${aws:username}",
        "arn:aws:iam::111122223333:user/",
        "arn:aws:iam::111122223333:group/x",
        "arn:aws:s3:::bucket",
        "arn:aws:iam::111122223333:user/\"x",
        "arn:aws:iam::111122223333:user/jürgen",
        "arn:aws:iam::111122223333:root/x",
    ] {
        assert_eq!(
            problems(&[("exempt.principals", arn)]),
            [("bad-arn", "exempt.principals", true)],
            "{arn}"
        );
    }
}

#[test]
fn patterns_that_match_everybody_are_errors_and_wide_ones_warnings() {
    for wide in
        ["*", "arn:*", "arn:aws:iam::*:*", "arn:aws:iam::*", "?*", "arn:*:*:*:*:*", "arn:aws:iam::*:*/*"]
    {
        assert_eq!(
            problems(&[("exempt.principals", wide)]),
            [("matches-everybody", "exempt.principals", true)]
        );
        assert_eq!(problems(&[("applies_to", wide)]), [("matches-everybody", "applies_to", true)]);
    }
    for wide in ["*", "*:*", "*:?*"] {
        assert_eq!(problems(&[("exempt.actions", wide)]), [("matches-everybody", "exempt.actions", true)]);
    }
    let every = problems(&[("exempt.principals", "arn:aws:iam::*:user/*")]);
    assert_eq!(every, [("exempts-every-user", "exempt.principals", false)]);
    let every = problems(&[("exempt.principals", "arn:aws*:iam::*:role/*")]);
    assert_eq!(every, [("exempts-every-role", "exempt.principals", false)]);
    assert_eq!(
        problems(&[("exempt.actions", "GetCallerIdentity")]),
        [("bad-action", "exempt.actions", true)]
    );
    assert_eq!(problems(&[("exempt.actions", "s3:Get Object")]), [("bad-action", "exempt.actions", true)]);
}

#[test]
fn a_session_is_told_the_role() {
    let arn = "arn:aws:sts::111122223333:assumed-role/Admin/me";
    let found = check_settings(&settings(&[("exempt.principals", arn)]));
    assert_eq!((found[0].code, found[0].is_error), ("never-matches", false));
    let mended = found[0].mend.as_ref().unwrap();
    assert_eq!(mended.exempt.principals[0].as_str(), "arn:aws:iam::111122223333:role/Admin");
    assert_eq!(problems(&[("applies_to", arn)]), [("never-matches", "applies_to", true)]);
}

#[test]
fn keys_that_do_not_go_with_the_target() {
    assert_eq!(problems(&[("services", "s3")]), [("wrong-target", "services", true)]);
    assert_eq!(problems(&[("resources", "arn:aws:s3:::b")]), [("wrong-target", "resources", true)]);
    assert_eq!(problems(&[("target", "rcp")]), [("no-services", "services", true)]);
    assert_eq!(problems(&[("target", "rcp"), ("services", "*")]), [("bad-service", "services", true)]);
    let actions =
        problems(&[("target", "rcp"), ("services", "s3,sts"), ("exempt.actions", "sts:AssumeRole")]);
    assert_eq!(actions, [("wrong-target", "exempt.actions", true)]);
    assert_eq!(problems(&[("target", "bucket-policy")]), [("no-resources", "resources", true)]);
    assert_eq!(
        problems(&[("target", "scp"), ("attach_to.group", "g")]),
        [("wrong-target", "attach_to.group", false)]
    );
    let users = problems(&[("target", "role-inline"), ("attach_to.users", "u")]);
    assert_eq!(users, [("wrong-target", "attach_to.users", false)]);
    let mut many = settings(&[("target", "user-inline")]);
    many.max_documents = Some(2);
    assert_eq!(check_settings(&many)[0].code, "bad-limit");
}
