//! Implements `reach`: answers who can reach what, from the templates of the app. It never calls AWS.

mod document;
mod policies;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use infra_console::documents::to_json;
use infra_core::{Diagnostic, codes};
use infra_reach::{Answer, NodeId, Reach, Source, UnknownName, World};

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

pub(super) use document::Document;
use document::Question;

/// Name of the internet as a source.
const INTERNET: &str = "internet";

#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "flags of a command line, which clap keeps apart"
)]
pub(crate) struct Arguments {
    /// The question: FROM TO, or FROM ACTION TO with an action such as `s3:GetObject`.
    ///
    /// FROM is `internet` or a resource, TO is a resource. Resources are named by construct path, by logical ID, or by
    /// `STACK/LOGICAL_ID`.
    #[arg(value_name = "FROM [ACTION] TO", num_args = 2..=3, required_unless_present_any = ["from_internet", "to_data"])]
    question: Vec<String>,

    /// Lists everything that the internet, other accounts and identity providers reach.
    #[arg(long, conflicts_with = "question")]
    from_internet: bool,

    /// Lists who reaches each data store.
    #[arg(long, conflicts_with_all = ["question", "from_internet"])]
    to_data: bool,

    /// Shows the path: each step with the resource, the property, and the line of the program.
    #[arg(long)]
    why: bool,

    /// Shows the first thing that stops each way, with the line of the program.
    #[arg(long, conflicts_with_all = ["from_internet", "to_data"])]
    why_not: bool,

    /// Applies the service control policies in this file, which has one policy document, or a list of those of one level of the
    /// organization. Can be repeated, once for each level.
    #[arg(long, value_name = "FILE")]
    scp: Vec<PathBuf>,

    /// Ends with exit code 2 if the answer is at least this certain, or if a list has such an entry.
    #[arg(long, value_name = "ANSWER", default_value = "never")]
    fail_on: FailOn,

    /// Prints JSON: schemas/reach.schema.json.
    #[arg(long)]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// The least certain answer that ends the command with exit code 2.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum FailOn {
    /// No answer, so that the command never ends with exit code 2.
    Never,
    /// Targets reachable for some of the values that the templates leave open.
    Possible,
    /// Targets reachable with all of these values.
    Yes,
}

impl FailOn {
    fn should_fail(self, answer: Answer) -> bool {
        match self {
            Self::Never => false,
            Self::Possible => answer >= Answer::Possible,
            Self::Yes => answer == Answer::Yes,
        }
    }
}

pub(crate) fn run_reach(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let levels = policies::read_levels(session, &options.scp)?;
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    let world = World::from_assembly(&assembly);
    let mut reach = Reach::new(&world);
    for level in levels {
        reach = reach.with_control_policies(level);
    }
    let document = if options.from_internet {
        Document::of_exposures(&reach)
    } else if options.to_data {
        Document::of_stores(&reach)
    } else {
        Document::of_question(&reach, &read_question(&reach, &options.question)?)
    };
    if options.json {
        session.output.write_json(&to_json(&document))?;
    } else {
        let text = text::format_document(&document, options.why, options.why_not);
        let text = session.output.wrap_to_columns(&text);
        session.output.write_data(&text)?;
    }
    Ok(if options.fail_on.should_fail(document.most_certain()) {
        ExitCode::Differences
    } else {
        ExitCode::Ok
    })
}

fn read_question(reach: &Reach<'_>, words: &[String]) -> Result<Question, Failure> {
    let [from, between @ .., to] = words else {
        return Err(
            Diagnostic::new(codes::UNKNOWN_RESOURCE, "the question names no resource").into(),
        );
    };
    let action = between.first().cloned();
    let source = if from == INTERNET {
        Source::Internet
    } else {
        Source::Resource(find(reach, from)?)
    };
    Ok(Question {
        from: from.clone(),
        source,
        action,
        to: to.clone(),
        target: find(reach, to)?,
    })
}

fn find(reach: &Reach<'_>, name: &str) -> Result<NodeId, Failure> {
    reach.find(name).map_err(|error| {
        let finding = Diagnostic::new(codes::UNKNOWN_RESOURCE, error.to_string());
        match error {
            UnknownName::Several { candidates, .. } => {
                let listed: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
                finding.expected(format!("one of {}", listed.join(", "))).into()
            }
            UnknownName::Nothing { similar, .. } => match similar.first() {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")).into(),
                None => finding
                    .help("name it by its construct path or logical ID; `reach --from-internet` and `reach --to-data` list names")
                    .into(),
            },
            _ => Failure::from(finding),
        }
    })
}
