//! Tests of the rendered files, and of invalid configurations.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::BTreeSet;

use infra_delivery::{
    Approval, Environment, File, Invalid, Pipeline, Preview, Provider, PullRequests, State,
    compare_state, render,
};

fn pipeline() -> Pipeline {
    Pipeline::new(Provider::Github, "ada/shop")
        .tool("infra-cli --version =0.1.0")
        .environment(Environment::new("dev").approval(Approval::None))
        .environment(Environment::new("prod"))
}

fn with_previews() -> Pipeline {
    pipeline().preview(Preview::default())
}

fn files(pipeline: &Pipeline) -> Vec<File> {
    render("shop", "cargo run --quiet --", pipeline).unwrap()
}

fn text<'f>(files: &'f [File], path: &str) -> &'f str {
    let found = files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("no file {path}")).text
}

#[test]
fn renders_github_pipeline_of_two_environments() {
    let files = files(&pipeline());
    let list: Vec<String> = files
        .iter()
        .map(|file| format!("{}{}", file.path, if file.executable { " *" } else { "" }))
        .collect();
    insta::assert_snapshot!("github_files", list.join("\n"));
    insta::assert_snapshot!(
        "github_deploy",
        text(&files, ".github/workflows/deploy.yml")
    );
    insta::assert_snapshot!("github_page", text(&files, "docs/delivery.md"));
}

#[test]
fn replaces_every_placeholder() {
    for file in files(&with_previews()) {
        let words = file
            .text
            .split(|c: char| c.is_whitespace() || "`'\"(),".contains(c));
        for word in words {
            let placeholder = word.len() > 2
                && word.starts_with('@')
                && word.ends_with('@')
                && word[1..word.len() - 1]
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(!placeholder, "{}: {word}", file.path);
        }
        assert!(
            !file.text.contains("#each") && !file.text.contains("#end"),
            "{}",
            file.path
        );
    }
}

#[test]
fn stamps_every_generated_file() {
    for file in files(&with_previews()) {
        let head: Vec<&str> = file.text.lines().take(2).collect();
        assert!(
            head.iter()
                .any(|line| line.contains("Written by `infra delivery write`")),
            "{head:?}"
        );
        // Stamped as if written by the command, so that it would be replaced if the text differed.
        assert_eq!(
            compare_state(&file.text, "another"),
            State::Stale,
            "{}",
            file.path
        );
    }
}

/// Scripts are complete: a checkout without symbolic links would have the path of the target as their content.
#[test]
fn separates_executable_scripts_from_modules() {
    for file in files(&with_previews()) {
        let folder = file.path.rsplit_once('/').unwrap().0;
        let (program, module) = (folder == "scripts/delivery", folder == "scripts/lib");
        assert_eq!(file.executable, program, "{}", file.path);
        assert!(
            !program || file.text.starts_with("#!/usr/bin/env python3\n"),
            "{}",
            file.path
        );
        assert!(!module || file.text.contains("\"\"\""), "{}", file.path);
    }
}

/// Modules that scripts import have to be in the project as well.
#[test]
fn includes_modules_imported_by_scripts() {
    let files = files(&with_previews());
    let lib = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/lib");
    let modules: BTreeSet<String> = std::fs::read_dir(lib)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".py").map(str::to_owned))
        .collect();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with("scripts/"))
    {
        for line in file.text.lines() {
            let line = line.trim();
            let Some(rest) = line.strip_prefix("import ").or(line.strip_prefix("from ")) else {
                continue;
            };
            let module = rest.split([' ', '.', ',']).next().unwrap();
            let path = format!("scripts/lib/{module}.py");
            assert!(
                !modules.contains(module) || files.iter().any(|one| one.path == path),
                "{} imports {module}",
                file.path
            );
        }
    }
}

/// Workflows call scripts by their paths.
#[test]
fn includes_scripts_called_by_workflows() {
    let files = files(&with_previews());
    let mut called = 0;
    for file in files
        .iter()
        .filter(|file| file.path.contains("/workflows/"))
    {
        for word in file.text.split([' ', '\n', '"', '`']) {
            if word.starts_with("scripts/delivery/") {
                called += 1;
                assert!(
                    files.iter().any(|one| one.path == word),
                    "{}: {word}",
                    file.path
                );
            }
        }
    }
    assert!(called > 20);
}

/// The same scripts read rendered workflows and those of this repository, by the names of their jobs and steps.
#[test]
fn uses_job_and_step_names_read_by_queue() {
    let files = files(&pipeline());
    for (workflow, names) in [
        (
            "environment.yml",
            [
                "name: Plan\n",
                "name: Deploy\n",
                "name: It is deployed\n",
                "name: It is deployed already\n",
                "name: Leave it to the next plan\n",
                "name: Deploy, publish, test, or go back\n",
            ]
            .as_slice(),
        ),
        ("deploy.yml", &["name: Next\n", "name: \"prod\"\n"]),
        (
            "rollback.yml",
            &[
                "name: Roll back\n",
                "name: Next\n",
                "run-name: rollback of ${{ inputs.environment }}\n",
            ],
        ),
    ] {
        let rendered = text(&files, &format!(".github/workflows/{workflow}"));
        for name in names {
            assert!(rendered.contains(name), "{workflow} has no {name}");
        }
    }
}

#[test]
fn uses_same_action_versions_as_repository() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.github/workflows");
    let own: String = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    for file in files(&with_previews()) {
        for line in file
            .text
            .lines()
            .filter(|line| line.contains("uses: actions/"))
        {
            let action = line.trim().trim_start_matches("- ");
            assert!(own.contains(action), "{}: {action}", file.path);
        }
    }
}

#[test]
fn rejects_invalid_pipeline_values() {
    let refused = |pipeline: Pipeline| render("shop", "app", &pipeline).unwrap_err().to_string();
    let base = || Pipeline::new(Provider::Github, "ada/shop").environment(Environment::new("prod"));
    let mut said = String::new();
    for repository in [
        "shop",
        "ada/shop/more",
        "ada/sh op",
        "ada/${{ x }}",
        "/shop",
        "ada/.git",
    ] {
        said += &refused(
            Pipeline::new(Provider::Github, repository).environment(Environment::new("prod")),
        );
        said += "\n";
    }
    for name in [
        "", "Prod", "1prod", "plan", "plan-b", "review-x", "prod", "a\nb",
    ] {
        said += &refused(base().environment(Environment::new(name)));
        said += "\n";
    }
    said += &refused(Pipeline::new(Provider::Github, "ada/shop"));
    said += "\n";
    said += &refused(base().tool(" "));
    said += "\n";
    let mut drift = base();
    for value in ["daily", "17 3 * *", "17 3 * * \"x\""] {
        drift.drift = value.to_owned();
        said += &refused(drift.clone());
        said += "\n";
    }
    let mut with = |preview: Preview| {
        said += &refused(base().preview(preview));
        said += "\n";
    };
    for name in ["", "plan", "prod"] {
        let mut preview = Preview::default();
        preview.environment = name.to_owned();
        with(preview);
    }
    for days in [0, 100] {
        let mut preview = Preview::default();
        preview.days = days;
        with(preview);
    }
    said += &refused(on_gitlab().preview(Preview::default()));
    said += "\n";
    insta::assert_snapshot!("refused", said);
    let Invalid { key, value, .. } = base()
        .environment(Environment::new("Prod"))
        .check_values()
        .unwrap_err();
    assert_eq!(
        (key.as_str(), value.as_str()),
        ("environments[1].name", "Prod")
    );
}

#[test]
fn reads_pipeline_from_project_file() {
    let read: Pipeline = toml::from_str(
        "provider = 'github'\nrepository = 'ada/shop'\ntool = 'infra-cli --version =0.1.0'\n\
         [[environments]]\nname = 'dev'\napproval = 'none'\n[[environments]]\nname = 'prod'\n",
    )
    .unwrap();
    assert_eq!(read, pipeline());
    let refused = toml::from_str::<Pipeline>("provider = 'jenkins'\n").unwrap_err();
    assert!(
        refused.message().contains("unknown variant `jenkins`"),
        "{refused}"
    );
}

fn on_gitlab() -> Pipeline {
    Pipeline::new(Provider::Gitlab, "ada/web/shop")
        .tool("infra-cli --version =0.1.0")
        .environment(Environment::new("dev").approval(Approval::None))
        .environment(Environment::new("prod"))
}

#[test]
fn renders_gitlab_pipeline_files() {
    let files = files(&on_gitlab());
    insta::assert_snapshot!("gitlab_pipeline", text(&files, ".gitlab-ci.yml"));
    insta::assert_snapshot!("gitlab_page", text(&files, "docs/delivery.md"));
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            ".gitlab-ci.yml",
            "docs/delivery.md",
            "scripts/delivery/sign"
        ]
    );
}

/// Assets of main are published before the plan, with another role; those of a pull request are not.
#[test]
fn publishes_assets_before_plan_of_main() {
    let name = "- name: Publish the assets\n";
    for (pipeline, published) in [(pipeline(), false), (pipeline().publish_assets(), true)] {
        let files = files(&pipeline);
        let environment = text(&files, ".github/workflows/environment.yml");
        assert_eq!(environment.matches(name).count(), usize::from(published));
        for workflow in ["plan.yml", "trusted.yml", "rollback.yml"] {
            let workflow = text(&files, &format!(".github/workflows/{workflow}"));
            assert!(!workflow.contains("publish-assets"), "{workflow}");
        }
        let page = text(&files, "docs/delivery.md");
        assert_eq!(page.contains("\n## Assets\n"), published);
    }
    let files = files(&pipeline().publish_assets());
    let environment = text(&files, ".github/workflows/environment.yml");
    let (before, after) = environment.split_once(name).unwrap();
    assert!(before.contains("- name: Verify the artifact\n"), "{before}");
    assert!(!before.contains("- name: Plan, and show it\n"), "{before}");
    assert!(after.contains("- name: Plan, and show it\n"), "{after}");
    let step = after.split("- name: ").next().unwrap();
    assert!(
        step.contains("if: steps.turn.outputs.go == 'true'\n"),
        "{step}"
    );
    assert!(step.contains("--role ASSETS_ROLE "), "{step}");
}

#[test]
fn publishes_assets_before_plan_of_main_on_gitlab() {
    let files = files(&on_gitlab().publish_assets());
    let pipeline = text(&files, ".gitlab-ci.yml");
    let job = |name: &str| {
        let (_, rest) = pipeline.split_once(&format!("\n{name}:\n")).unwrap();
        rest.split("\n\n").next().unwrap()
    };
    for (name, suffix) in [("dev", "DEV"), ("prod", "PROD")] {
        let publish = job(&format!("publish {name}"));
        let role = format!("AWS_ROLE_ARN: $ASSETS_ROLE_{suffix}\n");
        assert!(publish.contains(&role), "{publish}");
        let on_main = "if: $CI_COMMIT_BRANCH == \"main\" && $CI_PIPELINE_SOURCE != \"schedule\"";
        assert!(publish.contains(on_main), "{publish}");
        let plan = job(&format!("plan {name}"));
        assert!(
            plan.contains(&format!("needs: [test, tool, publish {name}")),
            "{plan}"
        );
        assert!(plan.contains(" plan --no-publish "), "{plan}");
        let review = job(&format!("review {name}"));
        assert!(review.contains(" plan --allow-unpublished "), "{review}");
    }
    insta::assert_snapshot!("gitlab_assets", job("publish prod"));
    assert!(text(&files, "docs/delivery.md").contains("\n## Assets\n"));
}

/// Only jobs that receive an ID token have a role, and none of them builds anything.
#[test]
fn builds_nothing_in_gitlab_jobs_with_token() {
    let files = files(&on_gitlab());
    let pipeline = text(&files, ".gitlab-ci.yml");
    let with_assets = render("shop", "cargo run", &on_gitlab().publish_assets());
    let with_assets = with_assets.unwrap();
    let jobs = text(&with_assets, ".gitlab-ci.yml").split("\n\n");
    for job in jobs.filter(|job| job.contains("extends: .aws")) {
        assert!(!job.contains("cargo "), "{job}");
    }
    let mut with_token = 0;
    for job in pipeline.split("\n\n") {
        let (token, builds) = (job.contains("extends: .aws"), job.contains("cargo "));
        assert!(!(token && builds), "{job}");
        assert_eq!(token, job.contains("AWS_ROLE_ARN: "), "{job}");
        with_token += usize::from(token);
    }
    assert_eq!(with_token, 12);
}

/// Jobs with an ID token verify the tool before they use it, and the deployment its plan file; the job that runs foreign code passes on no variables.
#[test]
fn verifies_checksums_of_gitlab_artifacts_before_use() {
    let files = files(&on_gitlab());
    let pipeline = text(&files, ".gitlab-ci.yml");
    let job = |name: &str| {
        let begin = format!("\n{name}:\n");
        let (_, rest) = pipeline.split_once(&begin).unwrap();
        rest.split("\n\n").next().unwrap()
    };
    let (compared, token) = (
        job(".aws").find("$TOOL_SUM"),
        job(".aws").find("$AWS_TOKEN"),
    );
    assert!(compared.unwrap() < token.unwrap());
    assert!(job("tool").contains("dotenv: tool.env"));
    assert!(!job("test").contains("dotenv"));
    for (name, suffix) in [("dev", "DEV"), ("prod", "PROD")] {
        let sum = format!("PLAN_SUM_{suffix}");
        let plan = job(&format!("plan {name}"));
        assert!(
            plan.contains(&format!("'{sum}=%s")) && plan.contains("dotenv: plan.env"),
            "{plan}"
        );
        let deploy = job(&format!("deploy {name}"));
        let (compared, executed) = (
            deploy.find(&format!("\"${sum}\"")),
            deploy.find("tool/bin/infra"),
        );
        assert!(compared.unwrap() < executed.unwrap(), "{deploy}");
    }
}

#[test]
fn lists_files_of_other_pipelines() {
    let previews = [
        ".github/workflows/preview.yml",
        ".github/workflows/preview-trusted.yml",
        ".github/workflows/previews.yml",
        "scripts/delivery/preview",
        "scripts/lib/previews.py",
    ];
    let gitlab = [".gitlab-ci.yml", "scripts/delivery/sign"];
    assert_eq!(infra_delivery::list_other_paths(&with_previews()), gitlab);
    let others = infra_delivery::list_other_paths(&pipeline());
    assert_eq!(others, [&previews[..], &gitlab].concat());
    let others = infra_delivery::list_other_paths(&on_gitlab());
    let has = |path: &str| others.iter().any(|one| one == path);
    assert!(has(".github/workflows/deploy.yml") && has("scripts/lib/turns.py"));
    assert!(previews.iter().all(|path| has(path)));
    assert!(!has("docs/delivery.md"), "both have it");
}

#[test]
fn renders_preview_workflows() {
    let files = files(&with_previews());
    for name in ["preview", "preview-trusted", "previews"] {
        let path = format!(".github/workflows/{name}.yml");
        insta::assert_snapshot!(format!("github_{name}"), text(&files, &path));
    }
    let page = text(&files, "docs/delivery.md");
    let (_, section) = page.split_once("\n## Previews\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    insta::assert_snapshot!("github_page_of_previews", section);
}

#[test]
fn requires_no_label_for_previews_of_all_pull_requests() {
    let preview: Preview =
        toml::from_str("environment = 'review'\ndays = 14\npull_requests = 'all'\n").unwrap();
    assert_eq!(preview.pull_requests, PullRequests::All);
    let files = files(&pipeline().preview(preview));
    for name in ["preview", "previews"] {
        let workflow = text(&files, &format!(".github/workflows/{name}.yml"));
        assert!(!workflow.contains("labels.*.name"), "{workflow}");
    }
    let trusted = text(&files, ".github/workflows/preview-trusted.yml");
    for (part, times) in [
        ("    environment: review\n", 2),
        ("      INFRA_ENVIRONMENT: \"review\"\n", 3),
        ("      PREVIEWS: \"all\"\n", 2),
        ("      PREVIEW_DAYS: \"14\"\n", 1),
    ] {
        assert_eq!(trusted.matches(part).count(), times, "{part}{trusted}");
    }
}

/// The caller of a workflow needs every permission that one of its jobs requests, even if that job is skipped.
#[test]
fn grants_preview_callers_every_requested_permission() {
    let files = files(&with_previews());
    let permissions = |workflow: &str| -> BTreeSet<String> {
        let text = text(&files, &format!(".github/workflows/{workflow}.yml"));
        let lines = text
            .lines()
            .map(|line| line.split('#').next().unwrap().trim());
        let asked = lines.filter(|line| line.ends_with(": write"));
        asked.map(str::to_owned).collect()
    };
    let asked = permissions("preview-trusted");
    assert!(asked.contains("id-token: write"), "{asked:?}");
    for caller in ["preview", "previews"] {
        assert_eq!(permissions(caller), asked, "{caller}");
    }
    let previews = text(&files, ".github/workflows/previews.yml");
    assert_eq!(previews.matches("id-token: write").count(), 2);
}
