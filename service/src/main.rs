//! The `notes` command: the notes service and the commands of its operators.

use std::process::ExitCode;

fn main() -> ExitCode {
    notes_service::cli::main()
}
