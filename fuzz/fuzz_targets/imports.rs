//! Any bytes as a file to import, the format by the first byte (or recognised): what is planned applies, undoes,
//! and changes nothing when it is imported again.
#![no_main]

use keymoat::allowlist::{Allowlist, Date};
use keymoat::exchange::{Options, plan, read};
use keymoat::text::Name;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let format = read::FORMATS.get(usize::from(*first) % (read::FORMATS.len() + 1)).copied();
    let today: Date = "2026-11-22".parse().expect("a day");
    let take = |allowlist: &Allowlist| {
        let reading = read::read(rest, "fuzz.txt", format)?;
        let group = Some(Name::new("Imported").expect("a name"));
        let options = Options { category: Some("data-center"), group, sync: false, skip_bad: true, only: &[] };
        plan(allowlist, reading, &options, today)
    };
    let mut allowlist = Allowlist::default();
    match take(&allowlist) {
        Err(error) => assert!(!error.to_string().chars().any(keymoat::text::is_forbidden), "{error}"),
        Ok(planned) => {
            let Some(edit) = planned.edit else { return };
            let inverse = allowlist.apply(edit).expect("what is planned applies");
            let text = allowlist.to_json();
            assert_eq!(Allowlist::from_json(text.as_bytes()).expect("readable"), allowlist);
            let again = take(&allowlist).expect("what was read once is read again");
            assert!(again.edit.is_none(), "importing again changes something");
            allowlist.apply(inverse).expect("its inverse applies");
            assert_eq!(allowlist, Allowlist::default());
        }
    }
});
