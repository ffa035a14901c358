//! Command line of the app: `cargo run -- synth`.

use my_app::{Config, build};

fn main() -> std::process::ExitCode {
    infra_runtime::run::<Config>(build)
}
