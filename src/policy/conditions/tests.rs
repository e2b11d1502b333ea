use super::*;

fn test(operator: &str, key: &str, values: &[&str]) -> Result<Test, String> {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    compile(&Condition { operator: operator.to_owned(), key: key.to_owned(), values })
}

/// What a condition says of an absent key and of values, as a word of `t`, `f` and `?`.
fn says(operator: &str, policy: &[&str], request: &[&str]) -> String {
    let Test::Key(test) = test(operator, "aws:k", policy).unwrap() else { unreachable!() };
    let letter = |held: Option<bool>| held.map_or('?', |held| if held { 't' } else { 'f' });
    let absent = letter(Some(test.absent));
    std::iter::once(absent).chain(request.iter().map(|value| letter(test.holds_for(value)))).collect()
}

#[test]
fn text_operators_and_absence() {
    assert_eq!(says("StringEquals", &["a", "b"], &["a", "b", "A", "c"]), "fttff");
    assert_eq!(says("StringNotEquals", &["a", "b"], &["a", "b", "A", "c"]), "tfftt");
    assert_eq!(says("stringequalsifexists", &["a"], &["a", "b"]), "ttf");
    assert_eq!(says("StringNotEqualsIfExists", &["a"], &["a", "b"]), "tft");
    assert_eq!(says("StringEqualsIgnoreCase", &["aB"], &["Ab", "b"]), "ftf");
    assert_eq!(says("StringLike", &["a*c"], &["abc", "ac", "ab", "a*c"]), "fttft");
    assert_eq!(says("StringEquals", &["a*c"], &["abc", "a*c"]), "fft");
    assert_eq!(says("StringNotLike", &["a?"], &["ab", "a"]), "tft");
    assert_eq!(says("ForAllValues:StringLike", &["a"], &["a", "b"]), "ttf");
    assert_eq!(says("ForAnyValue:StringNotEquals", &["a"], &["a", "b"]), "fft");
}

#[test]
fn arns_are_compared_part_by_part() {
    let (user, role) = ("arn:aws:iam::111122223333:user/a:b/c", "arn:aws:iam::111122223333:role/a");
    assert_eq!(says("ArnLike", &["arn:aws:iam::*:user/*"], &[user, role]), "ftf");
    assert_eq!(says("ArnEquals", &["arn:aws:iam::*:user/*"], &[user, role]), "ftf");
    assert_eq!(says("ArnNotLikeIfExists", &["arn:*:iam::*:*"], &[user, role, "x"]), "tfft");
    assert_eq!(says("ArnLike", &["arn:aws:*:*:*:a"], &["arn:aws:iam:::user:a"]), "ff");
    assert!(test("ArnLike", "aws:PrincipalArn", &["*"]).is_err());
}

#[test]
fn booleans_null_numbers_and_dates() {
    assert_eq!(says("Bool", &["false"], &["false", "true"]), "ftf");
    assert_eq!(says("BoolIfExists", &["false"], &["false", "true"]), "ttf");
    assert_eq!(says("Null", &["true"], &["x"]), "tf");
    assert_eq!(says("null", &["false"], &["x"]), "ft");
    assert_eq!(says("Null", &["false", "true"], &["x"]), "tt");
    assert_eq!(says("NumericLessThan", &["3600"], &["3599", "3600", "x"]), "ftf?");
    assert_eq!(says("NumericNotEqualsIfExists", &["1.0"], &["1", "2"]), "tft");
    let times = ["2027-05-21T23:59:59Z", "2027-05-22T00:00:00Z", "1811030400", "soon"];
    assert_eq!(says("DateGreaterThanEquals", &["2027-05-22"], &times), "fftt?");
    assert_eq!(says("IpAddress", &["10.0.0.0/8", "::1"], &["10.9.9.9", "::1", "11.0.0.0", "me"]), "fttf?");
}

#[test]
fn sources_are_sets() {
    let source = |operator: &str, values: &[&str]| match test(operator, "AWS:sourceip", values).unwrap() {
        Test::Source(source) => (source.addresses.contains("10.0.0.1".parse().unwrap()), source.absent),
        Test::Key(_) => unreachable!(),
    };
    assert_eq!(source("IpAddress", &["10.0.0.1"]), (true, false));
    assert_eq!(source("IpAddressIfExists", &["10.0.0.1"]), (true, true));
    assert_eq!(source("NotIpAddress", &["10.0.0.0/31"]), (false, true));
    assert_eq!(source("NotIpAddressIfExists", &["::/0"]), (true, true));
    assert_eq!(source("Null", &["true"]), (false, true));
}

#[test]
fn what_cannot_be_decided_is_an_error() {
    assert!(test("FooEquals", "aws:k", &["a"]).is_err());
    assert!(test("BinaryEquals", "aws:k", &["a"]).is_err());
    assert!(test("NullIfExists", "aws:k", &["true"]).is_err());
    assert!(test("ForSomeValues:StringLike", "aws:k", &["a"]).is_err());
    assert!(test("StringLike", "aws:k", &["${aws:username}"]).unwrap_err().contains("policy variable"));
    assert!(test("Bool", "aws:ViaAWSService", &["False"]).is_err());
    for value in ["010.0.0.1", "10.0.0.1/24", "", "10.0.0.0/33", "::ffff:10.0.0.0/104", "office"] {
        assert!(
            test("NotIpAddress", "aws:SourceIp", &[value]).unwrap_err().contains("is no CIDR"),
            "{value}"
        );
    }
    assert!(test("StringLike", "aws:SourceIp", &["10.*"]).is_err());
}
