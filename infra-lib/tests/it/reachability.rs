//! Assertions about who can reach what.

use std::panic::{AssertUnwindSafe, catch_unwind};

use infra_lib::assertions::{Reachability, internet};
use infra_lib::core::Synthesis;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::prelude::*;
use infra_lib::s3::Bucket;

/// A function that reads one of two buckets.
fn synthesis() -> Synthesis {
    let app = App::new();
    let stack = Stack::new(&app, "App");
    let files = Bucket::builder().build(stack, "Files");
    Bucket::builder().build(stack, "Others");
    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {}"))
        .build(stack, "Reader");
    files.grant_read(&function);
    app.synth()
}

fn panics(check: impl FnOnce()) -> String {
    let error = catch_unwind(AssertUnwindSafe(check)).expect_err("the assertion holds");
    *error.downcast::<String>().expect("the message is text")
}

#[test]
fn asserts_who_reaches_what() {
    let reachability = Reachability::of(&synthesis());
    reachability.assert_unreachable(internet(), "App/Files");
    reachability.assert_unreachable("App/Reader", "App/Others");
    reachability.assert_reachable("App/Reader", "App/Files");
    reachability.assert_allowed("App/Reader", "s3:GetObject", "App/Files");
    reachability.assert_only("App/Reader", ["App/Files", "App/Reader/LogGroup"]);
}

#[test]
fn shows_path_or_what_stops_it() {
    let reachability = Reachability::of(&synthesis());
    let path = panics(|| reachability.assert_unreachable("App/Reader", "App/Files"));
    assert!(
        path.starts_with("App/Reader reaches App/Files: yes\n  yes: "),
        "{path}"
    );
    let stop = panics(|| reachability.assert_reachable("App/Reader", "App/Others"));
    assert!(
        stop.starts_with("App/Reader reaches App/Others: no\n  no: no policy allows"),
        "{stop}"
    );
    let action = panics(|| reachability.assert_allowed("App/Reader", "s3:PutObject", "App/Files"));
    assert!(action.contains("s3:PutObject on App/Files: no"), "{action}");
    let other =
        panics(|| reachability.assert_only("App/Reader", ["App/Others", "App/Reader/LogGroup"]));
    assert!(
        other.starts_with("App/Reader reaches other data stores: App/Files\n"),
        "{other}"
    );
    let name = panics(|| reachability.assert_unreachable(internet(), "App/File"));
    assert_eq!(name, "the app has no resource `App/File`");
}
