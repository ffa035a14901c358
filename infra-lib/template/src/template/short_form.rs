//! Intrinsic functions that YAML can write as a tag, such as `!Ref`.

use infra_core::find_nearest;
use infra_yaml::LongForm;

/// Returns the long form of a tag. The error suggests the most similar function.
pub(super) fn find_long_form(tag: &str) -> Result<LongForm, String> {
    infra_yaml::find_long_form(tag, |known| find_nearest(tag, known.iter().copied()))
}
