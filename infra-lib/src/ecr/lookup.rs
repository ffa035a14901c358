//! Lookups of repositories.

use serde_json::json;

use super::{ImportedRepository, Repository};
use crate::core::{Arn, Construct, value};
use crate::kind;
use crate::lookup::{ResourceLookup, text};

impl<'app> Repository<'app> {
    /// Imports an existing repository, which a context lookup finds by its name: `cloudformation:GetResource` of the Cloud
    /// Control API, which calls `ecr:DescribeRepositories`. The lookup fails if this account and region have no such
    /// repository; [`from_name`](Self::from_name) asks nothing.
    ///
    /// Until the lookup has an answer, its ARN ends with the CDK's placeholder `DUMMY_ARN`.
    ///
    /// ```
    /// use infra_lib::ecr::Repository;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let images = Repository::from_lookup(stack, "Images", "shop/convert");
    /// assert_eq!(images.name().as_literal(), Some("shop/convert"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        name: &str,
    ) -> ImportedRepository<'app> {
        let scope = scope.scope().at_caller();
        let dummy = json!({ "Arn": "arn:aws:ecr:us-east-1:123456789012:repository/DUMMY_ARN" });
        let found = ResourceLookup::by_identifier("AWS::ECR::Repository", name)
            .returning(["Arn"])
            .find_one(scope, &dummy);
        let arn = value::<Arn<kind::ecr::Repository>>(text(&found, "Arn"));
        Self::from_attributes(scope, id, arn, name)
    }
}
