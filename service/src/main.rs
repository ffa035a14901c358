//! The program `notes`.

use std::process::ExitCode;

fn main() -> ExitCode {
    notes_service::cli::main()
}
