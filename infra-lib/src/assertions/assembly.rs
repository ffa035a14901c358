//! Reads a synthesis as a cloud assembly, for assertions about several stacks.

use infra_template::assembly::CloudAssembly;

use crate::core::Synthesis;

/// Returns the assembly of a synthesis.
///
/// # Panics
///
/// Panics if synthesis found errors.
#[track_caller]
pub(super) fn read_assembly(synthesis: &Synthesis) -> CloudAssembly {
    assert!(
        !synthesis.has_errors(),
        "synthesis found errors: {:?}",
        synthesis.findings()
    );
    match CloudAssembly::from_synthesis(synthesis) {
        Ok(assembly) => assembly,
        Err(error) => panic!("the synthesis cannot be read: {error}"),
    }
}
