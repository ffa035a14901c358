//! Converts common templates with `import-template` and synthesizes them: the result equals the original, with the same logical IDs.
//!
//! The templates were written for this project, from CloudFormation's documentation. `generated/` contains the programs that
//! `import-template` writes for them, formatted by `rustfmt` and compiled in one build. After a change, run
//! `UPDATE=1 cargo test -p infra-cli --test import` and review the difference.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod command;
mod equivalence;
#[allow(
    unreachable_pub,
    clippy::unreadable_literal,
    clippy::type_complexity,
    reason = "modules as `import-template` writes them for others"
)]
mod generated;

use std::fs;
use std::path::{Path, PathBuf};

use infra_cli::testing::Invocation;
use infra_core::{App, Severity};
use infra_template::Template;

use equivalence::canonical;
use generated::PROGRAMS;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// Returns the templates as pairs of name and file.
fn templates() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|file| {
            let name = file
                .strip_suffix(".yaml")
                .or_else(|| file.strip_suffix(".json"))?;
            Some((name.to_owned(), file.clone()))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn synthesizes_original_template_from_program() {
    let names: Vec<String> = templates().into_iter().map(|(name, _)| name).collect();
    let compiled: Vec<&str> = PROGRAMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, compiled, "generated/mod.rs lists them");
    assert!(names.len() >= 20);
    for ((_, file), (_, build)) in templates().into_iter().zip(PROGRAMS) {
        let text = fs::read_to_string(folder().join(&file)).unwrap();
        let given = Template::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let app = App::new();
        build(&app);
        let synthesis = app.synth();
        let wrong: Vec<String> = synthesis
            .findings()
            .iter()
            .filter(|finding| finding.severity >= Severity::Error)
            .map(|finding| format!("{} {}", finding.code, finding.message))
            .collect();
        assert_eq!(wrong, [""; 0], "{file}");
        let made = Template::from_json(synthesis.stacks()[0].template.to_json()).unwrap();
        let (given, made) = (canonical(&given), canonical(&made));
        assert!(
            given == made,
            "{file} changed\n--- given\n{given:#}\n--- made\n{made:#}"
        );
    }
}

#[test]
fn matches_committed_generated_programs() {
    for (name, file) in templates() {
        let outcome = Invocation::new(["import-template", &file])
            .directory(folder())
            .run();
        assert!(outcome.stderr.is_empty(), "{outcome}");
        let path = folder().join(format!("generated/{name}.rs"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &outcome.stdout).unwrap();
        }
        let committed = fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            committed == outcome.stdout,
            "{name}: run `UPDATE=1 cargo test -p infra-cli --test import` and read what changed"
        );
    }
}
