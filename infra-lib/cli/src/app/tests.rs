//! Tests of the search for the app of a command.

use std::path::Path;

use infra_console::Variables;
use infra_core::render;

use super::{AccountSettings, AppSource, DefaultPlace, show_command};
use crate::availability::Allowed;

/// Creates environment variables that contain only these pairs.
fn variables(pairs: &[(&str, &str)]) -> Variables {
    pairs.iter().copied().collect()
}

fn find(
    directory: &Path,
    option: Option<&str>,
    pairs: &[(&str, &str)],
) -> Result<AppSource, String> {
    let found = AppSource::find_app(option, &variables(pairs), directory);
    // Test folders have random names.
    found.map_err(|finding| render(&finding).replace(&directory.display().to_string(), "FOLDER"))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn finds_nearest_project_file_in_parent_folders() {
    let folder = folder(&[
        ("infra.toml", "app = 'cargo run -q -p \"my app\" --'\n"),
        ("deep/er/x", ""),
    ]);
    let found = find(&folder.path().join("deep/er"), None, &[]).unwrap();
    let AppSource::Infra {
        command, directory, ..
    } = &found
    else {
        panic!("{found:?}");
    };
    assert_eq!(command, &["cargo", "run", "-q", "-p", "my app", "--"]);
    assert_eq!(directory, folder.path());
}

#[test]
fn prefers_option_then_calling_app_then_project_file_then_cdk_json() {
    let folder = folder(&[
        ("infra.toml", "app = 'ours'\n"),
        ("cdk.json", r#"{"app": "theirs", "context": {"a": 1}}"#),
        ("cdk.context.json", r#"{"b": 2, "a": 3}"#),
        ("cdk.out/manifest.json", "{}"),
    ]);
    let calling = [
        ("INFRA_CALLING_APP", "/bin/calling"),
        ("INFRA_CALLING_APP_VERSION", env!("CARGO_PKG_VERSION")),
    ];
    let path = folder.path();
    let command = |source: AppSource| match source {
        AppSource::Infra { command, .. } => show_command(&command),
        AppSource::Cdk(project) => format!("cdk: {}", project.command),
        AppSource::Folder(folder) => format!("folder: {}", folder.display()),
    };
    assert_eq!(
        command(find(path, Some("x y"), &calling).unwrap()),
        "cdk: x y"
    );
    let shown = format!("folder: {}", path.join("cdk.out").display());
    assert_eq!(
        command(find(path, Some("cdk.out"), &calling).unwrap()),
        shown
    );
    assert_eq!(command(find(path, None, &calling).unwrap()), "/bin/calling");
    assert_eq!(command(find(path, None, &[]).unwrap()), "ours");
    std::fs::remove_file(path.join("infra.toml")).unwrap();
    let AppSource::Cdk(project) = find(path, None, &[]).unwrap() else {
        panic!("cdk.json is what is left");
    };
    let place = DefaultPlace {
        account: Some("111122223333".to_owned()),
        region: Some("us-east-1".to_owned()),
    };
    let given = |pairs: &[(&str, &str)]| {
        project.build_variables(Path::new("out"), &variables(pairs), &place)
    };
    let set = given(&[("CDK_DEFAULT_ACCOUNT", "2"), ("CDK_DEFAULT_REGION", "r")]);
    assert_eq!(
        set.keys().copied().collect::<Vec<_>>(),
        ["CDK_CONTEXT_JSON", "CDK_OUTDIR"]
    );
    assert_eq!(given(&[])["CDK_DEFAULT_REGION"], "us-east-1");
    let given = given(&[("AWS_REGION", "eu-west-1")]);
    assert_eq!(given["CDK_DEFAULT_ACCOUNT"], "111122223333");
    assert_eq!(given["CDK_CONTEXT_JSON"], r#"{"a":1,"b":2}"#);
    assert_eq!(given["CDK_OUTDIR"], "out");
    assert_eq!(given["CDK_DEFAULT_REGION"], "eu-west-1");
}

#[test]
fn refuses_calling_app_of_another_version() {
    let folder = folder(&[]);
    let calling = [
        ("INFRA_CALLING_APP", "/bin/app"),
        ("INFRA_CALLING_APP_VERSION", "0.0.9"),
    ];
    insta::assert_snapshot!(find(folder.path(), None, &calling).unwrap_err());
}

#[test]
fn lists_missing_project_files() {
    let folder = folder(&[]);
    insta::assert_snapshot!(find(folder.path(), None, &[]).unwrap_err());
}

#[test]
fn refuses_project_file_with_unknown_key() {
    let folder = folder(&[("infra.toml", "ap = 'x'\n")]);
    insta::assert_snapshot!(find(folder.path(), None, &[]).unwrap_err());
}

#[test]
fn asks_for_no_app_beside_settings_of_checks() {
    let folder = folder(&[("infra.toml", "[check]\nignor = ['INF8002']\n")]);
    let refused = find(folder.path(), None, &[]).unwrap_err();
    assert!(refused.contains("unknown field `ignor`"), "{refused}");
    assert!(refused.contains("help: correct this line"), "{refused}");
}

#[test]
fn lists_allowed_values_for_wrong_provider() {
    let folder = folder(&[(
        "infra.toml",
        "app = 'x'\n\n[delivery]\nprovider = 'gitlb'\n",
    )]);
    let refused = find(folder.path(), None, &[]).unwrap_err();
    assert!(refused.contains("infra.toml:4:"), "{refused}");
    assert!(
        refused.contains("expected `github` or `gitlab`"),
        "{refused}"
    );
    assert!(refused.contains("help: correct this line"), "{refused}");
    assert!(!refused.contains("at least the key `app`"), "{refused}");
}

#[test]
fn refuses_command_with_unclosed_quote() {
    let folder = folder(&[("infra.toml", "app = \"cargo 'run\"\n")]);
    insta::assert_snapshot!(find(folder.path(), None, &[]).unwrap_err());
}

#[test]
fn refuses_cdk_json_with_invalid_json() {
    let folder = folder(&[("cdk.json", "{")]);
    insta::assert_snapshot!(find(folder.path(), None, &[]).unwrap_err());
}

#[test]
fn reads_availability_of_environment_or_defaults() {
    let text = "app = 'x'\n[defaults]\navailability = 'brief'\n[environments.prod]\navailability = 'none'\n[environments.dev]\n";
    let source = |text: &str| {
        let folder = folder(&[("infra.toml", text)]);
        find(folder.path(), None, &[])
    };
    let found = source(text).unwrap();
    let project = found.infra_project().unwrap();
    let availability = |name| project.account_settings(Some(name)).availability;
    assert_eq!(availability("prod"), Some(Allowed::None));
    assert_eq!(availability("dev"), Some(Allowed::Brief));
    let refused = source(&text.replace("'none'", "'outage'")).unwrap_err();
    assert!(
        refused.contains("unknown variant `outage`, expected `none` or `brief`"),
        "{refused}"
    );
    assert!(refused.contains("infra.toml:5:"), "{refused}");
}

#[test]
fn prefers_environment_settings_over_defaults() {
    let folder = folder(&[(
        "infra.toml",
        "app = 'x'\n[defaults]\nregion = 'eu-west-1'\nprofile = 'dev'\n[environments.prod]\nprofile = 'prod'\n",
    )]);
    let source = find(folder.path(), None, &[]).unwrap();
    let project = source.infra_project().unwrap();
    let settings = |profile: &str| AccountSettings {
        profile: Some(profile.to_owned()),
        region: Some("eu-west-1".to_owned()),
        availability: None,
    };
    assert_eq!(project.account_settings(Some("prod")), settings("prod"));
    assert_eq!(project.account_settings(Some("dev")), settings("dev"));
    // The app may have a default environment that the tool does not know.
    let refused = project.check_environment(None).unwrap_err();
    assert!(
        render(&refused).contains("no environment is selected"),
        "{}",
        render(&refused)
    );
    assert_eq!(source.default_environment(), None);
    let name = folder
        .path()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    assert_eq!(source.app_name(), Some(name));
}

#[test]
fn prefers_nearest_project_file_of_either_kind() {
    let folder = folder(&[
        ("infra.toml", "app = 'outer'\nenv = 'dev'\n"),
        ("sub/cdk.json", r#"{"app": "inner"}"#),
        ("sub/deeper/infra.toml", "app = 'innermost'\n"),
    ]);
    let app = |below: &str| match find(&folder.path().join(below), None, &[]).unwrap() {
        AppSource::Infra { command, .. } => show_command(&command),
        AppSource::Cdk(project) => project.command,
        AppSource::Folder(_) => panic!("nothing is an assembly"),
    };
    assert_eq!(app(""), "outer");
    assert_eq!(app("sub"), "inner");
    assert_eq!(app("sub/deeper"), "innermost");
    let outer = find(folder.path(), None, &[]).unwrap();
    assert_eq!(outer.default_environment(), Some("dev"));
}

#[test]
fn refuses_to_start_app_from_tool_started_by_app() {
    let folder = folder(&[("infra.toml", "app = 'infra'\n")]);
    let refused = find(folder.path(), None, &[("INFRA_DIRECTORY", "/x")]).unwrap_err();
    assert!(refused.contains("the tool `infra` itself"), "{refused}");
}

#[test]
fn uses_project_file_of_calling_app_in_any_folder() {
    let folder = folder(&[
        ("one/infra.toml", "app = 'one'\nenv = 'one'\n"),
        ("two/infra.toml", "app = 'two'\nenv = 'two'\n"),
    ]);
    let own = folder.path().join("one").display().to_string();
    let mut calling = vec![
        ("INFRA_CALLING_APP", "/bin/calling"),
        ("INFRA_CALLING_APP_VERSION", env!("CARGO_PKG_VERSION")),
        ("INFRA_CALLING_APP_FOLDER", own.as_str()),
    ];
    let two = folder.path().join("two");
    let source = find(&two, None, &calling).unwrap();
    assert_eq!(source.default_environment(), Some("one"));
    // An app without a project has none, even in the folder of another project.
    calling.pop();
    let source = find(&two, None, &calling).unwrap();
    assert!(source.infra_project().is_none());
}
