//! Runs apps for tests of the tool, inside the process of the test.

use infra_cli::testing::{AppRun, Invocation, Outcome};
use infra_core::App;

/// A command line of the tool that can run with an app inside the test process.
pub(crate) trait RunApp {
    /// Runs the command line with the app without configuration that `build` creates.
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
