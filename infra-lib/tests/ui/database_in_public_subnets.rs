//! Puts a database into subnets with a route to the internet.
use infra_lib::ec2::Vpc;
use infra_lib::rds::RdsInstance;

fn database(vpc: Vpc<'_>) {
    let builder = RdsInstance::builder().subnets(vpc.public());
    drop(builder);
}

fn main() {
    let _ = database;
}
