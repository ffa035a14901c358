//! Amazon API Gateway, version 1: REST APIs.
//!
//! [`RestApi`] is a tree of resources ([`ApiResource`]) with methods ([`RestMethod`]), and [`SpecRestApi`] an API from an
//! OpenAPI document. A [`Deployment`] is made for each change of them, which a [`RestStage`] serves, in part with a
//! [`Canary`]. A [`DomainName`] is edge-optimized. A [`VpcLink`] connects methods to a VPC, and a [`GatewayResponse`] changes the answers to rejected requests. An HTTP API
//! ([`crate::apigatewayv2`]) costs less; a REST API also has API keys with usage plans ([`UsagePlan`]), models that validate
//! requests ([`Model`]), traces and private endpoints.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#apigateway).

mod access;
mod account;
mod authorization;
mod authorizer;
mod base_path_mapping;
mod canary;
mod checks;
mod cognito_authorizer;
mod deployment;
mod domain;
mod endpoint;
mod gateway_response;
mod imported_domain;
mod imported_plan;
mod imported_vpc_link;
mod integration;
mod method;
mod metrics;
mod model;
mod openapi;
mod preflight;
mod resource;
mod rest_api;
mod rest_api_properties;
mod spec;
mod stage;
mod usage_plan;
mod vpc_link;

pub use crate::apigatewayv2::{AccessLogs, Cors, HttpMethod, Throttling};
pub use access::ImportedRestApi;
pub use authorization::RestAuthorization;
pub use authorizer::{
    RequestAuthorizer, RequestAuthorizerBuilder, RequestAuthorizerProps, TokenAuthorizer,
    TokenAuthorizerBuilder, TokenAuthorizerProps,
};
pub use base_path_mapping::{BasePathMapping, BasePathMappingBuilder, BasePathMappingProps};
pub use canary::Canary;
pub use cognito_authorizer::{CognitoAuthorizer, CognitoAuthorizerBuilder, CognitoAuthorizerProps};
pub use deployment::Deployment;
pub use domain::{DomainName, DomainNameBuilder, DomainNameProps, EdgeSecurityPolicy};
pub use endpoint::Endpoint;
pub use gateway_response::{
    GatewayResponse, GatewayResponseBuilder, GatewayResponseProps, GatewayResponseType,
};
pub use imported_domain::{AsDomainName, DomainNameRef, ImportedDomainName};
pub use imported_plan::{
    ApiKeyRef, AsApiKey, AsUsagePlan, ImportedApiKey, ImportedUsagePlan, UsagePlanRef,
};
pub use imported_vpc_link::{AsVpcLink, ImportedVpcLink, VpcLinkRef};
pub use integration::RestIntegration;
pub use method::RestMethod;
pub use model::{
    Model, ModelBuilder, ModelProps, RequestValidator, RequestValidatorBuilder,
    RequestValidatorProps,
};
pub use openapi::OpenApi;
pub use resource::ApiResource;
pub use rest_api::{RestApi, RestApiBuilder, RestApiProps};
pub use spec::{SpecRestApi, SpecRestApiBuilder, SpecRestApiProps};
pub use stage::{RestStage, RestStageBuilder, RestStageProps};
pub use usage_plan::{
    ApiKey, ApiKeyBuilder, ApiKeyProps, Quota, UsagePlan, UsagePlanBuilder, UsagePlanProps,
};
pub use vpc_link::{VpcLink, VpcLinkBuilder, VpcLinkProps};
