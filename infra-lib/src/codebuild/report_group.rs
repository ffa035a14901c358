//! The [`ReportGroup`] construct.

use infra_cfn::codebuild::report_group::{
    ReportExportConfig, ReportExportConfigExportConfigType, S3ReportExportConfig,
    S3ReportExportConfigPackaging, Type,
};
use infra_cfn::codebuild::{CfnReportGroup, CfnReportGroupProps};

use crate::construct::With;
use crate::iam::{Grant, Grantable};
use crate::import::arn_name;
use crate::s3::Bucket;
use crate::{Arn, Name, RemovalPolicy, Scope, Value, kind};

/// Content of reports.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReportType {
    /// Results of tests. The default here.
    #[default]
    Test,
    /// Coverage of code by tests.
    CodeCoverage,
}

/// Copy of the raw data of reports in a bucket. Reports themselves are kept for 30 days.
#[derive(Clone, Debug)]
pub struct ReportExport<'app> {
    bucket: Bucket<'app>,
    path: Option<String>,
    zip: bool,
}

impl<'app> ReportExport<'app> {
    /// Creates a copy in a bucket, encrypted with the key of the bucket.
    pub fn bucket(bucket: &Bucket<'app>) -> Self {
        Self {
            bucket: *bucket,
            path: None,
            zip: false,
        }
    }

    /// Sets the folder. Default: the top of the bucket.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Writes a ZIP file. Default: single files, as in CloudFormation.
    pub const fn zip(mut self) -> Self {
        self.zip = true;
        self
    }

    fn config(&self) -> S3ReportExportConfig {
        let key = self.bucket.encryption_key();
        S3ReportExportConfig::new(self.bucket.bucket_name().cast::<String>())
            .with(self.path.as_deref(), S3ReportExportConfig::path)
            .with(key, |config, key| {
                config.encryption_key(key.arn().cast::<String>())
            })
            .with(
                self.zip.then_some(S3ReportExportConfigPackaging::ZIP),
                S3ReportExportConfig::packaging,
            )
    }
}

crate::construct! {
    /// A group of reports of builds: results of tests, or coverage.
    ///
    /// Creates an
    /// [`AWS::CodeBuild::ReportGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-reportgroup.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | reports | results of tests | required |
    /// | copy in a bucket | none | required |
    /// | name | generated | generated |
    /// | removal from the template | retained | deleted, unless there are reports |
    ///
    /// ```
    /// use infra_lib::codebuild::{BuildSource, BuildSpec, Project, ReportGroup};
    /// use infra_lib::{App, Stack, sub};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Builds");
    /// let tests = ReportGroup::builder().build(stack, "Tests");
    /// let spec = sub![
    ///     "{\"version\":\"0.2\",\"phases\":{\"build\":{\"commands\":[\"npm test\"]}},\"reports\":{\"",
    ///     tests.arn(),
    ///     "\":{\"files\":[\"junit.xml\"]}}}"
    /// ];
    /// let project = Project::builder()
    ///     .source(BuildSource::github("example", "site"))
    ///     .build_spec(BuildSpec::text(spec))
    ///     .build(stack, "Test");
    /// tests.grant_write(&project);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ReportGroup<'app>: "infra-lib.codebuild.ReportGroup" {
        resource: CfnReportGroup<'app>,
    }

    /// Properties of a [`ReportGroup`], set through [`ReportGroup::builder`].
    pub struct ReportGroupProps, ReportGroupBuilder, report_group_builder {
        /// Name of the group. Default: a generated name. Changing it replaces the group.
        text report_group_name,
        /// Content of the reports. Default: results of tests (CloudFormation: required). Changing it replaces the group.
        default report_type: ReportType = ReportType::Test,
        /// Copy of the raw data. Default: none (CloudFormation: required).
        optional export: ReportExport<'app>,
        /// Removal policy of the group. With `Destroy`, its reports are deleted with it. Default: it is retained
        /// (CloudFormation: deleted, which fails while there are reports).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<'app> ReportGroup<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the signature that `construct!` calls"
    )]
    fn create(scope: Scope<'app>, props: ReportGroupProps<'app>) -> Self {
        let config = match &props.export {
            Some(export) => ReportExportConfig::new(ReportExportConfigExportConfigType::S3)
                .s3_destination(export.config()),
            None => ReportExportConfig::new(ReportExportConfigExportConfigType::NO_EXPORT),
        };
        let kind = match props.report_type {
            ReportType::Test => Type::TEST,
            ReportType::CodeCoverage => Type::CODE_COVERAGE,
        };
        let resource = CfnReportGroupProps::new(config, kind)
            .with(props.report_group_name.clone(), CfnReportGroupProps::name)
            .with(
                (props.removal_policy == RemovalPolicy::Destroy).then_some(true),
                CfnReportGroupProps::delete_reports,
            )
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self { scope, resource }
    }

    /// Returns the ARN of the group.
    pub fn arn(&self) -> Value<Arn<kind::codebuild::ReportGroup>> {
        self.resource.attr_arn()
    }

    /// Returns the name of the group.
    pub fn report_group_name(&self) -> Value<Name<kind::codebuild::ReportGroup>> {
        arn_name(&self.arn())
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnReportGroup<'app> {
        self.resource
    }

    /// Allows a principal, such as a project, to write reports.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(WRITE_REPORTS)
            .resource(self.arn())
            .on_identity(self)
    }
}

/// Actions of builds that write reports.
pub(super) const WRITE_REPORTS: [&str; 4] = [
    "codebuild:BatchPutCodeCoverages",
    "codebuild:BatchPutTestCases",
    "codebuild:CreateReport",
    "codebuild:UpdateReport",
];
