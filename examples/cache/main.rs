//! A serverless cache whose only user is a function, which logs in with IAM credentials.

use std::process::ExitCode;

use infra_lib::cidr;
use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::ec2::{Connectable, Nat, Vpc};
use infra_lib::elasticache::{ServerlessCache, User, UserGroup};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Sessions");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::None)
        .build(stack, "Vpc");

    let login = User::builder()
        .access_string("on ~session:* -@all +@read +@write")
        .build(stack, "Login");
    let users = UserGroup::builder().user(login).build(stack, "Users");
    let cache = ServerlessCache::builder()
        .subnets(vpc.isolated())
        .user_group(users)
        .max_data_storage(Size::gib(5))
        .max_ecpu_per_second(5_000)
        .build(stack, "Cache");

    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        // The client of the cache signs its log-in with the credentials of the function.
        .code(Code::inline(
            "exports.handler = async () => process.env.CACHE;",
        ))
        .env("CACHE", sub!["rediss://", cache.host(), ":", cache.port()])
        .env("CACHE_USER", login.user_id().cast::<String>())
        .subnets(vpc.isolated())
        .build(stack, "Function");
    cache.allow_from(&function);
    cache.grant_connect(&function, login);

    cache
        .metric_throttled_commands()
        .alarm()
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(0)
        .evaluation_periods(3)
        .treat_missing_data(TreatMissingData::NotBreaching)
        .build(stack, "Throttled");
    Output::new(stack, "Host", cache.host()).description("Address of the cache");
}
