//! What is refused, what is kept and what is replaced when commands save.

use crate::desk::{Desk, POLICY, answer};
use std::fs;

const ADD: &str = "add --category data-center --group DC 198.51.102.0/24";

#[test]
fn a_foreign_file_in_the_policys_place_stays_unless_told() {
    let desk = Desk::with_office();
    let mine = "{\"Version\": \"2012-10-17\", \"Statement\": []}";
    desk.write(POLICY, mine);
    desk.run(ADD)
        .exits(1)
        .says("wrote a.json")
        .warns("the allowlist was saved")
        .warns(POLICY)
        .warns("--force");
    assert_eq!(desk.read(POLICY), mine);
    assert!(desk.read("a.json").contains("198.51.102.0/24"));
    desk.run("policy --write").exits(2).silent().warns("--force");
    assert_eq!(desk.read(POLICY), mine);
    desk.run("policy --write --force").exits(0);
    desk.run("policy --check").exits(0);
}

#[test]
fn a_policy_of_keymoats_shape_may_be_replaced_whoever_wrote_it() {
    let desk = Desk::with_office();
    let other = Desk::with_office();
    other.run("set sid Theirs").exits(0);
    other.run("set target scp").exits(0);
    desk.write(POLICY, &other.read(POLICY));
    desk.run(ADD).exits(0).says(POLICY);
    desk.run("policy --check").exits(0);
}

#[test]
fn the_allowlist_is_never_overwritten_by_its_policy() {
    let desk = Desk::empty();
    let at =
        |arguments: &[&str]| answer(desk.command().args(["-f", POLICY]).args(arguments).output().unwrap());
    at(&["init"]).exits(0);
    let add = ["add", "--category", "data-center", "--group", "DC", "198.51.102.0/24"];
    at(&add).exits(1).warns("the allowlist itself");
    let check = at(&["policy", "--check"]).exits(1).silent().warns("the allowlist itself");
    assert!(!check.err.contains("fixes it"), "{check:?}");
    at(&["policy", "--write", "--force"]).exits(2).warns("the allowlist itself");
    assert!(desk.read(POLICY).contains("\"categories\""));
    at(&["set", "name", "Other"]).exits(0).says("Other.json");
}

#[cfg(unix)]
#[test]
fn the_allowlist_is_recognised_through_a_link() {
    let desk = Desk::with_office();
    for link in [fs::hard_link::<_, _>, |a, b| std::os::unix::fs::symlink(a, b)] {
        fs::remove_file(desk.path(POLICY)).unwrap();
        link(desk.path("a.json"), desk.path(POLICY)).unwrap();
        desk.run("policy --write --force").exits(2).warns("the allowlist itself");
        assert!(desk.read("a.json").contains("\"categories\""));
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_kept_and_so_are_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::with_office();
    fs::create_dir(desk.path("real")).unwrap();
    fs::rename(desk.path("a.json"), desk.path("real/list.json")).unwrap();
    symlink("real/list.json", desk.path("a.json")).unwrap();
    fs::set_permissions(desk.path("real/list.json"), fs::Permissions::from_mode(0o640)).unwrap();
    desk.run(ADD).exits(0);
    assert!(fs::symlink_metadata(desk.path("a.json")).unwrap().is_symlink());
    assert!(desk.read("real/list.json").contains("198.51.102.0/24"));
    assert_eq!(fs::metadata(desk.path("real/list.json")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(desk.path("real").join(POLICY).exists());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let desk = Desk::empty();
    fs::create_dir(desk.path("folder")).unwrap();
    let run =
        |file: &str, command: &str| answer(desk.command().args(["-f", file, command]).output().unwrap());
    run("folder", "show").exits(2).silent().warns("a folder");
    run("/dev/null", "show").exits(2).silent().warns("a device");
    run("folder", "init").exits(2).silent();
    run("", "show").exits(2).silent();
    let fifo = desk.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    run("fifo", "show").exits(2).silent().warns("a pipe");
    run("fifo", "init").exits(2).silent();
    let _socket = std::os::unix::net::UnixListener::bind(desk.path("socket")).unwrap();
    run("socket", "check").exits(2).silent().warns("a socket");
    run("a.json/x", "show").exits(2).silent();
    std::os::unix::fs::symlink("loop", desk.path("loop")).unwrap();
    run("loop", "show").exits(2).silent();
    let large = fs::File::create(desk.path("large")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    run("large", "check").exits(2).silent().warns("64 MiB");
}

#[cfg(target_os = "linux")]
#[test]
fn what_never_ends_is_not_read_for_ever() {
    let desk = Desk::with_office();
    for command in ["diff /dev/zero", "prove /dev/zero", "import --category data-center --group G /dev/zero"]
    {
        desk.run(command).exits(2).silent().warns("64 MiB");
    }
}

#[test]
fn something_else_in_the_policys_place_stops_the_save() {
    let desk = Desk::with_office();
    let before = desk.read("a.json");
    fs::remove_file(desk.path(POLICY)).unwrap();
    fs::create_dir(desk.path(POLICY)).unwrap();
    desk.run(ADD).exits(2).silent().warns("a folder");
    assert_eq!(desk.read("a.json"), before);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_office();
    let before = desk.snapshot();
    for file in ["a.json", POLICY] {
        fs::set_permissions(desk.path(file), fs::Permissions::from_mode(0o444)).unwrap();
        desk.run(ADD).exits(2).silent().warns("read-only");
        fs::set_permissions(desk.path(file), fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(desk.snapshot(), before);
    }
}

#[test]
fn what_an_interrupted_save_left_is_mended_by_the_next_command_that_writes() {
    let desk = Desk::with_office();
    let policy = desk.read(POLICY);
    desk.run(ADD).exits(0);
    let newer = desk.read(POLICY);
    desk.write(POLICY, &policy);
    desk.write(".a.json.keymoat-tmp", "{");
    desk.run("show").exits(0);
    assert_eq!(desk.read(POLICY), policy);
    desk.run(ADD).exits(0).says("already there").says("wrote IP_Whitelist");
    assert_eq!(desk.read(POLICY), newer);
    assert_eq!(desk.names(), [POLICY, "a.json"]);
}

#[test]
fn two_that_add_at_the_same_time_both_succeed() {
    let desk = Desk::with_office();
    let add = |group: &'static str, net: u32| {
        let desk = &desk;
        move || {
            for i in 0..20 {
                desk.run(&format!("add --category data-center --group {group} 198.51.{net}.{i}")).exits(0);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(add("A", 102));
        scope.spawn(add("B", 103));
    });
    assert_eq!(desk.run("show --json").json()["totals"]["ranges"], 42);
    desk.run("policy --check").exits(0);
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_files() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    let mut shell = std::process::Command::new("sh");
    // A file may have no bytes at all, and the signal that would say so is ignored.
    shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_keymoat")]);
    let full = shell.current_dir(desk.path("")).args(["-f", "a.json"]).args(ADD.split(' ')).output().unwrap();
    answer(full).exits(2).silent().warns("a.json").warns("ulimit");
    assert_eq!(desk.snapshot(), before);
}

#[cfg(unix)]
#[test]
fn what_a_save_cannot_keep_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_office();
    fs::hard_link(desk.path("a.json"), desk.path("other")).unwrap();
    fs::set_permissions(desk.path("a.json"), fs::Permissions::from_mode(0o666)).unwrap();
    desk.run(ADD).exits(0).warns("hard link").warns("chmod o-w");
}

#[cfg(unix)]
#[test]
fn a_policy_that_cannot_be_written_after_the_allowlist_is_told() {
    let desk = Desk::with_office();
    fs::remove_file(desk.path(POLICY)).unwrap();
    std::os::unix::fs::symlink("gone/policy.json", desk.path(POLICY)).unwrap();
    desk.run(ADD)
        .exits(1)
        .says("wrote a.json\n")
        .warns("the allowlist was saved, but no policy was written")
        .warns("gone/policy.json");
    assert!(desk.read("a.json").contains("198.51.102.0/24"));
    desk.run("history").exits(0).says("added 198.51.102.0/24");
    desk.run("policy --write").exits(2).silent();
}
