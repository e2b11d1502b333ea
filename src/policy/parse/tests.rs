use super::*;

fn error(text: &str) -> String {
    parse_document(text.as_bytes()).unwrap_err().to_string()
}

fn statement(rest: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", {rest}}}]}}"#)
}

#[test]
fn one_or_a_list_wherever_aws_takes_both() {
    let text = r#"{"Statement": {"Effect": "Deny", "NotAction": "sts:*", "Resource": ["*"],
        "Condition": {"Bool": {"aws:ViaAWSService": false}, "NumericLessThan": {"a:b": [1, "2"]}}}}"#;
    let document = parse_document(text.as_bytes()).unwrap();
    let statement = &document.statements[0];
    assert_eq!((document.version, statement.actions.inverted), (None, true));
    assert_eq!(statement.conditions[0].values, ["false"]);
    assert_eq!(statement.conditions[1].values, ["1", "2"]);
}

#[test]
fn the_envelope_of_the_command_line_is_taken_off() {
    let bare = statement(r#""Action": "*", "Resource": "*""#);
    let whole = format!(
        r#"{{"PolicyVersion": {{"Document": {bare}, "VersionId": "v3", "IsDefaultVersion": true}}}}"#
    );
    assert_eq!(parse_document(whole.as_bytes()), parse_document(bare.as_bytes()));
    assert_eq!(parse_documents(format!("{bare}\n{whole} ").as_bytes()).unwrap().len(), 2);
    let encoded = r#"{"PolicyVersion": {"Document": "%7B%22Version"}}"#;
    assert!(error(encoded).contains("URL-encoded"), "{}", error(encoded));
}

#[test]
fn white_space_between_parts_does_not_count() {
    let document = parse_document(b"{ \"Statement\": [\n{\"Sid\": \"a \\\" b\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"} ] }");
    let minified = r#"{"Statement":[{"Sid":"a \" b","Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    assert_eq!(document.unwrap().size, minified.len());
}

#[test]
fn what_two_readers_could_understand_in_two_ways_is_refused_with_its_place() {
    let both = r#""Action": "*", "Resource": "*""#;
    for (text, words) in [
        (statement(&format!("{both}, \"Action\": \"s3:*\"")), "duplicate key \"Action\""),
        (
            statement(&format!(r#"{both}, "Condition": {{"Bool": {{"a": "b"}}, "bool": {{"a": "b"}}}}"#)),
            "duplicate key",
        ),
        (
            statement(&format!(r#"{both}, "Condition": {{"Bool": {{"a:B": "b", "a:b": "b"}}}}"#)),
            "duplicate key \"a:b\"",
        ),
        (statement(&format!(r#"{both}, "Condition": {{"Bool": {{"a": []}}}}"#)), "the list is empty"),
        (statement(&format!(r#"{both}, "Condition": {{"Bool": {{"a": null}}}}"#)), "found null"),
        (statement(&format!(r#"{both}, "Condition": {{"Bool": {{"a": [["b"]]}}}}"#)), "found sequence"),
        (statement(&format!(r#"{both}, "NotAction": "s3:*""#)), "both of, Action and NotAction"),
        (statement(r#""Action": "*""#), "Resource and NotResource"),
        (statement(r#""Action": true, "Resource": "*""#), "expected a string or a list"),
        (statement(&format!(r#"{both}, "Principal": "*""#)), "a Principal"),
        (statement(&format!(r#"{both}, "condition": {{}}"#)), "unknown key \"condition\""),
        (statement(&format!(r#"{both}, "Effect": "Allow""#)), "duplicate key \"Effect\""),
        (r#"{"Statement": [{"Effect": "deny", "Action": "*", "Resource": "*"}]}"#.into(), "deny"),
        (r#"{"Version": "2012-10-18", "Statement": []}"#.into(), "2012-10-17"),
        (r#"{"Version": "2012-10-17"}"#.into(), "no Statement"),
        (r#"{"Statement": []}"#.into(), "Statement is empty"),
        ("[]".into(), "expected an object"),
        ("{}{}".into(), "no Statement"),
        (format!("{}x", statement(both)), "follows the document"),
    ] {
        let said = error(&text);
        assert!(said.contains(words), "{said}");
        let place: Vec<&str> = said.splitn(3, ':').collect();
        assert!(place[0].parse::<u32>().is_ok() && place[1].parse::<u32>().is_ok(), "{said}");
    }
}

#[test]
fn deep_and_long_documents_end() {
    assert!(parse_document("[".repeat(1_000_000).as_bytes()).is_err());
    let deep = format!(r#"{{"Statement": {}"#, "{\"Condition\":".repeat(100_000));
    assert!(parse_document(deep.as_bytes()).is_err());
    let long = statement(&format!(r#""Action": [{}"x"], "Resource": "*""#, "\"s3:Get*\",".repeat(500_000)));
    assert_eq!(parse_document(long.as_bytes()).unwrap().statements[0].actions.patterns.len(), 500_001);
}
