//! Apps for tests of the tool: the runtime of an app within the test's own process.

use infra_cli::testing::{AppRun, Invocation, Outcome};
use infra_core::App;

/// Runs a command line of the tool for an app.
pub(crate) trait RunApp {
    /// Runs it for the app without configuration that `build` makes.
    fn run_simple(self, build: impl Fn(&App)) -> Outcome;
}

impl RunApp for Invocation {
    fn run_simple(self, build: impl Fn(&App)) -> Outcome {
        self.run_with(&|arguments, directory| {
            let invocation = infra_runtime::testing::Invocation::new(arguments.iter().cloned());
            let run = invocation.directory(directory).run_simple(&build);
            AppRun {
                stdout: run.stdout,
                stderr: run.stderr,
                exit_code: run.exit_code,
            }
        })
    }
}
