//! Amazon ECS on AWS Fargate: clusters, task definitions and services.
