//! Tests of the pipeline of a project: written by `new`, and again by `delivery write`.

use std::fs;
use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use tempfile::TempDir;

use crate::{SOURCE, files, invoke, list};

/// Creates a project with a pipeline on GitHub.
fn made(arguments: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [&["shop", "--source", SOURCE], arguments].concat();
    let outcome = invoke(&folder, &arguments);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    folder
}

fn delivery(folder: &TempDir, arguments: &[&str]) -> Outcome {
    Invocation::new(["delivery"].iter().chain(arguments).copied())
        .directory(folder.path().join("shop"))
        .run()
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn matches_new_project_with_delivery_write() {
    let folder = made(&["--repository", "ada/shop"]);
    let before = files(&folder.path().join("shop"));
    let outcome = delivery(&folder, &["write", "--check"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let outcome = delivery(&folder, &["write"]);
    assert!(outcome.stderr.starts_with("wrote 0 files; "), "{outcome}");
    assert_eq!(files(&folder.path().join("shop")), before);
    let called = "uses: ada/shop/.github/workflows/trusted.yml@main\n";
    assert!(before[".github/workflows/plan.yml"].contains(called));
    // The tool of the project comes from the same source.
    assert!(before["infra.toml"].contains("tool = \"--git https://example.com/infra.git --rev 0123456789abcdef0123456789abcdef01234567 infra-cli\"\n"));
}

/// The code of functions is published by main before it is planned.
#[test]
fn publishes_code_of_functions() {
    for (ci, workflow) in [
        ("github", ".github/workflows/environment.yml"),
        ("gitlab", ".gitlab-ci.yml"),
    ] {
        let folder = made(&["--template", "serverless", "--ci", ci]);
        let outcome = delivery(&folder, &["write", "--check"]);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        let files = files(&folder.path().join("shop"));
        assert!(files["infra.toml"].contains("\nassets = true\n"));
        assert!(files[workflow].contains(" publish-assets "), "{ci}");
        insta::assert_snapshot!(format!("serverless_roles_{ci}"), files["src/delivery.rs"]);
        let previews = files.get("src/preview.rs");
        assert_eq!(previews.is_some(), ci == "github");
        assert!(previews.is_none_or(|text| text.contains(".publishes_assets()")));
    }
    let folder = made(&[]);
    let files = files(&folder.path().join("shop"));
    for path in ["infra.toml", "src/delivery.rs", "src/preview.rs"] {
        assert!(!files[path].contains("assets"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn restores_executable_mode_of_scripts() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = made(&[]);
    let script = folder.path().join("shop/scripts/delivery/plan");
    let mode = || fs::metadata(&script).unwrap().permissions().mode() & 0o111;
    assert_ne!(mode(), 0);
    fs::set_permissions(&script, fs::Permissions::from_mode(0o644)).unwrap();
    let outcome = delivery(&folder, &["write", "--check"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    let said = "error[INF6110]: `scripts/delivery/plan` is not executable\n";
    assert!(outcome.stderr.starts_with(said), "{outcome}");
    let outcome = delivery(&folder, &["write"]);
    assert!(outcome.stderr.starts_with("wrote 1 file; "), "{outcome}");
    assert_ne!(mode(), 0);
}

#[test]
fn updates_workflows_after_project_file_change() {
    let folder = made(&[]);
    let at = |path: &str| folder.path().join("shop").join(path);
    let prod = "[[delivery.environments]]\nname = \"prod\"\n";
    let dev = "[[delivery.environments]]\nname = \"dev\"\napproval = \"none\"\n\n";
    change(&at("infra.toml"), prod, &format!("{dev}{prod}"));
    fs::remove_file(at("scripts/lib/turns.py")).unwrap();
    let before = files(&folder.path().join("shop"));
    let outcome = delivery(&folder, &["write", "--check"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    for said in [
        "error[INF6110]: `.github/workflows/deploy.yml` does not match `infra.toml`\n",
        "error[INF6110]: `scripts/lib/turns.py` is missing\n",
    ] {
        assert!(outcome.stderr.contains(said), "{outcome}");
    }
    assert!(!outcome.stderr.contains("queue.yml"), "{outcome}");
    assert_eq!(
        files(&folder.path().join("shop")),
        before,
        "nothing is written"
    );
    let outcome = delivery(&folder, &["write"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        fs::read_to_string(at(".github/workflows/deploy.yml"))
            .unwrap()
            .contains("needs: [find, checks, build, environment-dev]\n")
    );
    let outcome = delivery(&folder, &["write", "--check"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn keeps_edited_file_unless_forced() {
    let folder = made(&[]);
    let at = |path: &str| folder.path().join("shop").join(path);
    let (edited, stale) = (
        at(".github/workflows/queue.yml"),
        at("scripts/lib/turns.py"),
    );
    change(&edited, "37 * * * *", "7 * * * *");
    fs::remove_file(&stale).unwrap();
    let outcome = delivery(&folder, &["write"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    insta::assert_snapshot!("edited", outcome);
    assert!(!stale.exists(), "nothing is written");
    let outcome = delivery(&folder, &["write", "--force"]);
    assert!(outcome.stderr.starts_with("wrote 2 files; "), "{outcome}");
    assert!(fs::read_to_string(&edited).unwrap().contains("37 * * * *"));
}

#[test]
fn writes_project_without_pipeline() {
    let folder = made(&["--ci", "none"]);
    let files = files(&folder.path().join("shop"));
    insta::assert_snapshot!("no_pipeline_files", list(&files));
    assert!(!files["README.md"].contains("delivery") && !files["infra.toml"].contains("delivery"));
    let outcome = delivery(&folder, &["write"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("error[INF6109]")
            && outcome.stderr.contains("the table `[delivery]` is missing"),
        "{outcome}"
    );
}

#[test]
fn rejects_wrong_delivery_value_with_key() {
    let folder = made(&[]);
    let at = |path: &str| folder.path().join("shop").join(path);
    change(&at("infra.toml"), "name = \"prod\"", "name = \"Prod\"");
    let outcome = delivery(&folder, &["write"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("error[INF6109]")
            && outcome
                .stderr
                .contains("`environments[0].name` of [delivery] is `Prod`; expected: ")
            && outcome
                .stderr
                .contains("correct `environments[0].name` in `[delivery]`"),
        "{outcome}"
    );
    let folder = tempfile::tempdir().unwrap();
    let outcome = invoke(
        &folder,
        &["shop", "--source", SOURCE, "--repository", "shop"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("`repository` of [delivery] is `shop`; expected: `OWNER/NAME`"),
        "{outcome}"
    );
    assert!(!folder.path().join("shop").exists());
}

#[test]
fn writes_gitlab_pipeline_and_roles() {
    let folder = made(&["--ci", "gitlab", "--repository", "ada/web/shop"]);
    let files = files(&folder.path().join("shop"));
    assert!(
        files.contains_key(".gitlab-ci.yml") && !files.contains_key(".github/workflows/plan.yml")
    );
    assert!(files["src/delivery.rs"].contains("use infra_lib::gitlab::Delivery;\n"));
    assert!(files["src/delivery.rs"].contains("const REPOSITORY: &str = \"ada/web/shop\";\n"));
    assert!(
        files["src/delivery.rs"].contains("        .project(REPOSITORY)\n        .stack_prefix(")
    );
    assert!(!files["src/delivery.rs"].contains("GitHub"));
    assert!(files["Cargo.toml"].contains("features = [\"gitlab\", \"s3\"] }\n"));
    assert_eq!(
        delivery(&folder, &["write", "--check"]).exit_code,
        ExitCode::Ok
    );
}

#[test]
fn removes_workflows_of_previous_provider() {
    let folder = made(&[]);
    let at = |path: &str| folder.path().join("shop").join(path);
    let edited = at(".github/workflows/queue.yml");
    change(&edited, "37 * * * *", "7 * * * *");
    change(
        &at("infra.toml"),
        "provider = \"github\"",
        "provider = \"gitlab\"",
    );
    let outcome = delivery(&folder, &["write", "--check"]);
    let said = "`.github/workflows/deploy.yml` was written by this command, but `infra.toml` no longer requires it";
    assert!(
        outcome.exit_code == ExitCode::Error && outcome.stderr.contains(said),
        "{outcome}"
    );
    let outcome = delivery(&folder, &["write"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stderr.contains(
            "removed `.github/workflows/deploy.yml`, which `infra.toml` no longer requires\n"
        ),
        "{outcome}"
    );
    assert!(at(".gitlab-ci.yml").exists() && !at(".github/workflows/deploy.yml").exists());
    assert!(edited.exists(), "a file that was changed by hand is kept");
}

/// Apps with handwritten stacks support previews, and on GitHub also their shared roles; a converted template has fixed names.
#[test]
fn writes_preview_files_by_kind_of_project() {
    let kinds: [(&[&str], bool, bool); 5] = [
        (&[], true, true),
        (&["--template", "web-service"], true, true),
        (&["--ci", "gitlab"], true, false),
        (&["--ci", "none"], true, false),
        (&["--from", "queue.yaml"], false, false),
    ];
    for (arguments, knows, has_roles) in kinds {
        let (_, files) = crate::project("shop", arguments);
        let has = |path: &str| files.contains_key(path);
        let says = |path: &str, part: &str| files[path].contains(part);
        let found = [
            has("config/preview.yaml"),
            has("tests/it/preview.rs"),
            says("tests/it/main.rs", "mod preview;\n"),
            says("src/config.rs", "pub preview: Option<Preview>,\n"),
            says("config/schema.json", "\"preview\""),
            says("README.md", "## Previews\n"),
        ];
        assert_eq!(found, [knows; 6], "{arguments:?}");
        let found = [
            has("src/preview.rs"),
            says("src/lib.rs", "mod preview;\n"),
            says("src/lib.rs", "preview::is_shared(config)"),
            says("src/lib.rs", "preview::limit_roles(app, config);\n"),
            says("infra.toml", "# [delivery.preview]\n"),
        ];
        assert_eq!(found, [has_roles; 5], "{arguments:?}");
    }
}

#[test]
fn adds_and_removes_previews_by_table() {
    let folder = made(&["--repository", "ada/shop"]);
    let at = |path: &str| folder.path().join("shop").join(path);
    let paths = [
        ".github/workflows/preview.yml",
        ".github/workflows/preview-trusted.yml",
        ".github/workflows/previews.yml",
        "scripts/delivery/preview",
        "scripts/lib/previews.py",
    ];
    let there = || paths.map(|path| at(path).exists());
    let off = fs::read_to_string(at("infra.toml")).unwrap();
    let page = fs::read_to_string(at("docs/delivery.md")).unwrap();
    assert_eq!(there(), [false; 5]);

    fs::write(
        at("infra.toml"),
        format!("{off}\n[delivery.preview]\ndays = 5\n"),
    )
    .unwrap();
    let outcome = delivery(&folder, &["write", "--check"]);
    for path in paths {
        let said = format!("error[INF6110]: `{path}` is missing\n");
        assert!(outcome.stderr.contains(&said), "{outcome}");
    }
    let outcome = delivery(&folder, &["write"]);
    assert!(outcome.stderr.starts_with("wrote 6 files; "), "{outcome}");
    assert_eq!(there(), [true; 5]);
    let text = |path: &str| fs::read_to_string(at(path)).unwrap();
    assert!(text(paths[0]).contains("uses: ada/shop/.github/workflows/preview-trusted.yml@main\n"));
    assert!(text(paths[1]).contains("PREVIEW_DAYS: \"5\"\n"));

    fs::write(at("infra.toml"), off).unwrap();
    let outcome = delivery(&folder, &["write", "--check"]);
    let said = "`scripts/lib/previews.py` was written by this command, but `infra.toml` no longer requires it";
    assert!(outcome.stderr.contains(said), "{outcome}");
    let outcome = delivery(&folder, &["write"]);
    let said = "removed `.github/workflows/previews.yml`, which `infra.toml` no longer requires\n";
    assert!(outcome.stderr.contains(said), "{outcome}");
    assert_eq!(there(), [false; 5]);
    assert_eq!(text("docs/delivery.md"), page);
}
