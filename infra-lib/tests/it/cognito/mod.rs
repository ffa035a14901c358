//! Tests of the constructs in `infra_lib::cognito`.

mod client;
mod domain;
mod federation;
mod pool;
mod risks;

use infra_lib::Stack;
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};

const POOL: &str = "eu-west-1_AbCdEfGhI";
const POOL_ARN: &str = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI";

fn function<'app>(stack: Stack<'app>, id: &str) -> Function<'app> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async (event) => event;"))
        .build(stack, id)
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}
