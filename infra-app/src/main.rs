//! The infrastructure of the notes system: `cargo run -p infra-app -- synth`.

fn main() -> std::process::ExitCode {
    infra_runtime::run::<infra_app::Config>(infra_app::build)
}
