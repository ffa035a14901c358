//! Amazon API Gateway, version 2: HTTP APIs and WebSocket APIs.
//!
//! [`HttpApi`] is an API with routes to functions, URLs and load balancers in a VPC ([`HttpIntegration`], [`VpcLink`]),
//! which [`JwtAuthorizer`], [`LambdaAuthorizer`] or IAM protect ([`Authorization`]). [`WebSocketApi`] keeps connections open. Stages serve
//! an API, with access logs; a [`DomainName`] gives it a name of your own.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#apigatewayv2).

mod access_logs;
mod api;
mod arn;
mod authorization;
mod authorizer;
mod authorizer_parts;
mod cors;
mod domain;
mod domain_parts;
mod imported;
mod imported_domain;
mod imported_link;
mod integration;
mod mapping;
mod method;
mod metrics;
mod route;
mod route_path;
mod service;
mod stage;
mod stage_properties;
mod vpc_link;
mod web_socket;
mod web_socket_authorizer;
mod web_socket_route;
mod web_socket_stage;

pub use access_logs::{AccessLogs, Throttling};
pub use api::{HttpApi, HttpApiBuilder, HttpApiProps};
pub use authorization::Authorization;
pub use authorizer::{
    AuthorizerResponse, JwtAuthorizer, JwtAuthorizerBuilder, JwtAuthorizerProps, LambdaAuthorizer,
    LambdaAuthorizerBuilder, LambdaAuthorizerProps,
};
pub use cors::Cors;
pub use domain::{DomainName, DomainNameBuilder, DomainNameProps};
pub use imported::{ImportedHttpApi, ImportedWebSocketApi};
pub use imported_domain::{AsDomainName, DomainNameRef, ImportedDomainName};
pub use imported_link::{AsVpcLink, ImportedVpcLink, VpcLinkRef};
pub use integration::HttpIntegration;
pub use mapping::{ApiMapping, MappedStage};
pub use method::HttpMethod;
pub use route::HttpRoute;
pub use stage::{HttpStage, HttpStageBuilder, HttpStageProps};
pub use vpc_link::{VpcLink, VpcLinkBuilder, VpcLinkProps};
pub use web_socket::{WebSocketApi, WebSocketApiBuilder, WebSocketApiProps};
pub use web_socket_authorizer::{
    WebSocketAuthorizer, WebSocketAuthorizerBuilder, WebSocketAuthorizerProps,
};
pub use web_socket_route::{ConnectRoute, WebSocketIntegration, WebSocketRoute};
pub use web_socket_stage::{WebSocketStage, WebSocketStageBuilder, WebSocketStageProps};

#[cfg(feature = "apigateway")]
pub(crate) use access_logs::LogKind;
pub(crate) use arn::{execute_arn, function_uri};
#[cfg(feature = "apigateway")]
pub(crate) use authorizer_parts::{
    authorizer_conditions, authorizer_handles, cache_seconds, identity_sources, permit,
};
#[cfg(feature = "apigateway")]
pub(crate) use domain_parts::{Mapped, add_record, check_certificate_name};
pub(crate) use route_path::check as check_path;
#[cfg(feature = "apigateway")]
pub(crate) use stage::check_name as check_stage_name;
#[cfg(feature = "apigateway")]
pub(crate) use stage_properties::{stage_properties, stage_variables};
