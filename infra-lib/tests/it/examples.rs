//! Every example synthesizes without a finding.

#[path = "../../examples/cross_stack.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "an example is a program of its own"
)]
mod cross_stack;
#[path = "../../examples/custom_construct.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "an example is a program of its own"
)]
mod custom_construct;
#[path = "../../examples/escape_hatch.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "an example is a program of its own"
)]
mod escape_hatch;
#[path = "../../examples/hello.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "an example is a program of its own"
)]
mod hello;

use infra_lib::App;
use infra_runtime::testing::Invocation;

#[track_caller]
fn check(build: impl Fn(&App), stack: &str, name: &str) {
    let outcome = Invocation::new(["synth", "--strict", "--stack", stack]).run_simple(build);
    insta::assert_snapshot!(name, outcome);
}

#[test]
fn hello_is_a_bucket_and_a_queue() {
    check(hello::build, "Hello", "example_hello");
}

#[test]
fn a_reference_orders_two_stacks() {
    check(cross_stack::build, "Sender", "example_cross_stack");
    let outcome = Invocation::new(["ls", "--long"]).run_simple(cross_stack::build);
    insta::assert_snapshot!("example_cross_stack_order", outcome);
}

#[test]
fn a_construct_of_ones_own_is_used_like_those_of_the_library() {
    check(custom_construct::build, "Mail", "example_custom_construct");
}

#[test]
fn every_escape_hatch_leads_out() {
    check(escape_hatch::build, "Hatches", "example_escape_hatch");
}
