//! The stack `GoodDynamic`: 1 resource, converted by `import-template` from
//! `good_dynamic.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `rds`).

use infra_cfn::rds;
use infra_core::{App, RemovalPolicy, Stack};

/// Adds the stack to the app.
pub fn good_dynamic(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "GoodDynamic");

    let database = rds::CfnDbInstanceProps::new()
        .db_instance_class("db.t4g.micro")
        .engine("postgres")
        .allocated_storage("{{resolve:ssm:/size}}")
        .master_username("{{resolve:secretsmanager:db:SecretString:user}}")
        .master_user_password("{{resolve:secretsmanager:db:SecretString:password}}")
        .build(stack, "Database");
    database.apply_removal_policy(RemovalPolicy::Snapshot);

    stack
}
