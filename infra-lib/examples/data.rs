//! Creates file systems and databases, as the peer with aws-cdk-lib does: `data OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::core::assembly;
use infra_lib::ec2::{Vpc, VpcAttributes};
use infra_lib::efs::{AccessPoint, AccessedFiles, FileAge, FileSystem, PosixUser, RootDirectory};
use infra_lib::rds::{
    DatabaseInsights, EngineOption, EnhancedMonitoring, InstanceClass, MariadbEngineVersion,
    OptionGroup, RdsInstance, RdsInstanceAttributes, RdsReadReplica,
};
use infra_lib::{App, Stack};

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    let stack = Stack::new(&app, "Data");
    let vpc = Vpc::from_attributes(
        stack,
        "Vpc",
        VpcAttributes::new("vpc-0123456789abcdef0")
            .isolated(["subnet-0123456789abcde31", "subnet-0123456789abcde32"]),
    );
    files(stack, vpc);
    databases(stack, vpc);
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn files<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    let files = FileSystem::builder()
        .subnets(vpc.isolated())
        .transition_to_infrequent_access(FileAge::Days30)
        .transition_to_archive(FileAge::Days90)
        .accessed_files(AccessedFiles::ReturnToStandard)
        .build(stack, "Files");
    AccessPoint::builder()
        .file_system(files)
        .posix_user(PosixUser::new(1000, 1000))
        .root_directory(RootDirectory::created("/uploads", 1000, 1000, 0o750))
        .build(files, "Uploads");
}

fn databases<'app>(stack: Stack<'app>, vpc: Vpc<'app>) {
    OptionGroup::builder()
        .engine(MariadbEngineVersion::other("10.11.10"))
        .option(EngineOption::new("MARIADB_AUDIT_PLUGIN").setting("SERVER_AUDIT_EVENTS", "CONNECT"))
        .description("Option group for mariadb 10.11")
        .build(stack, "Options");
    let source = RdsInstance::from_attributes(
        stack,
        "Source",
        RdsInstanceAttributes::builder()
            .instance_identifier("notes")
            .host("notes.example.com")
            .port(5_432)
            .build(),
    );
    RdsReadReplica::builder()
        .source(source)
        .subnets(vpc.isolated())
        .instance_class(InstanceClass::T4G_MICRO)
        .instance_identifier("reports".to_owned())
        .database_insights(DatabaseInsights::Off)
        .enhanced_monitoring(EnhancedMonitoring::Off)
        .build(stack, "Reports");
}
