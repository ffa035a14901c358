//! Tests of layers, images, asynchronous invocations and further settings of functions.

mod asynchronous;
mod kafka;
mod layers;
mod settings;

use infra_lib::lambda::Function;
use infra_lib::{App, Stack};

use crate::lambda::inline_function;

const FUNCTION: &str = "AWS::Lambda::Function";
const ASYNC: &str = "AWS::Lambda::EventInvokeConfig";

fn function(stack: Stack<'_>) -> Function<'_> {
    inline_function!().build(stack, "Function")
}

/// Returns the codes of the findings about a stack.
fn codes(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let found = app.synth();
    let codes = found.findings().iter();
    codes.map(|one| one.code.as_str().to_owned()).collect()
}
