//! Repositories that exist already.

use super::Repository;
use super::repository::PULL;
use crate::core::{Arn, Construct, IntoValue, Name, Value, pseudo, sub};
use crate::iam::{Grant, Identity, Statement};
use crate::import::{arn_after, arn_part};
use crate::kind;

crate::import! {
    /// An existing repository, from [`Repository::from_name`], [`Repository::from_arn`],
    /// [`Repository::from_attributes`] or [`Repository::from_lookup`].
    ///
    /// ```
    /// use infra_lib::ecr::Repository;
    /// use infra_lib::lambda::{FunctionImage, ImageFunction};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let images = Repository::from_name(stack, "Images", "shop/convert");
    /// ImageFunction::from_image(FunctionImage::from_tag(&images, "1.4.2")).build(stack, "Convert");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedRepository<'app>: "infra-lib.ecr.ImportedRepository" {
        /// Returns the ARN of the repository.
        arn: Arn<kind::ecr::Repository>,
        /// Returns the physical name of the repository.
        name: Name<kind::ecr::Repository>,
        /// Returns the URI for pushing and pulling images, without tag or digest.
        uri: String,
    }

    /// A repository of the app or an existing one, from [`AsRepository::as_repository`].
    pub enum RepositoryRef of Repository;

    /// A repository for images: a [`Repository`] or an [`ImportedRepository`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no repository",
        label = "a `Repository` or an `ImportedRepository` is needed here"
    )]
    pub trait AsRepository::as_repository;
}

impl<'app> Repository<'app> {
    /// Imports an existing repository of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::ecr::Repository>>,
    ) -> ImportedRepository<'app> {
        let name = name.into_value();
        let arn: Value<String> = sub![
            "arn:",
            pseudo::partition(),
            ":ecr:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":repository/",
            name.clone()
        ];
        let uri = uri_of(pseudo::account_id(), pseudo::region(), &name);
        ImportedRepository::import(scope, id, arn.cast(), name, uri)
    }

    /// Imports an existing repository by its ARN. Use [`from_attributes`](Self::from_attributes) for an ARN that is known
    /// at deployment only and a name with slashes, since CloudFormation cannot take that name out of it.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::ecr::Repository>>,
    ) -> ImportedRepository<'app> {
        let arn = arn.into_value();
        let name: Value<String> = arn_after(&arn, "/");
        Self::from_attributes(scope, id, arn, name.cast::<Name<kind::ecr::Repository>>())
    }

    /// Imports an existing repository by its ARN and its name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::ecr::Repository>>,
        name: impl IntoValue<Name<kind::ecr::Repository>>,
    ) -> ImportedRepository<'app> {
        let (arn, name) = (arn.into_value(), name.into_value());
        let uri = uri_of(arn_part(&arn, 4), arn_part(&arn, 3), &name);
        ImportedRepository::import(scope, id, arn, name, uri)
    }
}

fn uri_of(
    account: Value<String>,
    region: Value<String>,
    name: &Value<Name<kind::ecr::Repository>>,
) -> Value<String> {
    sub![
        account,
        ".dkr.ecr.",
        region,
        ".",
        pseudo::url_suffix(),
        "/",
        name.clone()
    ]
}

impl<'app> ImportedRepository<'app> {
    /// Allows an identity of the app to pull images. A repository of another account must allow it as well.
    #[track_caller]
    pub fn grant_pull(&self, to: &impl Identity<'app>) -> Grant<'app> {
        // The token is for the whole registry of the principal's account; the action has no resource-level permissions.
        to.grantee().add_statement(
            Statement::allow()
                .action("ecr:GetAuthorizationToken")
                .resource("*"),
        );
        Grant::on_imported(to, self.arn(), PULL)
    }
}

impl<'app> RepositoryRef<'app> {
    /// Allows an identity of the app to pull images.
    #[track_caller]
    pub fn grant_pull(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self {
            Self::Own(repository) => repository.grant_pull(to),
            Self::Imported(repository) => repository.grant_pull(to),
        }
    }
}

#[cfg(feature = "cloudwatch")]
macro_rules! repository_metrics {
    ($($type:ty),+) => {
        crate::cloudwatch::metrics! {
            const REPOSITORY: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-repository-metrics.html" for $($type),+ => {
                /// Returns the number of times that images of the repository were pulled.
                metric_pull_count = "RepositoryPullCount", Sum, Count;
            }
        }

        $(crate::cloudwatch::metrics! {
            /// Returns a metric of `AWS/ECR` for the repository.
            impl $type: "AWS/ECR", [REPOSITORY], |repository| ["RepositoryName" = repository.name()]
        })+
    };
}

#[cfg(feature = "cloudwatch")]
repository_metrics!(Repository<'_>, ImportedRepository<'_>, RepositoryRef<'_>);
