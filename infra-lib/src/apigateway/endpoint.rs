//! Endpoints of REST APIs.

use crate::cfn::apigateway::{CfnRestApiProps, rest_api};
use crate::core::{Id, Value};
use crate::iam::{PolicyDocument, Principal, Statement};
use crate::kind;

/// Public endpoint of a REST API.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Endpoint {
    /// Endpoint in the region of the API.
    Regional,
    /// Endpoint in the region of the API, behind a network of CloudFront that AWS operates.
    EdgeOptimized,
}

/// Requests to every method of the API that has the policy.
const REQUESTS: &str = "execute-api:/*";

/// Sets the endpoint. With VPC endpoints, the API is private and its policy accepts requests through them only.
pub(super) fn configure(
    api: CfnRestApiProps,
    endpoint: Endpoint,
    vpc_endpoints: Vec<Value<Id<kind::ec2::VpcEndpoint>>>,
) -> CfnRestApiProps {
    let kind = match endpoint {
        _ if !vpc_endpoints.is_empty() => "PRIVATE",
        Endpoint::Regional => "REGIONAL",
        Endpoint::EdgeOptimized => "EDGE",
    };
    let configuration = rest_api::EndpointConfiguration::new().types([kind]);
    if vpc_endpoints.is_empty() {
        return api.endpoint_configuration(configuration);
    }
    let everybody = Statement::allow()
        .principal(Principal::any())
        .action("execute-api:Invoke")
        .resource(REQUESTS);
    let others = Statement::deny()
        .principal(Principal::any())
        .action("execute-api:Invoke")
        .resource(REQUESTS);
    let others = vpc_endpoints.iter().fold(others, |denied, id| {
        denied.condition("StringNotEquals", "aws:SourceVpce", id)
    });
    let policy = PolicyDocument::new().statement(everybody).statement(others);
    api.endpoint_configuration(configuration.vpc_endpoint_ids(vpc_endpoints))
        .policy(policy)
}
