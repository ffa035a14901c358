//! Implements `new`: creates a project with app, configuration, tests and a delivery pipeline.

mod check;
mod content;
mod folder;
mod name;
mod pipeline;
mod source;

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{conversion, delivery};
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_codegen::convert::Form;

use content::Kind;
use name::ProjectName;
use source::Source;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Name of the project, its package, and the folder to create.
    name: ProjectName,

    /// Stacks that the project begins with.
    #[arg(long, value_name = "TEMPLATE", default_value = "empty")]
    template: Template,

    /// Begins with the stack of a CloudFormation template, converted as by `import-template`, with the same logical IDs.
    #[arg(long, value_name = "FILE", conflicts_with = "template")]
    from: Option<PathBuf>,

    /// Uses constructs for resources of `--from` that a construct makes exactly, and bindings for the others.
    #[arg(long, requires = "from")]
    constructs: bool,

    /// Skips the check that the project synthesizes to the template of `--from`, which compiles the project.
    #[arg(long, requires = "from")]
    no_check: bool,

    /// CI service for the delivery pipeline, whose workflows are written too.
    ///
    /// Default: `github`.
    #[arg(long, value_name = "SERVICE")]
    ci: Option<Ci>,

    /// The repository of the project, `OWNER/NAME` on GitHub, `GROUP/PROJECT` on GitLab. It can be set later in `infra.toml`.
    ///
    /// Default: the placeholder `your-org/NAME`.
    #[arg(long, value_name = "REPOSITORY")]
    repository: Option<String>,

    /// Origin of `infra-lib`, `infra-runtime` and `infra-contract`: `git:URL#COMMIT`, `path:FOLDER` with a checkout, or `registry` for a tool from the registry.
    ///
    /// Default: the registry, in the version of this tool; for a tool built from a checkout, that checkout.
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
}

/// The template of a project.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Template {
    /// One stack with a bucket.
    Empty,
    /// A container service behind a load balancer with HTTPS.
    WebService,
    /// Functions in Rust behind an HTTP API, with a table, a queue, a bucket and a schedule.
    Serverless,
}

/// The CI service that runs a pipeline.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// None: the project is deployed from a workstation.
    None,
}

pub(crate) fn run_new(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let name = &options.name;
    let folder = session.directory.join(name.as_str());
    folder::check_empty(session, &folder)?;
    let source = match &options.source {
        Some(source) => source.clone().into_checked(session.directory),
        None => Source::default_for_tool(),
    };
    let source = source.map_err(|finding| Failure::from(*finding))?;
    let (kind, origin) = match (&options.from, options.template) {
        (Some(file), _) => {
            let converted = conversion::convert_template(
                session,
                file,
                None,
                Form::Project,
                options.constructs,
            )?;
            session.output.write_findings(&converted.findings)?;
            let origin = session.format_path(&session.directory.join(file));
            (Kind::Converted(Box::new(converted)), format!("`{origin}`"))
        }
        (None, Template::Empty) => (Kind::Empty, "the template `empty`".to_owned()),
        (None, Template::WebService) => (Kind::WebService, "the template `web-service`".to_owned()),
        (None, Template::Serverless) => (Kind::Serverless, "the template `serverless`".to_owned()),
    };
    let ci = options.ci.unwrap_or(Ci::Github);
    let pipeline = pipeline::new(ci, name, options.repository.as_deref(), &source);
    let pipeline = pipeline.map(|pipeline| match kind {
        // The code of functions.
        Kind::Serverless => pipeline.publish_assets(),
        Kind::Empty | Kind::WebService | Kind::Converted(_) => pipeline,
    });
    let rendered = match &pipeline {
        Some(pipeline) => {
            pipeline::render_files(name, pipeline).map_err(|finding| Failure::from(*finding))?
        }
        None => Vec::new(),
    };
    let mut files = content::render_files(name, &source, &kind, pipeline.as_ref());
    // The list of resources of a converted template is a single line before formatting.
    if let (Kind::Converted(_), Some(text)) = (&kind, files.get_mut(content::STACK_TESTS)) {
        *text = conversion::format_rust(session, std::mem::take(text))?;
    }
    folder::write_files(session, &folder, &files)?;
    for file in &rendered {
        delivery::write_file(session, &folder, file)?;
    }
    print_summary(
        session,
        name,
        &origin,
        files.len() + rendered.len(),
        &source,
    )?;
    if let Kind::Converted(converted) = &kind
        && !options.no_check
    {
        check::check_project(session, &folder, converted, &origin)?;
    }
    Ok(ExitCode::Ok)
}

/// Prints the result, and the commands to continue with.
fn print_summary(
    session: &mut Session<'_>,
    name: &ProjectName,
    origin: &str,
    files: usize,
    source: &Source,
) -> Result<(), Failure> {
    let name = name.as_str();
    let mut text = format!("created `{name}` from {origin}: {files} files\n");
    if let Source::Checkout(folder) = source {
        let _ = writeln!(
            text,
            "it depends on the local folder `{}`: before you share the project, use a git revision or a version in `{name}/Cargo.toml`",
            folder.display()
        );
    }
    text.push('\n');
    for (command, purpose) in [
        (format!("cd {name}"), ""),
        (
            "cargo run -- synth".to_owned(),
            "writes the templates to `infra.out`",
        ),
        (
            "cargo test".to_owned(),
            "checks them; writes `tests/golden` the first time",
        ),
    ] {
        let line = format!("  {command:22}{purpose}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    session.output.write_status(&text)?;
    Ok(())
}
