//! `graph`: the stacks as clusters, the constructs in them, and an arrow from each to what it refers to.

mod arguments;
mod dot;
mod json;
mod mermaid;
mod model;
mod svg;

use infra_console::ExitCode;

use super::stack;
use crate::assembly;
use crate::session::{Failure, Session};

pub(crate) use arguments::Arguments;
use arguments::Format;
use model::Model;

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let synthesis = assembly::synthesize(session)?;
    if session.judge(&synthesis, false)? {
        return session.fail(&synthesis, "nothing was drawn");
    }
    let mut only = Vec::new();
    for name in &options.stack {
        only.push(stack(&synthesis, name)?.path.as_str());
    }
    let model = Model::new(&synthesis, options.detail, &only);
    let format = if options.json {
        Format::Json
    } else {
        options.format
    };
    let text = match format {
        Format::Mermaid => mermaid::draw(&model),
        Format::Dot => dot::draw(&model),
        Format::Json => format!("{:#}\n", json::draw(&model)),
        Format::Svg => svg::draw(&model),
    };
    session.output.data(&text)?;
    Ok(ExitCode::Ok)
}
