//! Renders the files of a pipeline.

use crate::pipeline::{Invalid, Pipeline, Provider, PullRequests};
use crate::stamp::{Comment, insert_stamp};
use crate::text::{Values, expand_template};
use crate::{Approval, github, gitlab};

/// Path of a file with its text.
type Text = (&'static str, &'static str);

/// Paths of files with their texts.
pub(crate) type Texts = &'static [Text];

/// File of a project's delivery pipeline, rendered from a template or copied.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct File {
    /// Path of the file relative to the project folder, with `/` as separator.
    pub path: String,
    /// Contents of the file with `\n` as line break, including the line that names its generator.
    pub text: String,
    /// True for a script with an interpreter line, which has to be executable.
    pub executable: bool,
}

/// Renders the files of a project's pipeline, ordered by path. Equal arguments give equal files.
///
/// `app` is the name of the app, `command` the one that runs it, both as `infra.toml` has them.
///
/// # Errors
///
/// [`Invalid`] if a key has a value that it cannot have.
pub fn render(app: &str, command: &str, pipeline: &Pipeline) -> Result<Vec<File>, Invalid> {
    pipeline.check_values()?;
    if command.contains('\n') {
        return Err(Invalid {
            key: "app".to_owned(),
            value: command.to_owned(),
            expected: "one line",
        });
    }
    let previews = preview_values(pipeline);
    let mut values = template_values(app, command, pipeline);
    // Files that only previews need use the values without a repeated part.
    values.extend(previews.iter().flatten().cloned());
    let repeated = [
        ("environment", environment_values(pipeline)),
        ("preview", previews),
        ("assets", if_assets(pipeline, || vec![Values::new()])),
        (
            "published",
            if_assets(pipeline, || environment_values(pipeline)),
        ),
    ];
    let (templates, scripts) = select_sources(pipeline.provider, pipeline.preview.is_some());
    let mut files: Vec<File> = templates
        .iter()
        .map(|(path, template)| {
            let markdown = std::path::Path::new(path)
                .extension()
                .is_some_and(|end| end == "md");
            let comment = if markdown {
                Comment::Markdown
            } else {
                Comment::Hash
            };
            File {
                path: (*path).to_owned(),
                text: insert_stamp(&expand_template(template, &values, &repeated), comment),
                executable: false,
            }
        })
        .chain(scripts.iter().map(|(path, text)| File {
            path: format!("scripts/{path}"),
            text: insert_stamp(&text.replace("\r\n", "\n"), Comment::Hash),
            executable: text.starts_with("#!"),
        }))
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Returns the repetitions of a part that only pipelines with assets have.
fn if_assets(pipeline: &Pipeline, values: impl FnOnce() -> Vec<Values>) -> Vec<Values> {
    if pipeline.assets {
        values()
    } else {
        Vec::new()
    }
}

/// Audience of GitLab's ID tokens for AWS, the only one that `gitlab::OidcProvider` of `infra-lib` accepts.
const AUDIENCE: &str = "sts.amazonaws.com";

fn template_values(app: &str, command: &str, pipeline: &Pipeline) -> Values {
    let names = |approval: Option<Approval>| {
        let chosen = pipeline
            .environments
            .iter()
            .filter(|one| approval.is_none_or(|wanted| one.approval == wanted));
        let names: Vec<&str> = chosen.map(|one| one.name.as_str()).collect();
        names
    };
    let with = |before: &str| {
        let names = names(None)
            .into_iter()
            .map(|name| format!("{before}{name}"));
        names.collect::<Vec<_>>().join(", ")
    };
    let ticked = |names: Vec<&str>| {
        let names = names.into_iter().map(|name| format!("`{name}`"));
        let names = names.collect::<Vec<_>>().join(", ");
        if names.is_empty() {
            "none".to_owned()
        } else {
            names
        }
    };
    let changed = names(None).into_iter();
    let changed: Vec<String> = changed
        .map(|name| format!("needs.environment-{name}.outputs.changed == 'true'"))
        .collect();
    let changed = changed.join(" || ");
    let last = pipeline.environments.last();
    vec![
        ("@app@", app.to_owned()),
        ("@command@", command.to_owned()),
        ("@repository@", pipeline.repository.clone()),
        ("@drift@", pipeline.drift.clone()),
        ("@tool@", pipeline.tool.clone()),
        ("@audience@", AUDIENCE.to_owned()),
        ("@rust@", env!("CARGO_PKG_RUST_VERSION").to_owned()),
        (
            "@last@",
            last.map(|one| one.name.clone()).unwrap_or_default(),
        ),
        ("@names@", with("")),
        ("@list@", format!("{:?}", names(None))),
        ("@environment-jobs@", with("environment-")),
        ("@changed@", changed),
        ("@approved@", ticked(names(Some(Approval::Required)))),
        ("@unapproved@", ticked(names(Some(Approval::None)))),
    ]
}

fn environment_values(pipeline: &Pipeline) -> Vec<Values> {
    let (mut before, mut when) = (String::new(), String::new());
    let published = |name: &str| {
        if pipeline.assets {
            format!(", publish {name}")
        } else {
            String::new()
        }
    };
    // Nothing of a merge request is published.
    let unpublished = if pipeline.assets {
        "--allow-unpublished"
    } else {
        "--no-publish"
    };
    let environments = pipeline.environments.iter();
    environments
        .map(|environment| {
            let values = vec![
                ("@name@", environment.name.clone()),
                ("@before@", before.clone()),
                ("@suffix@", environment.variable_suffix()),
                ("@published@", published(&environment.name)),
                ("@unpublished@", unpublished.to_owned()),
                (
                    "@when@",
                    match environment.approval {
                        Approval::Required => "manual",
                        Approval::None => "on_success",
                    }
                    .to_owned(),
                ),
                ("@when-before@", when.clone()),
            ];
            before = match pipeline.provider {
                Provider::Github => format!(", environment-{}", environment.name),
                Provider::Gitlab => format!(", deploy {}", environment.name),
            };
            when = format!(
                " && needs.environment-{}.outputs.deployed == 'true'",
                environment.name
            );
            values
        })
        .collect()
}

/// Returns the values for the preview parts of a template; empty if the pipeline has no previews.
fn preview_values(pipeline: &Pipeline) -> Vec<Values> {
    let values = pipeline.preview.iter().map(|preview| {
        let (of, whose, condition) = match preview.pull_requests {
            PullRequests::Labelled => (
                "labelled",
                "with the label `preview`",
                " &&\n      contains(github.event.pull_request.labels.*.name, 'preview')",
            ),
            PullRequests::All => ("all", "of every branch of the repository", ""),
        };
        vec![
            ("@preview@", preview.environment.clone()),
            ("@days@", preview.days.to_string()),
            ("@of@", of.to_owned()),
            ("@whose@", whose.to_owned()),
            ("@if-wanted@", condition.to_owned()),
        ]
    });
    values.collect()
}

/// Returns the paths of files that [`render`] creates only for other pipelines: those of the other provider, and those of previews if this one has
/// none.
pub fn list_other_paths(pipeline: &Pipeline) -> Vec<String> {
    let own = list_paths(pipeline.provider, pipeline.preview.is_some());
    let all = [Provider::Github, Provider::Gitlab].map(|one| list_paths(one, true));
    let all = all.into_iter().flatten();
    all.filter(|path| !own.contains(path)).collect()
}

fn list_paths(provider: Provider, with_previews: bool) -> Vec<String> {
    let (templates, scripts) = select_sources(provider, with_previews);
    let templates = templates.iter().map(|(path, _)| (*path).to_owned());
    let scripts = scripts.iter().map(|(path, _)| format!("scripts/{path}"));
    templates.chain(scripts).collect()
}

/// Returns the templates of a pipeline, and the scripts that they call by path below `scripts`.
fn select_sources(provider: Provider, with_previews: bool) -> (Vec<Text>, Vec<Text>) {
    let (templates, scripts) = match provider {
        Provider::Github => (github::TEMPLATES, github::SCRIPTS),
        Provider::Gitlab => (gitlab::TEMPLATES, gitlab::SCRIPTS),
    };
    let (more_templates, more_scripts): (Texts, Texts) = match provider {
        Provider::Github if with_previews => (github::PREVIEW_TEMPLATES, github::PREVIEW_SCRIPTS),
        _ => (&[], &[]),
    };
    (
        [templates, more_templates].concat(),
        [scripts, more_scripts].concat(),
    )
}
