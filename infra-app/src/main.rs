//! Runs the command line of the app, for example `cargo run -p infra-app -- synth`.

fn main() -> std::process::ExitCode {
    infra_runtime::run::<infra_app::Config>(infra_app::build)
}
