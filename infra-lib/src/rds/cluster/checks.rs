//! Checks of clusters that the compiler cannot make.

use super::DatabaseClusterProps;
use crate::rds::engine::check_port;
use crate::{Diagnostic, Scope, codes, maintenance_window};

pub(super) fn check_props(scope: Scope<'_>, props: &DatabaseClusterProps<'_>, port: u16) {
    check_port(scope, port, props.engine.dialect);
    props
        .windows
        .check_windows(scope, &maintenance_window::DATABASE);
    props.serverless_capacity.check_capacity(scope);
    check_restore(scope, props);
    if let Some(window) = props
        .engine
        .backtrack
        .filter(|window| window.as_seconds() > 72 * 3_600)
    {
        scope.report(
            Diagnostic::new(codes::BACKTRACK_WINDOW, "Aurora cannot rewind a cluster that far")
                .property("BacktrackWindow")
                .actual(window.to_string())
                .expected("at most 72 hours")
                .help("restore a backup to go back further")
                .url("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html"),
        );
    }
}

fn check_restore(scope: Scope<'_>, props: &DatabaseClusterProps<'_>) {
    if let Some(time) = &props.point_in_time {
        time.check_time(scope);
    }
    if props.snapshot.is_none() && props.point_in_time.is_none() {
        return;
    }
    let both = props.snapshot.is_some() && props.point_in_time.is_some();
    let given = [
        ("SnapshotIdentifier", "`.snapshot(…)`", both),
        (
            "DatabaseName",
            "`.database_name(…)`",
            props.database_name.is_some(),
        ),
        (
            "MasterUserPassword",
            "`Credentials::generated()`",
            props.credentials.is_generated(),
        ),
    ];
    let source = if props.point_in_time.is_some() {
        ("another cluster", "that cluster")
    } else {
        ("a snapshot", "the snapshot")
    };
    for (property, call, _) in given.into_iter().filter(|(_, _, given)| *given) {
        let (source, its) = source;
        scope.report(
            Diagnostic::new(
                codes::RESTORED_CLUSTER,
                format!("a cluster that starts with {source} has the databases and the master user of {its}"),
            )
            .property(property)
            .actual(call)
            .help(format!("remove {call}"))
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html#cfn-rds-dbcluster-snapshotidentifier"),
        );
    }
}
