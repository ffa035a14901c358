//! `bootstrap`.

use infra_toolkit::fake::FakeCloud;
use insta::assert_snapshot;

use super::{assert_nothing_written, run};

#[test]
fn the_template_is_printed_and_nothing_is_deployed() {
    let aws = FakeCloud::new();
    assert_snapshot!(run(&aws, &["bootstrap", "--print"]));
    assert_nothing_written(&aws);
}
