//! `graph`: the stacks as clusters, the constructs in them, and an arrow from each to what it refers to.

mod dot;
mod mermaid;
mod model;

use super::{Session, stack};
use crate::arguments::{Graph, GraphFormat};
use crate::program::Failure;
use crate::{ExitCode, assembly};
use model::Model;

pub(super) fn run(session: &mut Session<'_>, options: &Graph) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize(session)?;
    if session.judge(&synthesis, false)? {
        return session.verdict(&synthesis, "nothing was drawn");
    }
    let mut only = Vec::new();
    for name in &options.stack {
        only.push(stack(&synthesis, name)?.path.as_str());
    }
    let model = Model::new(&synthesis, options.detail, &only);
    let text = match options.format {
        GraphFormat::Mermaid => mermaid::draw(&model),
        GraphFormat::Dot => dot::draw(&model),
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
