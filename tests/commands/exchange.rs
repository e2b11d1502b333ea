//! `import` and `export` on the command line; the formats themselves are tested in their room.

use crate::desk::{Desk, POLICY, answer};

const LIST: &str = "203.0.116.0/24 first\n203.0.115.7 # VPN\n";

#[test]
fn a_list_is_imported_once() {
    let desk = Desk::with_office();
    desk.write("list.txt", LIST);
    let import = "import --category data-center --group DC list.txt";
    let dry = desk.run(&format!("{import} --dry-run")).exits(0);
    dry.says("would add 203.0.116.0/24 to DC (Data centers)").says("would write a.json");
    assert!(!desk.read("a.json").contains("203.0.116.0/24"));
    let added = desk.run(import).exits(0);
    added
        .says("added 203.0.116.0/24 to DC")
        .says("already there: 203.0.115.7 in Office")
        .says("1 new, 1 already there");
    assert!(desk.read("a.json").contains(r#""label": "first""#));
    assert!(desk.read(POLICY).contains("203.0.116.0/24"));
    let before = desk.snapshot();
    desk.run(import).exits(0).says("0 new, 2 already there").says("nothing to write");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn one_bad_entry_and_nothing_is_imported_unless_told() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    let input = b"203.0.116.0/24\n203.0.117.1/24\n\x1b[2J\n";
    let import = "import --category data-center --group DC -";
    let refused = desk.run_with(import, input).exits(2).silent();
    assert!(refused.err.starts_with("-:2: "), "{refused:?}");
    assert!(!refused.err.contains('\u{1b}'), "{refused:?}");
    refused.warns("203.0.117.0/24").warns("-:3: ").warns("--skip-bad");
    assert_eq!(desk.snapshot(), before);
    let skipped = desk.run_with(&format!("{import} --skip-bad"), input).exits(0);
    skipped.says("added 203.0.116.0/24").says("2 refused").warns("-:2: ");
}

#[test]
fn what_left_the_source_is_said_and_goes_with_sync() {
    let desk = Desk::with_office();
    let import = "import --category data-center --group DC list.txt";
    desk.write("list.txt", "203.0.116.0/24\n203.0.117.0/24\n");
    desk.run(import).exits(0);
    desk.write("list.txt", "203.0.116.0/24\n");
    desk.run(import).exits(0).says("no longer in the source: 203.0.117.0/24").warns("--sync");
    assert!(desk.read(POLICY).contains("203.0.116.0/23"));
    desk.run(&format!("{import} --sync")).exits(0).says("removed 203.0.117.0/24 from DC");
    assert!(!desk.read("a.json").contains("203.0.117.0/24"));
    assert!(!desk.read(POLICY).contains("203.0.116.0/23"));
}

#[test]
fn where_the_ranges_belong_has_to_be_said_off_a_terminal() {
    let desk = Desk::with_office();
    desk.write("list.txt", LIST);
    desk.run("import list.txt").exits(2).silent().warns("--category");
    desk.run("import --category nowhere --group G list.txt").exits(2).silent().warns("nowhere");
    desk.run("import --category data-center --group G --format nonsense list.txt").exits(2).warns("geofeed");
    desk.run("import --category data-center --group G nowhere.txt").exits(2).silent().warns("nowhere.txt");
    desk.run("import --category data-center --group G --only x list.txt").exits(2).silent();
    desk.run_with("import --category data-center --group G -", b"").exits(2).silent().warns("empty");
    desk.run("import").exits(2);
}

#[test]
fn an_export_goes_to_standard_output_or_a_file() {
    let desk = Desk::with_office();
    let csv = desk.run("export --format csv").exits(0);
    assert!(csv.out.starts_with("cidr,category,group,"), "{csv:?}");
    assert_eq!(desk.run("export --format csv --dry-run").exits(0).out, csv.out);
    desk.run("export --format csv --output out.csv --dry-run").exits(0).says("would write out.csv");
    desk.run("export --format csv --output out.csv").exits(0).says("wrote out.csv");
    assert_eq!(desk.read("out.csv"), csv.out);
    let before = desk.snapshot();
    for dry_run in ["", "--dry-run"] {
        let refused = |path: &str, words: &str| {
            desk.run(&format!("export --format csv --output {path} {dry_run}"))
                .exits(2)
                .silent()
                .warns(words);
        };
        refused("a.json", "not overwritten");
        refused(".", "a folder");
        refused("nowhere/out.csv", "nowhere/out.csv");
        let mut mode = std::fs::metadata(desk.path("out.csv")).unwrap().permissions();
        mode.set_readonly(true);
        std::fs::set_permissions(desk.path("out.csv"), mode).unwrap();
        refused("out.csv", "read-only");
    }
    assert_eq!(desk.snapshot(), before);
    desk.run("export --format nonsense").exits(2).silent().warns("terraform");
    let other = Desk::empty();
    other.run("init").exits(0);
    other.write("in.csv", &csv.out);
    other.run("import in.csv").exits(0).says("2 new");
    assert_eq!(other.run("export --format csv").out.lines().count(), 3);
}

#[test]
fn a_form_that_carries_the_policy_needs_one() {
    let desk = Desk::with_office();
    desk.run("export --format terraform").exits(0).says("203.0.114.0/24");
    desk.run("export --format cloudformation").exits(0).says("203.0.114.0/24");
    desk.run("change 203.0.114.0/24 203.0.115.7 --disable").exits(1);
    desk.run("export --format terraform").exits(2).silent().warns("no policy");
    desk.run("export --format text").exits(0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_upload_tells_what_it_takes_where_there_is_no_aws_cli() {
    let desk = Desk::with_office();
    desk.run("export --format aws-cli --output upload.sh").exits(0);
    std::fs::create_dir(desk.path("bin")).unwrap();
    std::os::unix::fs::symlink("/bin/cat", desk.path("bin/cat")).unwrap();
    let upload = |argument: &str| {
        let mut bash = std::process::Command::new("/bin/bash");
        let bash = bash.arg(desk.path("upload.sh")).arg(argument).env("PATH", desk.path("bin"));
        answer(bash.output().unwrap())
    };
    upload("--help").exits(0).says("--my-address A");
    upload("--nonsense").exits(1).silent().warns("unknown argument --nonsense");
    upload("--dry-run").exits(1).silent().warns("the AWS CLI is not installed");
}
