//! A request as the evaluator sees it: an address, an action, a resource, a principal, and context keys.
//!
//! Source for the keys: IAM User Guide, "AWS global condition context keys".

use crate::text::quoted;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The user whose key the plain request carries.
pub const PLAIN_PRINCIPAL: &str = "arn:aws:iam::111122223333:user/jenkins";

/// What is known of a context key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The request carries it with this value.
    Value(String),
    /// The request does not carry it.
    Absent,
    /// Nobody said.
    Unknown,
}

/// One request to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address that it comes from; `None`: it carries no `aws:SourceIp`.
    pub source: Option<IpAddr>,
    action: String,
    resource: String,
    principal: String,
    /// By lower-case key.
    context: BTreeMap<String, Known>,
}

/// Why there is no such request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A principal that is none.
    #[error(
        "{found} is no principal's ARN: write one such as arn:aws:iam::111122223333:user/jenkins, without wildcards"
    )]
    Principal {
        /// As written, safe to print.
        found: String,
    },
    /// A session's ARN, which `aws:PrincipalArn` never is.
    #[error(
        "{found} is a session: requests of it carry the ARN of its role as aws:PrincipalArn: write {role}"
    )]
    Session {
        /// As written, safe to print.
        found: String,
        /// The role's ARN, if it has no path.
        role: String,
    },
    /// An action that is none.
    #[error("{found} is no action: write service:Name, such as s3:ListAllMyBuckets, without wildcards")]
    Action {
        /// As written, safe to print.
        found: String,
    },
    /// A VPC or endpoint id that is none.
    #[error("{found} is no {what}")]
    Id {
        /// As written, safe to print.
        found: String,
        /// What was expected.
        what: &'static str,
    },
}

/// Keys that a plain request with a long-term access key does not carry.
const ABSENT: &[&str] = &[
    "aws:assumedroot",
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:chatbotsourcearn",
    "aws:ec2instancesourceprivateipv4",
    "aws:ec2instancesourcevpc",
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceidentity",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:tokenissuetime",
    "aws:vpcsourceip",
];

impl Request {
    /// A plain request with a long-term access key, without an address yet: the user
    /// [`PLAIN_PRINCIPAL`], `s3:ListAllMyBuckets` on `*`, not on behalf of anybody, no MFA, no VPC.
    pub fn plain() -> Self {
        let mut context: BTreeMap<_, _> =
            ABSENT.iter().map(|key| ((*key).to_owned(), Known::Absent)).collect();
        for key in ["aws:viaawsservice", "aws:principalisawsservice"] {
            context.insert(key.to_owned(), Known::Value("false".to_owned()));
        }
        Self {
            source: None,
            action: "s3:ListAllMyBuckets".to_owned(),
            resource: "*".to_owned(),
            principal: PLAIN_PRINCIPAL.to_owned(),
            context,
        }
    }

    /// The same from an address.
    #[must_use]
    pub fn from(mut self, source: IpAddr) -> Self {
        self.source = Some(source);
        self
    }

    /// The same with any context key as it may be.
    #[must_use]
    pub fn with(mut self, key: &str, known: Known) -> Self {
        self.context.insert(key.to_ascii_lowercase(), known);
        self
    }

    /// The same by somebody who signed in with MFA.
    #[must_use]
    pub fn with_mfa(self) -> Self {
        let yes = Known::Value("true".to_owned());
        self.with("aws:MultiFactorAuthPresent", yes).with("aws:MultiFactorAuthAge", Known::Unknown)
    }

    /// The same, made by an AWS service on the caller's behalf. Which service is not known.
    #[must_use]
    pub fn via_aws_service(self) -> Self {
        let called = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
        let request = self.with("aws:ViaAWSService", Known::Value("true".to_owned()));
        called.into_iter().fold(request, |request, key| request.with(key, Known::Unknown))
    }

    /// The same from a VPC, by its id or ARN. By the id alone its ARN is not known.
    pub fn from_vpc(self, vpc: &str) -> Result<Self, RequestError> {
        let id = vpc.rsplit_once("vpc/").map_or(vpc, |(_, id)| id);
        let arn = if id == vpc { Known::Unknown } else { Known::Value(vpc.to_owned()) };
        let is_id =
            id.strip_prefix("vpc-").is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain_char));
        if !is_id || (id != vpc && !is_arn(vpc)) {
            return Err(RequestError::Id { found: shown(vpc), what: "VPC: write vpc-… or its ARN" });
        }
        let vpc = self.with("aws:SourceVpc", Known::Value(id.to_owned())).with("aws:SourceVpcArn", arn);
        // The address within the VPC, which is there whenever the VPC is.
        Ok(vpc.with("aws:VpcSourceIp", Known::Unknown))
    }

    /// The same through a VPC endpoint.
    pub fn from_vpc_endpoint(self, id: &str) -> Result<Self, RequestError> {
        if !id.strip_prefix("vpce-").is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain_char)) {
            return Err(RequestError::Id { found: shown(id), what: "VPC endpoint: write vpce-…" });
        }
        let endpoint = self.with("aws:SourceVpce", Known::Value(id.to_owned()));
        Ok(endpoint.with("aws:VpcSourceIp", Known::Unknown))
    }

    /// The same by another principal.
    pub fn by(mut self, principal: &str) -> Result<Self, RequestError> {
        if !is_arn(principal) || principal.contains(['*', '?']) {
            return Err(RequestError::Principal { found: shown(principal) });
        }
        if let Some((head, tail)) = principal.split_once(":assumed-role/") {
            let role = tail.split('/').next().unwrap_or_default();
            let head = head.replacen(":sts:", ":iam:", 1);
            return Err(RequestError::Session {
                found: shown(principal),
                role: quoted(&format!("{head}:role/{role}"), 80),
            });
        }
        if !principal.contains(":user/") {
            // Who is no user has temporary credentials.
            self = self.with("aws:TokenIssueTime", Known::Unknown);
        }
        principal.clone_into(&mut self.principal);
        Ok(self)
    }

    /// The same for another action.
    pub fn action(mut self, action: &str) -> Result<Self, RequestError> {
        let part = |part: &str| !part.is_empty() && part.chars().all(plain_char);
        if !action.split_once(':').is_some_and(|(service, name)| part(service) && part(name)) {
            return Err(RequestError::Action { found: shown(action) });
        }
        action.clone_into(&mut self.action);
        Ok(self)
    }

    /// The same on another resource: an ARN, or `*`.
    #[must_use]
    pub fn on(mut self, resource: &str) -> Self {
        resource.clone_into(&mut self.resource);
        self
    }

    /// The action asked for.
    pub fn action_name(&self) -> &str {
        &self.action
    }

    /// The resource asked for.
    pub fn resource_arn(&self) -> &str {
        &self.resource
    }

    /// What is known of a context key, spelt in lower case. `aws:SourceIp` is not among them.
    pub fn known(&self, key: &str) -> Known {
        if let Some(known) = self.context.get(key) {
            return known.clone();
        }
        let user =
            self.principal.split_once(":user/").map(|(_, path)| path.rsplit('/').next().unwrap_or(path));
        match key {
            "aws:principalarn" => Known::Value(self.principal.clone()),
            "aws:principalaccount" => self
                .principal
                .split(':')
                .nth(4)
                .map_or(Known::Unknown, |account| Known::Value(account.to_owned())),
            "aws:username" => user.map_or(Known::Unknown, |name| Known::Value(name.to_owned())),
            _ => Known::Unknown,
        }
    }
}

fn shown(text: &str) -> String {
    format!("{:?}", quoted(text, 80))
}

fn plain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn is_arn(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_graphic());
    plain && text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_and_what_is_not() {
        let plain = Request::plain();
        assert_eq!(plain.known("aws:viaawsservice"), Known::Value("false".into()));
        assert_eq!(plain.known("aws:multifactorauthpresent"), Known::Absent);
        assert_eq!(plain.known("aws:username"), Known::Value("jenkins".into()));
        assert_eq!(plain.known("aws:principalaccount"), Known::Value("111122223333".into()));
        assert_eq!(plain.known("aws:requestedregion"), Known::Unknown);
        assert_eq!(plain.clone().via_aws_service().known("aws:calledvia"), Known::Unknown);
        let arn = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d";
        assert_eq!(
            plain.clone().from_vpc(arn).unwrap().known("aws:sourcevpc"),
            Known::Value("vpc-0a1b2c3d".into())
        );
        assert_eq!(plain.known("aws:vpcsourceip"), Known::Absent);
        let endpoint = plain.clone().from_vpc_endpoint("vpce-1").unwrap();
        assert_eq!(endpoint.known("aws:vpcsourceip"), Known::Unknown);
        let vpc = plain.from_vpc("vpc-1").unwrap();
        assert_eq!(vpc.known("aws:sourcevpcarn"), Known::Unknown);
        assert_eq!(vpc.known("aws:vpcsourceip"), Known::Unknown);
    }

    #[test]
    fn arguments_that_are_none_are_refused() {
        let session = Request::plain().by("arn:aws:sts::111122223333:assumed-role/Admin/me").unwrap_err();
        assert!(session.to_string().ends_with("write arn:aws:iam::111122223333:role/Admin"), "{session}");
        assert!(Request::plain().by("jenkins").is_err());
        assert!(Request::plain().by("arn:aws:iam::*:user/x").is_err());
        assert!(Request::plain().action("s3:*").is_err());
        assert!(Request::plain().action("ListBuckets").is_err());
        assert!(Request::plain().from_vpc("vpce-1").is_err());
        assert!(Request::plain().from_vpc_endpoint("vpc-1").is_err());
    }
}
