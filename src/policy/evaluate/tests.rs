use super::*;
use crate::policy::{parse_document, request::Known};

fn ask(statement: &str, request: &Request) -> Result<Verdict, Undecided> {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
    evaluate(&[parse_document(text.as_bytes()).unwrap()], request)
}

fn deny(rest: &str) -> String {
    format!(r#"{{"Sid": "S", "Effect": "Deny", {rest}}}"#)
}

fn fenced(condition: &str) -> String {
    deny(&format!(r#""Action": "*", "Resource": "*", "Condition": {{{condition}}}"#))
}

fn plain(address: &str) -> Request {
    Request::plain().from(address.parse().unwrap())
}

fn denied() -> Result<Verdict, Undecided> {
    Ok(Verdict::Denied(Place { document: 1, statement: 1, sid: Some("S".into()) }))
}

const FENCE: &str = r#""NotIpAddress": {"aws:SourceIp": "203.0.114.0/24"}, "BoolIfExists": {"aws:ViaAWSService": "false", "aws:MultiFactorAuthPresent": "false"}"#;

#[test]
fn the_plain_fence() {
    let fence = fenced(FENCE);
    assert_eq!(ask(&fence, &plain("203.0.114.255")), Ok(Verdict::Allowed));
    assert_eq!(ask(&fence, &plain("203.0.115.0")), denied());
    assert_eq!(ask(&fence, &plain("::ffff:203.0.114.1")), denied());
    assert_eq!(ask(&fence, &Request::plain()), denied());
    assert_eq!(ask(&fence, &Request::plain().with_mfa()), Ok(Verdict::Allowed));
    assert_eq!(ask(&fence, &plain("8.8.8.8").via_aws_service()), Ok(Verdict::Allowed));
    assert_eq!(ask(&fence, &plain("8.8.8.8").with("aws:viaawsservice", Known::Absent)), denied());
}

#[test]
fn actions_and_resources() {
    let narrowed = deny(r#""Action": ["S3:get*", "ec2:*"], "Resource": "*""#);
    assert_eq!(ask(&narrowed, &Request::plain()), Ok(Verdict::Allowed));
    assert_eq!(ask(&narrowed, &Request::plain().action("s3:GetObject").unwrap()), denied());
    let spared = deny(r#""NotAction": "s3:List*", "Resource": ["*"]"#);
    assert_eq!(ask(&spared, &Request::plain()), Ok(Verdict::Allowed));
    assert_eq!(ask(&spared, &Request::plain().action("sts:AssumeRole").unwrap()), denied());
    let bucket = deny(r#""Action": "*", "Resource": "arn:aws:s3:::b/*""#);
    assert_eq!(ask(&bucket, &Request::plain().on("arn:aws:s3:::b/k")), denied());
    assert_eq!(ask(&bucket, &Request::plain().on("arn:aws:s3:::c/k")), Ok(Verdict::Allowed));
    assert_eq!(ask(&bucket, &Request::plain()).unwrap_err().element, "Resource");
    let others = deny(r#""Action": "*", "NotResource": "arn:aws:s3:::b/*""#);
    assert_eq!(ask(&others, &Request::plain().on("arn:aws:s3:::c/k")), denied());
}

#[test]
fn what_nobody_knows_is_an_error_unless_nothing_hangs_on_it() {
    let region = fenced(&format!(r#"{FENCE}, "StringEquals": {{"aws:RequestedRegion": "eu-west-1"}}"#));
    assert_eq!(ask(&region, &plain("203.0.114.1")), Ok(Verdict::Allowed));
    let error = ask(&region, &plain("8.8.8.8")).unwrap_err();
    assert_eq!(error.element, "StringEquals aws:RequestedRegion");
    assert!(error.to_string().starts_with("document 1, statement 1 (S): cannot decide StringEquals"));
    let known = plain("8.8.8.8").with("aws:RequestedRegion", Known::Value("us-east-1".into()));
    assert_eq!(ask(&region, &known), Ok(Verdict::Allowed));
    assert!(ask(&fenced(r#""FooEquals": {"aws:SourceIp": "x"}"#), &plain("203.0.114.1")).is_err());
    let allowing = r#"{"Effect": "Allow", "Action": "*", "Resource": "${aws:username}"}"#;
    assert_eq!(ask(allowing, &plain("8.8.8.8")), Ok(Verdict::Allowed));
}

#[test]
fn a_vpc_known_by_its_id_alone_is_not_its_arn() {
    let arn = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d";
    let fence = fenced(&format!(r#""ArnNotLikeIfExists": {{"aws:SourceVpcArn": "{arn}"}}"#));
    assert_eq!(ask(&fence, &Request::plain().from_vpc(arn).unwrap()), Ok(Verdict::Allowed));
    assert_eq!(ask(&fence, &Request::plain()), denied());
    assert!(ask(&fence, &Request::plain().from_vpc("vpc-0a1b2c3d").unwrap()).is_err());
}
