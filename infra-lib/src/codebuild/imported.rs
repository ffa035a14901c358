//! Projects and report groups that exist already.

use super::project::START_BUILD;
use super::report_group::WRITE_REPORTS;
use super::{Project, ReportGroup};
use crate::iam::{Grant, Identity};
use crate::import::{ArnForm, arn_name};
use crate::{Arn, Construct, IntoValue, Name, Value, kind, pseudo, sub};

const PROJECT: ArnForm = ArnForm::new(
    "codebuild",
    "project/",
    "an ARN of a project of CodeBuild, `arn:aws:codebuild:REGION:ACCOUNT:project/NAME`",
);

crate::import! {
    /// An existing project, from [`Project::from_name`] or [`Project::from_arn`].
    pub struct ImportedProject<'app>: "infra-lib.codebuild.ImportedProject" {
        /// Returns the name of the project.
        project_name: Name<kind::codebuild::Project>,
        /// Returns the ARN of the project.
        arn: Arn<kind::codebuild::Project>,
    }

    /// A project of the app or an existing one, from [`AsProject::as_project`].
    pub enum ProjectRef of Project;

    /// A project for builders: a [`Project`] or an [`ImportedProject`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no project of CodeBuild",
        label = "a `Project` or an `ImportedProject` is needed here"
    )]
    pub trait AsProject::as_project;
}

crate::import! {
    /// An existing report group, from [`ReportGroup::from_name`].
    pub struct ImportedReportGroup<'app>: "infra-lib.codebuild.ImportedReportGroup" {
        /// Returns the name of the group.
        report_group_name: Name<kind::codebuild::ReportGroup>,
        /// Returns the ARN of the group.
        arn: Arn<kind::codebuild::ReportGroup>,
    }
}

impl<'app> Project<'app> {
    /// Imports an existing project of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        project_name: impl IntoValue<Name<kind::codebuild::Project>>,
    ) -> ImportedProject<'app> {
        let name = project_name.into_value();
        let arn = arn_of("project/", name.clone().cast()).cast();
        ImportedProject::import(scope, id, name, arn)
    }

    /// Imports an existing project by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::codebuild::Project>>,
    ) -> ImportedProject<'app> {
        let arn = arn.into_value();
        let imported = ImportedProject::import(scope, id, arn_name(&arn), arn.clone());
        PROJECT.check(&imported, &arn);
        imported
    }
}

impl<'app> ImportedProject<'app> {
    /// Allows an identity of the app to start, stop and observe builds.
    #[track_caller]
    pub fn grant_start_build(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), START_BUILD)
    }
}

impl<'app> ReportGroup<'app> {
    /// Imports an existing report group of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        report_group_name: impl IntoValue<Name<kind::codebuild::ReportGroup>>,
    ) -> ImportedReportGroup<'app> {
        let name = report_group_name.into_value();
        let arn = arn_of("report-group/", name.clone().cast()).cast();
        ImportedReportGroup::import(scope, id, name, arn)
    }
}

impl<'app> ImportedReportGroup<'app> {
    /// Allows an identity of the app to write reports.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), WRITE_REPORTS)
    }
}

fn arn_of(kind: &'static str, name: Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":codebuild:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":",
        kind,
        name
    ]
}
