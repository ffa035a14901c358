//! Compares the templates of every environment with committed files, which other tools and reviewers read too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;

/// Configurations that are synthesized: environments, the preview of a pull request, and the stack that previews share.
const ALL: [&str; 4] = ["dev", "prod", "preview", "preview-shared"];

/// Returns the arguments that select one of [`ALL`].
fn arguments(which: &str) -> Vec<&str> {
    match which {
        "preview" => vec![
            "--env",
            "preview",
            "--set",
            "preview.name=pr7",
            "--set",
            "preview.expires=2026-12-03",
        ],
        "preview-shared" => vec!["--env", "preview"],
        environment => vec!["--env", environment],
    }
}

/// Synthesizes an environment into a folder, and returns the files by name.
fn synthesize(environment: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let arguments = [vec!["synth", "--strict"], arguments(environment)].concat();
    let outcome = Invocation::new(arguments)
        .directory(folder.path())
        .run(infra_app::build);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.path().join("infra.out")).expect("the assembly") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.insert(
            name.into_owned(),
            fs::read_to_string(&path).expect("a text file"),
        );
    }
    files
}

/// Returns the templates, indented for readable diffs.
fn templates(environment: &str) -> BTreeMap<String, String> {
    let pretty = |text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).expect("a template is JSON");
        format!("{json:#}\n")
    };
    synthesize(environment)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".template.json"))
        .map(|(name, text)| (name, pretty(&text)))
        .collect()
}

fn golden_folder(environment: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(environment)
}

/// Compares the templates with the committed files, or writes them if `UPDATE` is set.
#[track_caller]
fn check(environment: &str) {
    let folder = golden_folder(environment);
    let templates = templates(environment);
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for golden templates");
        for (name, text) in &templates {
            fs::write(folder.join(name), text).expect("a golden template");
        }
    }
    let committed: BTreeMap<String, String> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).expect("a golden template"))
        })
        .collect();
    let stale: Vec<&String> = templates
        .iter()
        .filter(|(name, text)| committed.get(*name) != Some(text))
        .map(|(name, _)| name)
        .chain(
            committed
                .keys()
                .filter(|name| !templates.contains_key(*name)),
        )
        .collect();
    assert!(
        stale.is_empty(),
        "templates of `{environment}` changed: {stale:?}\nread the diff after `just golden-update`, and commit it"
    );
}

#[test]
fn matches_committed_templates_of_dev() {
    check("dev");
}

#[test]
fn matches_committed_templates_of_prod() {
    check("prod");
}

#[test]
fn matches_committed_templates_of_preview() {
    check("preview");
}

#[test]
fn matches_committed_template_shared_by_previews() {
    check("preview-shared");
}

#[test]
fn synthesizes_identical_bytes_twice() {
    for environment in ALL {
        assert_eq!(
            synthesize(environment),
            synthesize(environment),
            "{environment}"
        );
    }
}

#[test]
fn keeps_templates_below_inline_size_limit() {
    for environment in ALL {
        for (name, text) in synthesize(environment) {
            if name.ends_with(".template.json") {
                assert!(
                    text.len() < 51_200,
                    "{environment}/{name} has {} bytes",
                    text.len()
                );
            }
        }
    }
}
