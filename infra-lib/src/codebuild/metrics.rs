//! CloudWatch metrics of projects.

use super::{ImportedProject, Project};
use crate::cloudwatch::metrics;

metrics! {
    const PROJECT: "https://docs.aws.amazon.com/codebuild/latest/userguide/cloudwatch_metrics-codebuild.html" for Project<'_>, ImportedProject<'_> => {
        /// Returns the number of builds that were started.
        metric_builds = "Builds", Sum, Count;
        /// Returns the number of builds that failed, by an error of the client or a timeout.
        metric_failed_builds = "FailedBuilds", Sum, Count;
        /// Returns the number of builds that succeeded.
        metric_succeeded_builds = "SucceededBuilds", Sum, Count;
        /// Returns the time of all phases of a build, in seconds.
        metric_duration = "Duration", Average, Seconds;
        /// Returns the time that a build waited for a computer, in seconds.
        metric_queued_duration = "QueuedDuration", Average, Seconds;
        /// Returns the time of installing what the build needs, in seconds.
        metric_install_duration = "InstallDuration", Average, Seconds;
        /// Returns the time of the build phase, in seconds.
        metric_build_duration = "BuildDuration", Average, Seconds;
        /// Returns the time of the download of the source, in seconds.
        metric_download_source_duration = "DownloadSourceDuration", Average, Seconds;
        /// Returns the time of the upload of artifacts, in seconds.
        metric_upload_artifacts_duration = "UploadArtifactsDuration", Average, Seconds;
    }
}

metrics! {
    /// Returns a metric that CodeBuild records about the project, with the given statistic.
    impl Project<'_>: "AWS/CodeBuild", [PROJECT], |project| [
        "ProjectName" = project.project_name()
    ]
}

metrics! {
    /// Returns a metric that CodeBuild records about the project, with the given statistic.
    impl ImportedProject<'_>: "AWS/CodeBuild", [PROJECT], |project| [
        "ProjectName" = project.project_name()
    ]
}
