//! Checks mistakes that must not compile, each with the message that the user reads.
//!
//! `just compile-fail-update` writes the messages again. Read the difference as a user would before committing it: every message must describe the
//! solution.

#[test]
fn rejects_mistakes_at_compile_time_with_helpful_message() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
