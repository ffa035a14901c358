//! Checks that `docs/failures.md` agrees with the snapshots.

use std::fs;
use std::path::Path;

/// Returns the snapshots in a folder of tests, by the name of the test.
fn snapshots(of: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/{of}/snapshots"));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let test = name.rsplit("__").next().unwrap().to_owned();
        found.push((test, fs::read_to_string(&path).unwrap()));
    }
    found.sort();
    found
}

/// Returns the rows of the table: case, visible effect, exit code, test.
fn rows(document: &str) -> Vec<[&str; 4]> {
    let lines = document.lines().filter(|line| line.ends_with("` |"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            cells.try_into().unwrap()
        })
        .collect()
}

#[test]
fn matches_failure_table_with_printed_output() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/failures.md");
    let document = fs::read_to_string(path).unwrap();
    let (snapshots, others) = (snapshots("failures"), snapshots("operate"));
    let mut told: Vec<&str> = Vec::new();
    for [case, seen, exit_code, test] in rows(&document) {
        let test = test.trim_matches('`');
        let is_it = |(name, _): &&(String, String)| name == test;
        let ours = snapshots.iter().find(is_it);
        if ours.is_some() {
            told.push(test);
        }
        let found = ours.or_else(|| others.iter().find(is_it));
        let (_, snapshot) = found.unwrap_or_else(|| panic!("{case}: no snapshot of `{test}`"));
        let code = format!("exit code: {exit_code}\n");
        assert!(
            snapshot.contains(&code),
            "{case}: exits otherwise\n{snapshot}"
        );
        // Quoted text is part of the output, which is not wrapped.
        for (at, words) in seen.split("``").enumerate() {
            let words = words.trim();
            assert!(
                at % 2 == 0 || snapshot.contains(words),
                "{case}: `{words}` is not printed\n{snapshot}"
            );
        }
    }
    // The table contains some commands for operators, and all failures.
    told.sort_unstable();
    let all: Vec<&str> = snapshots.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(told, all);
}
