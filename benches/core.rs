//! Timings of what every key and every command waits for: `cargo bench`.

use divan::Bencher;
use keymoat::allowlist::{Allowlist, Date, Edit, Group, GroupAt, Range};
use keymoat::cidr::{Cidr, IpNet};
use keymoat::review::review;
use keymoat::text::Name;

fn main() {
    divan::main();
}

fn today() -> Date {
    "2026-11-22".parse().expect("a day")
}

/// `n` ranges from a fixed pseudo-random sequence: hosts and networks, some nested, some adjacent.
fn allowlist(n: usize) -> Allowlist {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let ranges = (0..n).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let length = [16, 20, 24, 24, 24, 28, 32, 32][(state >> 40) as usize % 8];
        let address = std::net::Ipv4Addr::from_bits((state as u32 & 0x3fff_ffff) | 0x4000_0000);
        let net = IpNet::new_assert(address.into(), length).trunc();
        Range::new(Cidr::from(net))
    });
    let mut allowlist = Allowlist::default();
    let at = GroupAt { category: 0, group: 0 };
    let mut group = Group::new(Name::new("Office").expect("a name"));
    group.ranges = ranges.collect();
    allowlist.apply(Edit::InsertGroup(at, group)).expect("an empty category");
    allowlist
}

#[divan::bench(args = [1_000, 100_000])]
fn read(bencher: Bencher, n: usize) {
    let text = allowlist(n).to_json();
    bencher.bench(|| Allowlist::from_json(text.as_bytes()));
}

#[divan::bench(args = [1_000, 100_000])]
fn write(bencher: Bencher, n: usize) {
    let allowlist = allowlist(n);
    bencher.bench(|| allowlist.to_json());
}

#[divan::bench(args = [100, 1_000, 100_000])]
fn whole_review(bencher: Bencher, n: usize) {
    let allowlist = allowlist(n);
    bencher.bench(|| review(&allowlist, today(), &[]));
}
