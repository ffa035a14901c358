//! Assertions about what the deployment of a change interrupts, over all stacks of an app.
//!
//! ```
//! use infra_lib::assertions::simulate;
//! use infra_lib::core::Synthesis;
//! use infra_lib::prelude::*;
//! use infra_lib::sqs::Queue;
//!
//! fn synth(visibility: Duration) -> Synthesis {
//!     let app = App::new();
//!     let stack = Stack::new(&app, "Web");
//!     Queue::builder().visibility_timeout(visibility).build(stack, "Jobs");
//!     app.synth()
//! }
//!
//! let before = synth(Duration::seconds(30));
//! let after = synth(Duration::seconds(60));
//! simulate(&before, &after).never_interrupts("Web/Jobs");
//! ```

use infra_template::simulate::{Simulation, simulate_assemblies};

use super::assembly::read_assembly;
use crate::core::Synthesis;

/// The simulated deployment of one state of an app over another, for assertions about what it interrupts.
#[derive(Clone, Debug)]
pub struct SimulatedDeployment {
    simulation: Simulation,
}

/// Simulates the deployment of `after` over `before`, as `infra simulate --against` does. Stacks that only `before` has are deleted.
///
/// # Panics
///
/// Panics if one of the syntheses found errors.
#[track_caller]
pub fn simulate(before: &Synthesis, after: &Synthesis) -> SimulatedDeployment {
    SimulatedDeployment {
        simulation: simulate_assemblies(&read_assembly(before), &read_assembly(after)),
    }
}

impl SimulatedDeployment {
    /// Asserts that no change interrupts a construct: neither one of its own resources, nor one of a resource that it uses, in this stack and in
    /// others. A change that no rule covers counts as an interruption.
    ///
    /// `construct` is a construct path such as `Web/Service`, or a logical ID.
    ///
    /// # Panics
    ///
    /// Panics if a change may interrupt the construct, with the verdict, the reason and the page of AWS of each such change, and if the app has no
    /// construct of that name.
    #[track_caller]
    pub fn never_interrupts(&self, construct: &str) {
        self.simulation.never_interrupts(construct);
    }
}
