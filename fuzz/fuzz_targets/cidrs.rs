//! Any text as a list of CIDRs: what parses prints and parses again, what does not has words, and the set of
//! all has the fewest prefixes for the same addresses.
#![no_main]

use keymoat::cidr::{AddressSet, Cidr};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut nets = Vec::new();
    for token in text.split(['\n', ',']) {
        match token.parse::<Cidr>() {
            Ok(cidr) => {
                assert_eq!(cidr.to_string().parse::<Cidr>(), Ok(cidr));
                assert_eq!(cidr.net().trunc(), cidr.net());
                nets.push(cidr.net());
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                for mend in error.mends() {
                    assert!(mend.cidrs.iter().all(|cidr| cidr.to_string().parse::<Cidr>() == Ok(*cidr)));
                }
            }
        }
    }
    let set = AddressSet::from_prefixes(nets.iter().copied());
    let cover: Vec<_> = set.prefixes().collect();
    assert!(cover.len() <= nets.len());
    assert_eq!(AddressSet::from_prefixes(cover), set);
    assert_eq!(set.complement().complement(), set);
    assert!(nets.iter().all(|net| set.contains(net.network()) && set.contains(net.broadcast())));
});
