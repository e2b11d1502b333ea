//! `cloudflare`: <https://api.cloudflare.com/client/v4/ips>.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "cloudflare",
    from: "https://api.cloudflare.com/client/v4/ips",
    category: Some(Kind::OtherCloud),
    shared_by: Some("Cloudflare"),
    keys: &["list"],
    same_source: SameSource::Anywhere,
    recognise: |outline| {
        let result = outline.get("result");
        result.get("ipv4_cidrs").is_list() || result.get("ipv6_cidrs").is_list()
    },
    read,
};

#[derive(serde::Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    result: Object<Ips<'a>>,
}

#[derive(serde::Deserialize)]
struct Ips<'a> {
    #[serde(borrow, default)]
    ipv4_cidrs: Vec<Str<'a>>,
    #[serde(borrow, default)]
    ipv6_cidrs: Vec<Str<'a>>,
    #[serde(borrow, default)]
    jdcloud_cidrs: Vec<Str<'a>>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(Answer { result: Object(ips) }) = content.json::<Object<Answer>>()?;
    let mut found = Found::default();
    found.knows_source(FORMAT.name);
    for (list, cidrs) in
        [("ipv4", &ips.ipv4_cidrs), ("ipv6", &ips.ipv6_cidrs), ("jdcloud", &ips.jdcloud_cidrs)]
    {
        for cidr in cidrs {
            let draft = Draft::new(content.place(cidr.raw), cidr.text.as_ref()).label("Cloudflare");
            found.push(draft.source(FORMAT.name).group("Cloudflare").with("list", list));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;

    #[test]
    fn both_families() {
        let file = r#"{"result": {"ipv4_cidrs": ["203.0.114.0/26"], "ipv6_cidrs": ["2600:1f18::/36"], "etag": "x"}, "success": true}"#;
        assert_eq!(lines(file), ["1 203.0.114.0/26 Cloudflare", "1 2600:1f18::/36 Cloudflare"]);
    }
}
