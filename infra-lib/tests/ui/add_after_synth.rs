//! Adds a construct to an app after its synthesis.
use infra_lib::{App, Stack};
use infra_lib::cfn::sns::CfnTopicProps;

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Events");
    let synthesis = app.synth();
    CfnTopicProps::new().build(stack, "TooLate");
    drop(synthesis);
}
