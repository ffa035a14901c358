//! Runs the command line of the app, for example `cargo run -- synth`.

use my_app::{Config, build};

fn main() -> std::process::ExitCode {
    infra_runtime::run::<Config>(build)
}
