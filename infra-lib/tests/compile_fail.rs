//! Checks mistakes that must not compile, each with the message that the user reads.
//!
//! `just compile-fail-update` writes the messages again. Read the difference as a user would before committing it: every message must describe the
//! solution.

#[test]
fn mistakes_do_not_compile_and_the_message_tells_the_way_out() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
