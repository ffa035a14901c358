//! Lookups of databases.

use serde_json::{Value as JsonValue, json};

use super::{ImportedRdsInstance, RdsInstance, RdsInstanceAttributes};
use crate::Construct;
use crate::lookup::{ResourceLookup, text, texts};

impl<'app> RdsInstance<'app> {
    /// Imports an existing database, which a context lookup finds by its identifier through the Cloud Control API.
    ///
    /// Until the lookup has an answer, its host name is the CDK's placeholder `TESTADDRESS`.
    ///
    /// ```
    /// use infra_lib::rds::RdsInstance;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Api");
    /// let database = RdsInstance::from_lookup(stack, "Database", "notes");
    /// assert_eq!(database.instance_identifier().as_literal(), Some("notes"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        instance_identifier: &str,
    ) -> ImportedRdsInstance<'app> {
        let scope = scope.scope().at_caller();
        let found = ResourceLookup::by_identifier("AWS::RDS::DBInstance", instance_identifier)
            .returning([
                "DBInstanceArn",
                "Endpoint.Address",
                "Endpoint.Port",
                "DbiResourceId",
                "DBSecurityGroups",
                "VPCSecurityGroups",
            ])
            .find_one(scope, &dummy_instance());
        let attributes = RdsInstanceAttributes::builder()
            .instance_identifier(instance_identifier)
            .host(text(&found, "Endpoint.Address"))
            .port(text(&found, "Endpoint.Port").parse().unwrap_or(5_432))
            .resource_id(text(&found, "DbiResourceId"));
        let groups = texts(&found, "VPCSecurityGroups");
        let attributes = groups.fold(attributes, |attributes, group| {
            attributes.security_group_id(group)
        });
        Self::from_attributes(scope, id, attributes.build())
    }
}

/// Returns the CDK's placeholder of a database.
fn dummy_instance() -> JsonValue {
    json!({
        "Identifier": "TEST",
        "DBInstanceArn": "TESTARN",
        "Endpoint.Address": "TESTADDRESS",
        "Endpoint.Port": "5432",
        "DbiResourceId": "TESTID",
        "DBSecurityGroups": [],
        "VPCSecurityGroups": [],
    })
}
