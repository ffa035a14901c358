//! Adds to a number that is known at deployment only.
use infra_lib::{ParameterProps, ParameterType, App, Stack, Value};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Web");
    let port: Value<i64> = ParameterProps::new(ParameterType::Number).build(stack, "Port").value();
    let next = port + 1;
    drop(next);
}
