//! A domain of OpenSearch Service in a VPC, which a function searches with signed requests.

use std::process::ExitCode;

use infra_lib::cidr;
use infra_lib::cloudwatch::{Comparison, TreatMissingData};
use infra_lib::ec2::{Connectable, Nat, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::opensearchservice::{
    Domain, DomainAccess, DomainCapacity, DomainNetwork, DomainStorage, SearchInstanceType,
};
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Search");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::None)
        .build(stack, "Vpc");
    // Whoever assumes this role maps the role of the function to permissions inside the domain.
    let admins = Role::builder()
        .assumed_by(Principal::this_account())
        .build(stack, "Admins");
    let products = Domain::builder()
        .network(DomainNetwork::vpc(vpc.isolated()))
        .capacity(DomainCapacity::data_nodes(2, SearchInstanceType::T3_SMALL))
        .storage(DomainStorage::gp3(Size::gib(20)))
        .access(DomainAccess::master_role(admins))
        .build(stack, "Products");

    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        // A client signs its requests with the credentials of the function.
        .code(Code::inline(
            "exports.handler = async () => process.env.SEARCH;",
        ))
        .env("SEARCH", sub!["https://", products.endpoint()])
        .subnets(vpc.isolated())
        .build(stack, "Function");
    products.allow_from(&function);
    products.grant_index_read_write(&function, "products");

    products
        .metric_free_storage_space()
        .alarm()
        .comparison(Comparison::LessThanThreshold)
        .threshold(4_096)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::Missing)
        .build(stack, "AlmostFull");
    Output::new(stack, "Endpoint", products.endpoint()).description("Host name of the domain");
}
