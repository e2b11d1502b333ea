//! Prints random cases for a comparison with an evaluator that others wrote, one JSON object a line:
//! `policies`, `requests`, and `keymoat`, its verdict on each. `verdict_cases SEED COUNT`.
//!
//! Half are documents that keymoat writes for random allowlists, half are statements of random operators
//! on the keys that address policies use. The same arguments give the same cases.

use keymoat::allowlist::{Allowlist, Edit, Group, GroupAt, PolicySettings, Range, SettingKey};
use keymoat::cidr::Cidr;
use keymoat::policy::{Fence, Known, PolicyDocument, Request, Verdict, evaluate, parse_document, write};
use serde_json::{Map, Value, json};

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const VPCS: &[&str] = &["vpc-0a1b2c3d", "vpc-0a1b2c3e", "vpc-0123456789abcdef0"];
const VPC_ARNS: &[&str] = &[
    "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d",
    "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0a1b2c3e",
];
const ENDPOINTS: &[&str] = &["vpce-0a1b2c3d", "vpce-0a1b2c3e"];
const PRINCIPALS: &[&str] = &[
    "arn:aws:iam::111122223333:user/jenkins",
    "arn:aws:iam::111122223333:user/ci/deploy",
    "arn:aws:iam::111122223333:user/ci/nightly",
    "arn:aws:iam::444455556666:user/jenkins",
];
const PATTERNS: &[&str] = &[
    "arn:aws:iam::111122223333:user/ci/*",
    "arn:aws:iam::*:user/jenkins",
    "arn:aws:iam::111122223333:user/jenkin?",
    "arn:aws:iam::444455556666:*",
];
const ACTIONS: &[&str] =
    &["s3:ListAllMyBuckets", "sts:GetCallerIdentity", "ec2:DescribeInstances", "iam:ListUsers"];
const ACTION_PATTERNS: &[&str] =
    &["*", "s3:*", "S3:list*", "sts:GetCallerIdentity", "ec2:Describe*", "iam:List?sers"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<u64> = std::env::args().skip(1).map(|text| text.parse()).collect::<Result<_, _>>()?;
    let [seed, count] = numbers[..] else { return Err("usage: verdict_cases SEED COUNT".into()) };
    let mut random = Random(seed);
    for number in 0..count {
        let (policies, nets) = if number % 2 == 0 { own(&mut random)? } else { others(&mut random) };
        let documents: Vec<PolicyDocument> = policies
            .iter()
            .map(|policy| parse_document(policy.to_string().as_bytes()))
            .collect::<Result<_, _>>()?;
        let (mut requests, mut verdicts) = (Vec::new(), Vec::new());
        for _ in 0..16 {
            let (request, shown) = request(&mut random, &nets)?;
            verdicts.push(match evaluate(&documents, &request) {
                Ok(Verdict::Allowed) => "allowed".to_owned(),
                Ok(Verdict::Denied(_)) => "denied".to_owned(),
                Err(undecided) => format!("undecided: {undecided}"),
            });
            requests.push(shown);
        }
        println!("{}", json!({"policies": policies, "requests": requests, "keymoat": verdicts}));
    }
    Ok(())
}

fn net(random: &mut Random) -> String {
    let word = random.next();
    if random.chance(25) {
        let length = [32, 48, 56, 64, 127, 128][random.below(6)];
        let address =
            std::net::Ipv6Addr::from((0x2001 << 112) | (u128::from(word) << 48) | u128::from(word >> 40));
        return ipnet::IpNet::new_assert(address.into(), length).trunc().to_string();
    }
    let length = [12, 16, 20, 24, 28, 31, 32][random.below(7)];
    let address = std::net::Ipv4Addr::from((word as u32) | 0x0100_0000);
    let net = ipnet::IpNet::new_assert(address.into(), length).trunc();
    if random.chance(50) { net.to_string().trim_end_matches("/32").to_owned() } else { net.to_string() }
}

/// Documents that keymoat writes.
fn own(random: &mut Random) -> Result<(Vec<Value>, Vec<String>), Box<dyn std::error::Error>> {
    // Two in eight need more than one document.
    let count = if random.chance(25) { 330 + random.below(300) } else { 1 + random.below(20) };
    let nets: Vec<String> = (0..count).map(|_| net(random)).collect();
    let mut settings = PolicySettings::default();
    let mut set = |key: &str, value: &str| -> Result<(), Box<dyn std::error::Error>> {
        settings = SettingKey::find(key)?.with(&settings, value)?;
        Ok(())
    };
    if random.chance(25) {
        set("target", "scp")?;
    }
    set("exempt.mfa", random.one(&["true", "false"]))?;
    set("exempt.aws_services", random.one(&["true", "false"]))?;
    for (key, values) in [
        ("exempt.vpcs", [VPCS, VPC_ARNS].concat()),
        ("exempt.vpc_endpoints", ENDPOINTS.to_vec()),
        ("exempt.principals", [PRINCIPALS, PATTERNS].concat()),
        ("exempt.actions", ACTION_PATTERNS[2..].to_vec()),
        ("applies_to", PATTERNS.to_vec()),
    ] {
        if random.chance(35) {
            set(key, &format!("{},{}", random.one(&values), random.one(&values)))?;
        }
    }
    let mut group = Group::new("g".parse()?);
    group.ranges = nets.iter().map(|net| net.parse::<Cidr>().map(Range::new)).collect::<Result<_, _>>()?;
    let mut allowlist = Allowlist::default();
    allowlist.apply(Edit::InsertGroup(GroupAt { category: 0, group: 0 }, group))?;
    allowlist.apply(Edit::SetPolicy(Box::new(settings)))?;
    let documents = write(&Fence::new(&allowlist, "2026-11-22".parse()?)?)?.documents;
    let policies =
        documents.iter().map(|document| serde_json::from_str(&document.text)).collect::<Result<_, _>>()?;
    Ok((policies, nets))
}

/// Documents of random statements.
fn others(random: &mut Random) -> (Vec<Value>, Vec<String>) {
    let mut nets: Vec<String> = Vec::new();
    let documents = (0..=random.below(2)).map(|_| {
        let statements: Vec<Value> = (0..=random.below(3)).map(|_| statement(random, &mut nets)).collect();
        let one = statements.len() == 1 && random.chance(50);
        json!({"Version": "2012-10-17", "Statement": if one { statements[0].clone() } else { statements.into() }})
    });
    (documents.collect(), nets)
}

fn statement(random: &mut Random, nets: &mut Vec<String>) -> Value {
    let mut statement = Map::new();
    statement.insert("Effect".into(), if random.chance(85) { "Deny" } else { "Allow" }.into());
    let key = if random.chance(70) { "Action" } else { "NotAction" };
    let patterns = if key == "Action" { ACTION_PATTERNS } else { &ACTION_PATTERNS[1..] };
    statement.insert(key.into(), list(random, patterns));
    statement.insert("Resource".into(), "*".into());
    let mut block = Map::new();
    for _ in 0..random.below(4) {
        let (operator, key, value) = condition(random, nets);
        let keys = block.entry(operator).or_insert_with(|| json!({}));
        keys[key] = value;
    }
    if !block.is_empty() {
        statement.insert("Condition".into(), block.into());
    }
    statement.into()
}

fn list(random: &mut Random, of: &[&str]) -> Value {
    if random.chance(40) {
        return random.one(of).into();
    }
    (0..=random.below(3)).map(|_| random.one(of)).collect::<Vec<_>>().into()
}

fn condition(random: &mut Random, nets: &mut Vec<String>) -> (String, &'static str, Value) {
    let suffix = random.one(&["", "IfExists"]);
    let not = random.one(&["", "Not"]);
    match random.below(8) {
        0..3 => {
            let new: Vec<String> = (0..=random.below(3)).map(|_| net(random)).collect();
            nets.extend_from_slice(&new);
            (format!("{not}IpAddress{suffix}"), "aws:SourceIp", json!(new))
        }
        3 => {
            let key = random.one(&["aws:MultiFactorAuthPresent", "aws:ViaAWSService"]);
            (format!("Bool{suffix}"), key, random.one(&["true", "false"]).into())
        }
        4 => {
            let key = random.one(&[
                "aws:MultiFactorAuthPresent",
                "aws:SourceVpc",
                "aws:SourceVpce",
                "aws:SourceIp",
            ]);
            ("Null".into(), key, random.one(&["true", "false"]).into())
        }
        5 => {
            let kind = random.one(&["Equals", "Like"]);
            if random.chance(50) {
                (format!("String{not}{kind}{suffix}"), "aws:SourceVpc", list(random, VPCS))
            } else {
                (format!("String{not}{kind}{suffix}"), "aws:SourceVpce", list(random, ENDPOINTS))
            }
        }
        6 => {
            let kind = random.one(&["Equals", "Like"]);
            let all = [PRINCIPALS, PATTERNS].concat();
            (format!("Arn{not}{kind}{suffix}"), "aws:PrincipalArn", list(random, &all))
        }
        _ => {
            let order = random.one(&["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"]);
            (format!("Numeric{order}{suffix}"), "aws:MultiFactorAuthAge", random.one(&["600", "3600"]).into())
        }
    }
}

/// A request, and the same as the other evaluator reads it: from the first or last address of a network or
/// from one beside it, with some of the exemptions' keys.
fn request(random: &mut Random, nets: &[String]) -> Result<(Request, Value), Box<dyn std::error::Error>> {
    let (mut request, mut context) = (Request::plain(), Map::new());
    let mut shown = Map::new();
    if random.chance(92) {
        let address = address(random, nets)?;
        request = request.from(address);
        shown.insert("sourceIp".into(), address.to_string().into());
    }
    let mut keys: Vec<(&str, &str)> =
        vec![("aws:ViaAWSService", if random.chance(12) { "true" } else { "false" })];
    if random.chance(20) {
        keys.push(("aws:MultiFactorAuthPresent", random.one(&["true", "false"])));
        keys.push(("aws:MultiFactorAuthAge", random.one(&["1", "600", "601", "3600", "86400"])));
    }
    if random.chance(15) {
        keys.push(("aws:SourceVpc", random.one(VPCS)));
        keys.push(("aws:SourceVpcArn", random.one(VPC_ARNS)));
    }
    if random.chance(15) {
        keys.push(("aws:SourceVpce", random.one(ENDPOINTS)));
    }
    for (key, value) in keys {
        request = request.with(key, Known::Value(value.to_owned()));
        context.insert(key.to_owned(), value.into());
    }
    if random.chance(40) {
        let principal = random.one(PRINCIPALS);
        request = request.by(principal)?;
        shown.insert("principal".into(), principal.into());
    }
    if random.chance(30) {
        let action = random.one(ACTIONS);
        request = request.action(action)?;
        shown.insert("action".into(), action.into());
    }
    shown.insert("context".into(), context.into());
    Ok((request, shown.into()))
}

fn address(random: &mut Random, nets: &[String]) -> Result<std::net::IpAddr, Box<dyn std::error::Error>> {
    if nets.is_empty() || random.chance(10) {
        return Ok(net(random).parse::<Cidr>()?.net().addr());
    }
    let net = nets[random.below(nets.len())].parse::<Cidr>()?.net();
    let step = |address: std::net::IpAddr, by: i8| match address {
        std::net::IpAddr::V4(a) => {
            std::net::Ipv4Addr::from(u32::from(a).wrapping_add_signed(by.into())).into()
        }
        std::net::IpAddr::V6(a) => {
            std::net::Ipv6Addr::from(u128::from(a).wrapping_add_signed(by.into())).into()
        }
    };
    Ok(match random.below(4) {
        0 => net.network(),
        1 => net.broadcast(),
        2 => step(net.network(), -1),
        _ => step(net.broadcast(), 1),
    })
}
