//! Converts common templates with `import-template` and synthesizes them: the result equals the original, with the same logical IDs.
//!
//! The templates were written for this project, from CloudFormation's documentation; those of `infra check` are in `infra-lib/check/tests/templates`. `generated/` contains the programs that
//! `import-template` writes for them, formatted by `rustfmt` and compiled in one build. After a change, run
//! `UPDATE=1 cargo test -p infra-cli --test import` and review the difference.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod command;
mod constructs;
mod equivalence;
#[allow(
    unreachable_pub,
    clippy::unreadable_literal,
    clippy::type_complexity,
    reason = "modules as `import-template` writes them for others"
)]
mod generated;
#[allow(
    unreachable_pub,
    clippy::unreadable_literal,
    clippy::type_complexity,
    reason = "modules as `import-template --constructs` writes them for others"
)]
mod generated_constructs;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use infra_cli::ExitCode;
use infra_cli::testing::Invocation;
use infra_core::{App, Severity, Stack};
use infra_template::Template;
use serde_json::Value;

use equivalence::canonical;
use generated::PROGRAMS;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// A template that becomes a module of `generated/`.
struct Case {
    name: String,
    path: PathBuf,
}

/// Returns the templates of this folder, and those of `infra check` whose mistakes do not hide their content.
fn templates() -> Vec<Case> {
    let of_check = Path::new(env!("CARGO_MANIFEST_DIR")).join("../check/tests/templates");
    let is_read = |name: &str| {
        (name.starts_with("good_") || name.starts_with("case_"))
            && !["case_comment", "case_duplicate_key"].contains(&name)
    };
    let mut found = list_templates(&folder());
    found.extend(
        list_templates(&of_check)
            .into_iter()
            .filter(|case| is_read(&case.name)),
    );
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn list_templates(folder: &Path) -> Vec<Case> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .filter_map(|entry| {
            let path = entry.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let is_template = matches!(path.extension()?.to_str()?, "yaml" | "json");
            is_template.then_some(Case { name, path })
        })
        .collect()
}

/// Returns `true` if `infra check` finds errors in a template, which synthesis finds as well.
fn has_mistakes(case: &Case) -> bool {
    let findings = fs::read_to_string(case.path.with_extension("txt")).unwrap_or_default();
    findings.contains("error[") || findings.contains("fatal[")
}

#[test]
fn synthesizes_original_template_from_program() {
    let names: Vec<String> = templates().into_iter().map(|case| case.name).collect();
    let compiled: Vec<&str> = PROGRAMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, compiled, "generated/mod.rs lists them");
    assert!(names.len() >= 60);
    let cases = templates();
    let pairs = cases.iter().zip(PROGRAMS);
    let changed: Vec<String> = pairs
        .flat_map(|(case, (_, build))| compare(case, *build))
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// A function of a generated module, which adds a stack to an app.
type Build = for<'app> fn(&'app App) -> Stack<'app>;

/// Synthesizes a program, and returns the differences from its template.
fn compare(case: &Case, build: Build) -> Vec<String> {
    let name = &case.name;
    let text = fs::read_to_string(&case.path).unwrap();
    let given = Template::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let app = App::new();
    build(&app);
    let synthesis = app.synth();
    let mut changed: Vec<String> = synthesis
        .findings()
        .iter()
        .filter(|finding| finding.severity >= Severity::Error && !has_mistakes(case))
        .map(|finding| format!("{name}: {} {}", finding.code, finding.message))
        .collect();
    let made = Template::from_json(synthesis.stacks()[0].template.to_json()).unwrap();
    let (given, made) = (canonical(&given), canonical(&made));
    if given != made {
        changed.push(format!(
            "{name} changed\n--- given\n{given:#}\n--- made\n{made:#}"
        ));
    }
    changed
}

/// Compares the texts of a template whose values have several notations otherwise.
#[test]
fn keeps_texts_byte_for_byte() {
    let text = fs::read_to_string(folder().join("texts.json")).unwrap();
    let given: Value = serde_json::from_str(&text).unwrap();
    let app = App::new();
    generated::texts::texts(&app);
    let made = app.synth().stacks()[0].template.to_json();
    let resources = given["Resources"].as_object().unwrap();
    for (id, resource) in resources {
        let value = &resource["Properties"]["Value"];
        if value.is_string() {
            assert_eq!(&made["Resources"][id]["Properties"]["Value"], value, "{id}");
        }
    }
    for pointer in [
        "/Resources/Raw/Properties",
        "/Resources/Raw/Metadata/Texts",
        "/Resources/Code/Properties",
        "/Parameters",
        "/Mappings",
        "/Rules",
        "/Outputs",
    ] {
        assert_eq!(made.pointer(pointer), given.pointer(pointer), "{pointer}");
    }
}

#[test]
fn matches_committed_generated_programs() {
    for Case { name, path } in templates() {
        let file = path.to_str().unwrap();
        let outcome = Invocation::new(["import-template", file])
            .directory(folder())
            .run();
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        let only_warnings = outcome.stderr.lines().all(|line| {
            line.starts_with([' ', '|']) || line.starts_with("warning[INF7602]") || line.is_empty()
        });
        assert!(only_warnings, "{outcome}");
        let path = folder().join(format!("generated/{name}.rs"));
        check_committed(&path, &outcome.stdout);
    }
    let names = templates()
        .into_iter()
        .map(|case| case.name)
        .collect::<Vec<_>>();
    check_committed(&folder().join("generated/mod.rs"), &format_index(&names));
}

/// Compares a file of this folder with its new content, or writes it if `UPDATE` is set.
#[track_caller]
fn check_committed(path: &Path, content: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, content).unwrap();
    }
    let committed = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        committed == content,
        "{}: run `UPDATE=1 cargo test -p infra-cli --test import` and read what changed",
        path.display()
    );
}

/// Returns the list of the generated modules.
fn format_index(names: &[String]) -> String {
    let mut modules = String::new();
    let mut programs = String::new();
    for name in names {
        let _ = writeln!(modules, "pub(crate) mod {name};");
        let _ = writeln!(programs, "    (\"{name}\", {name}::{name}),");
    }
    format!(
        "//! Modules that `import-template` generated from templates.\n\nuse infra_core::{{App, Stack}};\n\n{modules}\n\
         /// Every program by the name of its template.\n#[rustfmt::skip]\n\
         pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[\n{programs}];\n"
    )
}
