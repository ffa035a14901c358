//! Two VPCs that reach each other, with network ACLs, DNS servers of the company, and flow logs in a bucket.

use std::process::ExitCode;

use infra_lib::cidr;
use infra_lib::ec2::{
    AclRule, DhcpOptions, FlowLogFiles, FlowLogs, Nat, NetworkAcl, PeerVpc, Port, Vpc,
    VpcPeeringConnection,
};
use infra_lib::prelude::*;
use infra_lib::s3::Bucket;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Networks");
    let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
    let network = |id: &str, block| {
        Vpc::builder()
            .cidr(block)
            .nat(Nat::None)
            .flow_logs(FlowLogs::all().to_bucket(logs, FlowLogFiles::new().parquet().hourly()))
            .build(stack, id)
    };
    let shop = network("Shop", cidr!("10.0.0.0/16"));
    let office = network("Office", cidr!("10.1.0.0/16"));
    VpcPeeringConnection::builder()
        .vpc(shop)
        .peer(PeerVpc::same_account(office))
        .build(stack, "Peering");

    // Databases of the shop answer the shop and the office, and nobody else, whatever the security groups say.
    let data = NetworkAcl::builder()
        .subnets(shop.isolated())
        .build(stack, "Data");
    for (number, name, vpc) in [(100, "Shop", shop), (200, "Office", office)] {
        let block = vpc.cidr_block();
        data.add_rule(
            &format!("{name}Queries"),
            AclRule::allow_inbound(number, block.clone(), Port::POSTGRES),
        );
        data.add_rule(
            &format!("{name}Replies"),
            AclRule::allow_outbound(number, block, Port::tcp_range(1024, 65535)),
        );
    }

    // The servers of the company know the hosts of the office, and ask Amazon for everything else.
    DhcpOptions::builder()
        .vpc(office)
        .domain_name("office.example.com")
        .domain_name_server("10.1.0.10")
        .domain_name_server("10.1.16.10")
        .build(stack, "Options");
    Output::new(stack, "Bucket", logs.bucket_name()).description("Bucket of the flow logs");
}
