//! Tests of each command with its whole output: both streams and the exit code.

use infra_core::{
    App, CfnResource, Construct as _, Diagnostic, ReferenceStrength, Severity, Stack, codes,
};
use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;
use insta::assert_snapshot;
use serde_json::json;

use crate::app::{build, invocation, invoke};

/// Builds an app with a warning, an accepted warning and, optionally, an error.
fn flawed(error: bool) -> impl Fn(&App) {
    move |app| {
        let stack = Stack::new(app, "Flawed");
        let first = CfnResource::new(stack, "First", "AWS::SQS::Queue", json!({}));
        CfnResource::new(stack, "Second", "AWS::SQS::Queue", json!({})).scope();
        let warning =
            |message: &str| Diagnostic::new(codes::NON_ASCII, message).severity(Severity::Warning);
        first
            .scope()
            .report(warning("the queue has a strange name").help("rename it"));
        stack
            .scope()
            .report(warning("the stack has a strange name"));
        if error {
            stack.scope().report(Diagnostic::new(
                codes::OUTSIDE_STACK,
                "something is outside",
            ));
        }
    }
}

fn simple(arguments: &[&str], build: impl Fn(&App)) -> infra_runtime::testing::Outcome {
    Invocation::new(arguments.iter().copied()).run_simple(build)
}

#[test]
fn synth_writes_assembly_and_prints_result() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth"])
        .directory(folder.path())
        .run(build);
    assert_snapshot!(outcome);
    assert!(folder.path().join("infra.out/manifest.json").is_file());
    assert!(folder.path().join("infra.out/Web.template.json").is_file());
}

#[test]
fn synth_writes_to_folder_of_out_option() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth", "--out", "a/b"])
        .directory(folder.path())
        .run(build);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(folder.path().join("a/b/manifest.json").is_file());
}

#[test]
fn synth_writes_yaml_templates_with_yaml_option() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth", "--yaml"])
        .directory(folder.path())
        .run(build);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let yaml = std::fs::read_to_string(folder.path().join("infra.out/Data.template.yaml"));
    let printed = invoke(&["synth", "--stack", "Data", "--yaml"]).stdout;
    assert_eq!(yaml.unwrap(), printed);
}

#[test]
fn synth_writes_to_output_folder_of_cdk_cli() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth", "--quiet"])
        .directory(folder.path())
        .variable("CDK_OUTDIR", folder.path().join("cdk.out"))
        .variable(
            "CDK_CONTEXT_JSON",
            r#"{"aws:cdk:enable-path-metadata":true}"#,
        )
        .run(build);
    assert_eq!(outcome.to_string(), "exit code: 0\n");
    assert!(folder.path().join("cdk.out/manifest.json").is_file());
}

#[test]
fn replaces_resolved_parameters_for_cdk_cli() {
    let template = |invocation: Invocation| {
        let outcome = invocation.run_simple(|app| {
            app.set_reference_strength(ReferenceStrength::Resolved);
            let topic = CfnResource::new(
                Stack::new(app, "Data"),
                "Topic",
                "AWS::SNS::Topic",
                json!({}),
            );
            let copy =
                CfnResource::new(Stack::new(app, "Web"), "Copy", "AWS::SNS::Topic", json!({}));
            copy.override_prop(
                "DisplayName",
                topic.attr_value::<String>("TopicName").into_data(),
            );
        });
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        outcome.stdout
    };
    let ours = template(Invocation::new(["synth", "--stack", "Web"]));
    assert!(ours.contains("infra:resolved-parameters"), "{ours}");
    let cdk = Invocation::new(["synth", "--stack", "Web"]).variable("CDK_CLI_VERSION", "2.1031.0");
    let theirs = template(cdk);
    assert!(!theirs.contains("Parameters"), "{theirs}");
    assert!(theirs.contains("Fn::GetStackOutput"), "{theirs}");
}

#[test]
fn rejects_context_that_is_not_json() {
    let outcome = invocation(&["synth"])
        .variable("CDK_CONTEXT_JSON", "{")
        .run(build);
    assert_snapshot!(outcome);
}

/// The `cdk` CLI passes the part of the context that exceeds the size of a variable in a file.
#[test]
fn reads_long_context_from_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("context.json");
    std::fs::write(&file, r#"{ "name": "of the file", "more": "m" }"#).unwrap();
    let run = || {
        Invocation::new(["synth", "--stack", "Web"])
            .variable("CDK_CONTEXT_JSON", r#"{ "name": "of the variable" }"#)
            .variable("CONTEXT_OVERFLOW_LOCATION_ENV", &file)
            .run_simple(|app| {
                let web = Stack::new(app, "Web");
                let value = |key: &str| web.scope().context(key);
                let text = format!("{:?} {:?}", value("name"), value("more"));
                let topic = CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
                topic.override_prop("DisplayName", text);
            })
    };
    let outcome = run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome
            .stdout
            .contains(r#"Some(String(\"of the variable\")) Some(String(\"m\"))"#),
        "{outcome}"
    );
    std::fs::write(&file, "[]").unwrap();
    let outcome = run();
    assert!(outcome.stderr.contains("INF6104"), "{outcome}");
    assert!(outcome.stderr.contains("context.json"), "{outcome}");
}

#[test]
fn synth_prints_template_of_one_stack() {
    assert_snapshot!(invoke(&["synth", "--stack", "Data"]));
}

#[test]
fn synth_prints_template_of_one_stack_as_yaml() {
    assert_snapshot!(invoke(&["synth", "--stack", "notes-dev-data", "--yaml"]));
}

#[test]
fn synth_suggests_nearest_name_for_unknown_stack() {
    assert_snapshot!(invoke(&["synth", "--stack", "Dat"]));
}

#[test]
fn synth_prints_json_summary() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth", "--json", "--quiet"])
        .directory(folder.path())
        .run(build);
    assert_snapshot!(outcome);
}

#[test]
fn synth_writes_assembly_despite_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth"])
        .directory(folder.path())
        .run_simple(flawed(false));
    assert_snapshot!(outcome);
}

#[test]
fn strict_synth_with_warnings_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth", "--strict"])
        .directory(folder.path())
        .run_simple(flawed(false));
    assert_snapshot!(outcome);
    assert!(!folder.path().join("infra.out").exists());
}

#[test]
fn synth_with_errors_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["synth"])
        .directory(folder.path())
        .run_simple(flawed(true));
    assert_snapshot!(outcome);
    assert!(!folder.path().join("infra.out").exists());
}

#[test]
fn reports_unwritable_output_folder_with_cause() {
    // A file in place of the folder, which fails for every user, including root.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("taken"), "").unwrap();
    let outcome = Invocation::new(["synth", "--out", "taken/here"])
        .directory(folder.path())
        .run(build);
    assert_snapshot!(outcome);
}

#[test]
fn ls_lists_stacks_in_deployment_order() {
    assert_snapshot!(invoke(&["ls"]));
}

#[test]
fn ls_prints_details_with_long_option() {
    assert_snapshot!(invoke(&["list", "--long", "--env", "prod"]));
}

#[test]
fn ls_prints_stacks_as_json() {
    assert_snapshot!(invoke(&["ls", "--json"]));
}

#[test]
fn validate_writes_no_files() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["validate"])
        .directory(folder.path())
        .run(build);
    assert_snapshot!(outcome);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn validate_prints_number_of_findings() {
    assert_snapshot!(simple(&["validate"], flawed(true)));
}

#[test]
fn validate_prints_findings_as_json() {
    assert_snapshot!(simple(&["validate", "--json", "--quiet"], flawed(false)));
}

#[test]
fn validate_prints_findings_as_sarif() {
    let outcome = simple(&["validate", "--sarif", "--quiet"], flawed(true));
    let mut report: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    // Other tests cover the pages.
    let rules = report["runs"][0]["tool"]["driver"]["rules"]
        .as_array_mut()
        .unwrap();
    for rule in rules {
        rule["help"] = json!("…");
    }
    assert_snapshot!(format!("{report:#}"));
}

#[test]
fn validate_prints_configuration_error_as_json() {
    let outcome = invoke(&["validate", "--json", "--env", "retention"]);
    assert_snapshot!(outcome);
}

#[test]
fn explain_prints_page_of_code() {
    let outcome = invoke(&["explain", "inf1001"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert!(outcome.stdout.starts_with("# INF1001: "), "{outcome}");
}

#[test]
fn explain_lists_all_codes_without_argument() {
    let outcome = invoke(&["explain"]);
    assert_eq!(outcome.stdout.lines().count(), codes::ALL.len());
}

#[test]
fn explain_suggests_nearest_name_for_unknown_code() {
    assert_snapshot!(invoke(&["explain", "INF10001"]));
}

#[test]
fn graph_prints_mermaid_by_default() {
    assert_snapshot!(invoke(&["graph"]));
}

#[test]
fn graph_prints_dot_with_resources() {
    assert_snapshot!(invoke(&[
        "graph",
        "--format",
        "dot",
        "--detail",
        "resources"
    ]));
}

#[test]
fn graph_prints_json_with_format_option() {
    assert_snapshot!(invoke(&["graph", "--format", "json"]));
}

#[test]
fn explain_prints_json_with_json_option() {
    let outcome = invoke(&["explain", "INF6108", "--json"]);
    let page: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(page["code"], "INF6108");
    assert!(page["page"].as_str().unwrap().starts_with("# INF6108"));
    let all = invoke(&["explain", "--json"]).stdout;
    let all: serde_json::Value = serde_json::from_str(&all).unwrap();
    assert_eq!(all.as_array().map(Vec::len), Some(codes::ALL.len()));
    assert!(all[0].get("page").is_none());
}

#[test]
fn graph_of_one_stack_omits_others() {
    assert_snapshot!(invoke(&["graph", "--stack", "Data"]));
}

/// Builds two constructs with a drawing.
fn drawn(app: &App) {
    let stack = Stack::new(app, "Jobs");
    for id in ["Import", "Export"] {
        let machine = stack.scope().construct(id);
        machine.set_diagram("stateDiagram-v2\n    [*] --> s0\n");
        CfnResource::new(machine, "Resource", "AWS::SQS::Queue", json!({}));
    }
}

#[test]
fn graph_prints_states_of_state_machine() {
    let outcome = simple(&["graph", "--state-machine", "Jobs/Import"], drawn);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(outcome.stdout, "stateDiagram-v2\n    [*] --> s0\n");
}

#[test]
fn graph_names_state_machines_of_app() {
    let outcome = simple(&["graph", "--state-machine", "Jobs/Imports"], drawn);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    for expected in [
        "INF7408",
        "did you mean `Jobs/Import`?",
        "`Jobs/Import`, `Jobs/Export`",
    ] {
        assert!(outcome.stderr.contains(expected), "{outcome}");
    }
    let none = simple(&["graph", "--state-machine", "Jobs"], flawed(false));
    assert!(none.stderr.contains("no construct of the app"), "{none}");
}

#[test]
fn schema_prints_configuration_schema() {
    assert_snapshot!(invoke(&["schema"]));
}

#[test]
fn schema_check_detects_missing_and_stale_file() {
    let folder = tempfile::tempdir().unwrap();
    let check = || {
        Invocation::new(["schema", "--check", "config.schema.json"])
            .directory(folder.path())
            .run(build)
    };
    assert_snapshot!("schema_file_missing", check());
    std::fs::write(folder.path().join("config.schema.json"), "{}\n").unwrap();
    assert_snapshot!("schema_file_stale", check());
    std::fs::write(
        folder.path().join("config.schema.json"),
        invoke(&["schema"]).stdout,
    )
    .unwrap();
    assert_snapshot!("schema_file_current", check());
}

#[test]
fn omits_env_and_schema_without_configuration() {
    let build = |app: &App| {
        CfnResource::new(
            Stack::new(app, "Hello"),
            "Topic",
            "AWS::SNS::Topic",
            json!({}),
        );
    };
    assert_snapshot!("simple_env", simple(&["ls", "--env", "dev"], build));
    assert_snapshot!("simple_schema", simple(&["schema"], build));
    assert_snapshot!("simple_help", simple(&["--help"], build));
}

#[test]
fn returns_usage_exit_code_for_unknown_command() {
    assert_snapshot!(invoke(&["snyth"]));
}

#[test]
fn prints_colors_only_with_color_option() {
    let coloured = simple(&["validate", "--color", "always"], flawed(false));
    assert!(coloured.stderr.contains("\u{1b}["), "{coloured}");
    let plain = simple(&["validate"], flawed(false));
    assert!(!plain.stderr.contains("\u{1b}["), "{plain}");
}

#[test]
fn builds_assets_in_synth_only() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("bootstrap");
    std::fs::write(&content, "program").unwrap();
    let builds = |arguments: &[&str]| {
        let calls = std::cell::Cell::new(0);
        let outcome = Invocation::new(arguments.iter().copied())
            .directory(folder.path())
            .run_simple(|app| {
                let stack = Stack::new(app, "Code");
                CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
                infra_core::assembly::FileAsset::build(stack, "orders", || {
                    calls.set(calls.get() + 1);
                    Ok(content.clone())
                });
            });
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        calls.get()
    };
    assert_eq!(builds(&["synth"]), 1);
    for arguments in [
        &["synth", "--no-build"][..],
        &["synth", "--stack", "Code"],
        &["ls"],
        &["validate"],
        &["graph"],
    ] {
        assert_eq!(builds(arguments), 0, "{arguments:?}");
    }
}
