//! Builds a resource without a property that CloudFormation requires.
use infra_lib::cfn::sns::CfnSubscriptionProps;
use infra_lib::{App, Stack};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    CfnSubscriptionProps::new("email").build(stack, "Mail");
}
