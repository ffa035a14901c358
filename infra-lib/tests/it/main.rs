//! Tests of the templates that the constructs produce, service by service.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod apigateway;
mod apigatewayv2;
mod applicationautoscaling;
mod base;
mod certificatemanager;
mod cloudfront;
mod cloudwatch;
mod delivery_handlers;
mod delivery_limits;
mod delivery_operations;
mod delivery_permissions;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod elbv2;
mod events;
mod features;
mod github;
mod gitlab;
mod grants;
mod iam;
mod iam_evaluation;
mod kinesis;
mod kms;
mod lambda;
mod logs;
mod mistakes;
mod policy;
mod policy_cycles;
mod preview_permissions;
mod rds;
mod route53;
mod s3;
mod scheduler;
mod secretsmanager;
mod sns;
mod sqs;
mod ssm;
mod wafv2;
