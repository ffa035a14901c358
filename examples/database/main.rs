//! A PostgreSQL database in isolated subnets, with a generated password and alarms by email.

use std::process::ExitCode;

use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::ec2::{Nat, Vpc};
use infra_lib::kms::Key;
use infra_lib::prelude::*;
use infra_lib::rds::{
    Availability, DeletionProtection, InstanceClass, PostgresEngineVersion, RdsInstance, Storage,
};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{cidr, database_name};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let network = Stack::new(app, "Network");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::None)
        .build(network, "Vpc");

    let data = Stack::new(app, "Data");
    let database = RdsInstance::builder()
        .subnets(vpc.isolated())
        .version(PostgresEngineVersion::V17_11)
        .instance_class(InstanceClass::T4G_MICRO)
        .storage(Storage::gp3(Size::gib(20)).autoscale_to(Size::gib(100)))
        .availability(Availability::MultiAz)
        .database_name(database_name!("shop"))
        .deletion_protection(DeletionProtection::Enabled)
        .build(data, "Database");
    Output::new(data, "Host", database.host()).description("Address of the database");

    // CloudWatch may not publish to a topic that is encrypted with the key AWS manages.
    let key = Key::builder().build(data, "Key");
    let alarms = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(data, "Alarms");
    alarms.subscribe_email("on-call@example.com");
    Alarm::builder()
        .metric(database.metric_cpu())
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(80)
        .evaluation_periods(3)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("The database has been busy for 15 minutes")
        .action(&alarms)
        .build(data, "Cpu");
    Alarm::builder()
        .metric(database.metric_free_storage())
        .comparison(Comparison::LessThanThreshold)
        .threshold(4.0 * 1024.0 * 1024.0 * 1024.0) // bytes
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("Less than 4 GiB of storage left")
        .action(&alarms)
        .build(data, "Storage");
}
