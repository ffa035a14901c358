//! Sources of builds.

use infra_cfn::codebuild::project::{GitSubmodulesConfig, ProjectTriggers, Source, SourceAuth};

use super::WebhookFilter;
use crate::construct::With;
use crate::core::Data;
use crate::iam::{RoleRef, Statement};
use crate::s3::Bucket;
use crate::{IntoValue, Json, Value, pseudo, sub, value};

/// Reports of the state of builds to the repository of their source.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StatusReport {
    /// Commits and pull requests show the state of their builds. The default here.
    #[default]
    Enabled,
    /// They do not. The default of CloudFormation.
    Disabled,
}

#[derive(Clone, Debug)]
enum Place<'app> {
    None,
    Pipeline,
    Bucket(Bucket<'app>, String),
    CodeCommit(Value<String>),
    Hosted(Value<String>),
}

/// Source of a build.
///
/// A repository outside AWS needs credentials: those of the account and region, or a connection.
///
/// ```
/// use infra_lib::codebuild::{BuildSource, BuildSpec, Project, WebhookEvent, WebhookFilter};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Builds");
/// Project::builder()
///     .source(
///         BuildSource::github("example", "site")
///             .connection("arn:aws:codeconnections:eu-west-1:111122223333:connection/1234")
///             .webhook(WebhookFilter::events([WebhookEvent::Push]).branch("main")),
///     )
///     .build_spec(BuildSpec::commands(["npm ci", "npm test"]))
///     .build(stack, "Test");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct BuildSource<'app> {
    kind: &'static str,
    place: Place<'app>,
    version: Option<Value<String>>,
    depth: u32,
    submodules: bool,
    connection: Option<Value<String>>,
    status: StatusReport,
    pub(super) filters: Vec<WebhookFilter>,
}

impl<'app> BuildSource<'app> {
    const fn new(kind: &'static str, place: Place<'app>) -> Self {
        Self {
            kind,
            place,
            version: None,
            depth: 1,
            submodules: false,
            connection: None,
            status: StatusReport::Enabled,
            filters: Vec::new(),
        }
    }

    /// Creates no source; the specification must be in the template (`INF4086`).
    pub const fn none() -> Self {
        Self::new("NO_SOURCE", Place::None)
    }

    /// Creates the source that an action of CodePipeline passes, together with its artifacts.
    pub const fn pipeline() -> Self {
        Self::new("CODEPIPELINE", Place::Pipeline)
    }

    /// Creates an object of a bucket as the source: a ZIP file, or a folder whose key ends with `/`.
    pub fn bucket(bucket: &Bucket<'app>, key: impl Into<String>) -> Self {
        Self::new("S3", Place::Bucket(*bucket, key.into()))
    }

    /// Creates a repository of CodeCommit of this account and region as the source, by its name.
    pub fn code_commit(repository_name: impl IntoValue<String>) -> Self {
        Self::new(
            "CODECOMMIT",
            Place::CodeCommit(repository_name.into_value()),
        )
    }

    /// Creates a repository of GitHub as the source.
    pub fn github(owner: impl AsRef<str>, repository: impl AsRef<str>) -> Self {
        let (owner, repository) = (owner.as_ref(), repository.as_ref());
        Self::hosted(
            "GITHUB",
            format!("https://github.com/{owner}/{repository}.git"),
        )
    }

    /// Creates a repository of GitHub Enterprise Server as the source, by the URL for clones.
    pub fn github_enterprise(clone_url: impl IntoValue<String>) -> Self {
        Self::hosted("GITHUB_ENTERPRISE", clone_url)
    }

    /// Creates a repository of GitLab as the source.
    pub fn gitlab(group: impl AsRef<str>, repository: impl AsRef<str>) -> Self {
        let (group, repository) = (group.as_ref(), repository.as_ref());
        Self::hosted(
            "GITLAB",
            format!("https://gitlab.com/{group}/{repository}.git"),
        )
    }

    /// Creates a repository of Bitbucket as the source.
    pub fn bitbucket(owner: impl AsRef<str>, repository: impl AsRef<str>) -> Self {
        let (owner, repository) = (owner.as_ref(), repository.as_ref());
        Self::hosted(
            "BITBUCKET",
            format!("https://bitbucket.org/{owner}/{repository}.git"),
        )
    }

    fn hosted(kind: &'static str, url: impl IntoValue<String>) -> Self {
        Self::new(kind, Place::Hosted(url.into_value()))
    }

    /// Sets the branch, tag or commit of a repository, or the version of an object. Default: that of the default branch, or the
    /// latest version, as in CloudFormation.
    pub fn version(mut self, version: impl IntoValue<String>) -> Self {
        self.version = Some(version.into_value());
        self
    }

    /// Sets the number of commits that are cloned; 0 is the whole history. Default: 1 (CloudFormation: the whole history).
    pub const fn clone_depth(mut self, commits: u32) -> Self {
        self.depth = commits;
        self
    }

    /// Clones submodules as well. Default: they are left out, as in CloudFormation.
    pub const fn fetch_submodules(mut self) -> Self {
        self.submodules = true;
        self
    }

    /// Sets the connection with which builds read the repository, by its ARN; the role may use it. Default: the credentials of
    /// the account and region.
    ///
    /// See [connections](https://docs.aws.amazon.com/codebuild/latest/userguide/connections.html).
    pub fn connection(mut self, arn: impl IntoValue<String>) -> Self {
        self.connection = Some(arn.into_value());
        self
    }

    /// Sets the reports to the repository. Default: enabled (CloudFormation: disabled).
    pub const fn status_report(mut self, report: StatusReport) -> Self {
        self.status = report;
        self
    }

    /// Starts builds by a webhook for events that a filter selects; further filters are alternatives. Default: no webhook, as in
    /// CloudFormation.
    pub fn webhook(mut self, filter: WebhookFilter) -> Self {
        self.filters.push(filter);
        self
    }

    pub(super) const fn is_none(&self) -> bool {
        matches!(self.place, Place::None)
    }

    pub(super) const fn is_pipeline(&self) -> bool {
        matches!(self.place, Place::Pipeline)
    }

    /// Returns `true` for repositories that send webhooks and show states of builds.
    pub(super) const fn is_hosted(&self) -> bool {
        matches!(self.place, Place::Hosted(_))
    }

    /// Returns `true` for repositories, which can show a badge.
    pub(super) const fn is_repository(&self) -> bool {
        matches!(self.place, Place::Hosted(_) | Place::CodeCommit(_))
    }

    pub(super) fn source_version(&self) -> Option<Value<String>> {
        self.version.clone()
    }

    /// Returns the property `Source`, and gives the role the permissions for it.
    pub(super) fn bind(&self, role: RoleRef<'app>) -> Source {
        let source = Source::new(self.kind);
        let source = match &self.place {
            Place::None | Place::Pipeline => return source,
            Place::Bucket(bucket, key) => {
                bucket.grant_read_prefix(&role, key);
                return source.location(sub![bucket.bucket_name(), "/", key]);
            }
            Place::CodeCommit(name) => {
                role.add_statement(
                    Statement::allow()
                        .action("codecommit:GitPull")
                        .resource(code_commit_arn(name)),
                );
                source.location(sub![
                    "https://git-codecommit.",
                    pseudo::region(),
                    ".",
                    pseudo::url_suffix(),
                    "/v1/repos/",
                    name
                ])
            }
            Place::Hosted(url) => source
                .location(url)
                .report_build_status(self.status == StatusReport::Enabled),
        };
        if let Some(connection) = &self.connection {
            // Both names of the service are in use: that of a connection is the one under which it was created.
            role.add_statement(
                Statement::allow()
                    .actions([
                        "codeconnections:GetConnection",
                        "codeconnections:GetConnectionToken",
                        "codeconnections:UseConnection",
                        "codestar-connections:GetConnection",
                        "codestar-connections:GetConnectionToken",
                        "codestar-connections:UseConnection",
                    ])
                    .resource(connection),
            );
        }
        source
            .git_clone_depth(self.depth)
            .with(
                self.submodules.then(|| GitSubmodulesConfig::new(true)),
                Source::git_submodules_config,
            )
            .with(self.connection.as_ref(), |source, connection| {
                source.auth(SourceAuth::new("CODECONNECTIONS").resource(connection))
            })
    }

    /// Returns the property `Triggers`.
    pub(super) fn triggers(&self) -> Option<ProjectTriggers> {
        if self.filters.is_empty() {
            return None;
        }
        let groups = Data::list(self.filters.iter().map(WebhookFilter::group));
        let groups: Value<Vec<Vec<Json>>> = Value::from_data(groups);
        Some(ProjectTriggers::new().webhook(true).filter_groups(groups))
    }
}

fn code_commit_arn(name: &Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":codecommit:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        name
    ]
}

impl Default for BuildSource<'_> {
    fn default() -> Self {
        Self::none()
    }
}

/// Returns the property `Location` of a bucket with a path, which may be empty.
pub(super) fn location(bucket: &Bucket<'_>, path: &str) -> Value<String> {
    match path {
        "" => sub![bucket.bucket_name()],
        path => sub![bucket.bucket_name(), "/", value::<String>(path)],
    }
}
