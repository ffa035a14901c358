//! Actions with buckets, connections, builds and approvals.

use super::{ActionCategory, Artifact, PipelineAction};
use crate::codebuild::{AsProject, ProjectRef};
use crate::iam::Statement;
use crate::s3::Bucket;
use crate::sns::Topic;
use crate::{IntoValue, Value};

impl<'app> PipelineAction<'app> {
    /// Creates a source action that fetches an object of a bucket with versions: a ZIP file. CodePipeline looks for a new version
    /// every minute.
    pub fn source_bucket(
        name: impl Into<String>,
        bucket: &Bucket<'app>,
        key: impl Into<String>,
        output: &Artifact,
    ) -> Self {
        let (bucket, key) = (*bucket, key.into());
        Self::new(name, ActionCategory::Source, "S3")
            .configuration("S3Bucket", bucket.bucket_name().cast::<String>())
            .configuration("S3ObjectKey", &*key)
            .configuration("PollForSourceChanges", "true")
            .output(output)
            .granted(move |role, artifacts| {
                bucket.grant_read_prefix(&role, &key);
                // The state of versions, which the action requires.
                role.add_statement(
                    Statement::allow()
                        .action("s3:GetBucketVersioning")
                        .resource(bucket.arn()),
                );
                artifacts.grant_write(&role);
            })
    }

    /// Creates a source action that fetches a branch of a repository by a connection: `example/site` of GitHub, GitLab or
    /// Bitbucket. A push to the branch starts the pipeline, unless a [`GitTrigger`](super::GitTrigger) of the action decides.
    ///
    /// See [connections](https://docs.aws.amazon.com/dtconsole/latest/userguide/connections.html).
    pub fn source_connection(
        name: impl Into<String>,
        connection_arn: impl IntoValue<String>,
        repository: impl IntoValue<String>,
        branch: impl IntoValue<String>,
        output: &Artifact,
    ) -> Self {
        let connection: Value<String> = connection_arn.into_value();
        Self::new(name, ActionCategory::Source, "CodeStarSourceConnection")
            .configuration("ConnectionArn", &connection)
            .configuration("FullRepositoryId", repository)
            .configuration("BranchName", branch)
            .configuration("OutputArtifactFormat", "CODE_ZIP")
            .output(output)
            .granted(move |role, artifacts| {
                // Both names of the service are in use: that of a connection is the one under which it was created.
                role.add_statement(
                    Statement::allow()
                        .actions([
                            "codeconnections:UseConnection",
                            "codestar-connections:UseConnection",
                        ])
                        .resource(&connection),
                );
                artifacts.grant_read_write(&role);
            })
    }

    /// Creates a build with a project, whose source is [`BuildSource::pipeline`](crate::codebuild::BuildSource::pipeline).
    /// [`output`](Self::output) adds artifacts; further inputs have folders of their own.
    pub fn build(name: impl Into<String>, project: impl AsProject<'app>, input: &Artifact) -> Self {
        Self::run_project(name, ActionCategory::Build, project, input)
    }

    /// Creates a test with a project, whose source is [`BuildSource::pipeline`](crate::codebuild::BuildSource::pipeline).
    pub fn test(name: impl Into<String>, project: impl AsProject<'app>, input: &Artifact) -> Self {
        Self::run_project(name, ActionCategory::Test, project, input)
    }

    fn run_project(
        name: impl Into<String>,
        category: ActionCategory,
        project: impl AsProject<'app>,
        input: &Artifact,
    ) -> Self {
        let project = project.as_project();
        Self::new(name, category, "CodeBuild")
            .configuration("ProjectName", project.project_name().cast::<String>())
            .configuration("PrimarySource", input.name())
            .input(input)
            .granted(move |role, artifacts| {
                role.add_statement(
                    Statement::allow()
                        .actions([
                            "codebuild:BatchGetBuilds",
                            "codebuild:StartBuild",
                            "codebuild:StopBuild",
                        ])
                        .resource(project.arn()),
                );
                artifacts.grant_read_write(&role);
                // The role of an existing project belongs to its app.
                if let ProjectRef::Own(project) = project {
                    artifacts.grant_read_write(&project);
                }
            })
    }

    /// Creates a deployment of files into a bucket. The artifact is extracted; `key` is the folder, and may be empty.
    pub fn deploy_bucket(
        name: impl Into<String>,
        bucket: &Bucket<'app>,
        key: impl Into<String>,
        input: &Artifact,
    ) -> Self {
        let (bucket, key) = (*bucket, key.into());
        let action = Self::new(name, ActionCategory::Deploy, "S3")
            .configuration("BucketName", bucket.bucket_name().cast::<String>())
            .configuration("Extract", "true")
            .input(input)
            .granted(move |role, artifacts| {
                bucket.grant_write(&role);
                artifacts.grant_read(&role);
            });
        match key.as_str() {
            "" => action,
            key => action.configuration("ObjectKey", key),
        }
    }

    /// Creates an approval: the pipeline waits for a person with the permission of
    /// [`Pipeline::grant_approve`](super::Pipeline::grant_approve), 7 days at most.
    pub fn approval(name: impl Into<String>) -> Self {
        Self::new(name, ActionCategory::Approval, "Manual")
    }

    /// Sends a message to a topic when an approval waits.
    pub fn notify(self, topic: Topic<'app>) -> Self {
        self.configuration("NotificationArn", topic.arn().cast::<String>())
            .granted(move |role, _| {
                topic.grant_publish(&role);
            })
    }

    /// Sets the text that an approval shows.
    pub fn comment(self, text: impl IntoValue<String>) -> Self {
        self.configuration("CustomData", text)
    }

    /// Sets the address of what an approval is about.
    pub fn review_url(self, url: impl IntoValue<String>) -> Self {
        self.configuration("ExternalEntityLink", url)
    }
}
