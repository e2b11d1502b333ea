//! Formats that are known, but not imported: they are refused by name, with what to do.

use super::{FORMATS, Outline};
use crate::exchange::ImportError;

/// What a JSON document is that no reader takes.
pub(super) fn say(outline: &Outline) -> ImportError {
    for (recognise, what, mend) in KNOWN {
        if recognise(outline) {
            return ImportError::NotImported { what, mend };
        }
    }
    ImportError::NotRecognised { known: FORMATS.map(|format| format.name).join(", ") }
}

type Known = (fn(&Outline) -> bool, &'static str, &'static str);

const AS_TEXT: &str = "write its CIDRs to a text file, one a line, with jq for example, and import that";

const KNOWN: [Known; 12] = [
    (
        |o| {
            o.first().get("type").text().eq_ignore_ascii_case("Microsoft.Network/natGateways")
                || o.first().has("publicIpPrefixes")
        },
        "the output of `az network nat gateway list`, which holds the ids of addresses but no address",
        "import the output of `az network public-ip list` and of `az network public-ip prefix list`",
    ),
    (
        |o| o.get("PrefixLists").is_list(),
        "the output of `aws ec2 describe-managed-prefix-lists`, which names lists but no address",
        "import the output of `aws ec2 get-managed-prefix-list-entries --prefix-list-id ID`",
    ),
    (|o| o.has("IPSet"), "the output of `aws wafv2 get-ip-set`, which keymoat does not import", AS_TEXT),
    (
        |o| o.get("items").first().has("mask_len") || o.get("items").first().has("product"),
        "Atlassian's list of address ranges, which keymoat does not import",
        AS_TEXT,
    ),
    (
        |o| o.get("result").first().has("ip") || o.get("result").is_list(),
        "a list of Cloudflare's, which keymoat does not import",
        AS_TEXT,
    ),
    (
        |o| o.get("data").get("organization").has("ipAllowListEntries") || o.get("data").has("enterprise"),
        "the IP allow list of a GitHub organization, which keymoat does not import",
        AS_TEXT,
    ),
    (
        |o| o.get("results").first().has("cidrBlock"),
        "the access list of MongoDB Atlas, which keymoat does not import",
        AS_TEXT,
    ),
    (
        |o| o.has("terraform_version") && o.get("resources").is_list(),
        "a state file of Terraform's",
        "import the output of `terraform show -json`",
    ),
    (
        |o| o.has("NatGateway") || o.get("Reservations").is_list(),
        "another output of `aws ec2`",
        "import the output of `aws ec2 describe-nat-gateways` or `aws ec2 describe-addresses`",
    ),
    (
        |o| o.get("PolicyVersion").get("Document").text() != "" || o.has("Policy"),
        "an answer about a policy without its document",
        "import the output of `aws iam get-policy-version --policy-arn ARN --version-id ID`",
    ),
    (
        |o| {
            o.first().get("kind").text().starts_with("compute#router")
                || o.get("kind").text().starts_with("compute#router")
        },
        "a Cloud Router's settings, which hold no addresses of their own",
        "import the output of `gcloud compute routers get-status ROUTER --region REGION --format=json`",
    ),
    (
        |o| o.get("data").is_list() && *o.get("data").first() == Outline::Other,
        "an empty list",
        "name its format with --format",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::testing::error;

    #[test]
    fn a_known_format_is_refused_by_its_name() {
        assert!(
            error(r#"{"PrefixLists": [{"PrefixListId": "pl-1"}]}"#)
                .contains("get-managed-prefix-list-entries")
        );
        assert!(error(r#"{"IPSet": {"Addresses": []}}"#).contains("get-ip-set"));
        assert!(
            error(r#"{"version": 4, "terraform_version": "1", "resources": []}"#)
                .contains("terraform show -json")
        );
        assert!(error(r#"{"x": 1}"#).contains("--format"));
        assert!(error("[]").contains("--format"));
    }
}
