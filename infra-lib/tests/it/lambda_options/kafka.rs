//! Tests of clusters of Kafka and brokers as event sources.

use infra_lib::assertions::{Match, Template};
use infra_lib::lambda::{EventSourceMapping, ProvisionedPollers, SourceAccess, StartingPosition};
use serde_json::json;

use crate::base::findings_of;

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:kafka-AbCdEf";
const HANDLER: &str = "arn:aws:lambda:eu-west-1:111122223333:function:orders";

#[test]
fn reads_kafka_outside_aws() {
    let template = Template::of_stack(|stack| {
        EventSourceMapping::self_managed_kafka(["one.example.com:9092", "two.example.com:9092"])
            .function(HANDLER)
            .topic("orders")
            .starting_position(StartingPosition::TrimHorizon)
            .consumer_group("shop")
            .provisioned_pollers(ProvisionedPollers::new(1, 5))
            .access(SourceAccess::scram_sha_256(SECRET))
            .access(SourceAccess::scram_sha_512(SECRET))
            .access(SourceAccess::client_certificate(SECRET))
            .access(SourceAccess::server_root_ca(SECRET))
            .access(SourceAccess::subnet("subnet-0123456789abcdef0"))
            .access(SourceAccess::security_group("sg-0123456789abcdef0"))
            .build(stack, "Kafka");
    });
    let access = |kind: &str, uri: &str| json!({ "Type": kind, "URI": uri });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": Match::absent(),
            "SelfManagedEventSource": { "Endpoints": {
                "KafkaBootstrapServers": ["one.example.com:9092", "two.example.com:9092"],
            } },
            "SelfManagedKafkaEventSourceConfig": { "ConsumerGroupId": "shop" },
            "AmazonManagedKafkaEventSourceConfig": Match::absent(),
            "ProvisionedPollerConfig": { "MinimumPollers": 1, "MaximumPollers": 5 },
            "Topics": ["orders"],
            "SourceAccessConfigurations": [
                access("SASL_SCRAM_256_AUTH", SECRET),
                access("SASL_SCRAM_512_AUTH", SECRET),
                access("CLIENT_CERTIFICATE_TLS_AUTH", SECRET),
                access("SERVER_ROOT_CA_CERTIFICATE", SECRET),
                access("VPC_SUBNET", "subnet:subnet-0123456789abcdef0"),
                access("VPC_SECURITY_GROUP", "security_group:sg-0123456789abcdef0"),
            ],
        }),
    );
}

#[test]
fn reads_managed_kafka_and_brokers() {
    let template = Template::of_stack(|stack| {
        EventSourceMapping::builder()
            .function(HANDLER)
            .event_source("arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0f1e2d3c")
            .topic("orders")
            .starting_position(StartingPosition::Latest)
            .consumer_group("shop")
            .build(stack, "Kafka");
        EventSourceMapping::builder()
            .function(HANDLER)
            .event_source("arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0f1e2d3c")
            .queue("orders")
            .access(SourceAccess::basic_auth(SECRET))
            .access(SourceAccess::virtual_host("/"))
            .build(stack, "Broker");
    });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": Match::string_like("arn:aws:kafka:*"),
            "AmazonManagedKafkaEventSourceConfig": { "ConsumerGroupId": "shop" },
            "SelfManagedKafkaEventSourceConfig": Match::absent(),
            "SelfManagedEventSource": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({
            "Queues": ["orders"],
            "SourceAccessConfigurations": [
                { "Type": "BASIC_AUTH", "URI": SECRET },
                { "Type": "VIRTUAL_HOST", "URI": "/" },
            ],
        }),
    );
}

#[test]
fn reports_kafka_outside_aws_without_starting_position() {
    let found = findings_of(|stack| {
        EventSourceMapping::self_managed_kafka(["kafka.example.com:9092"])
            .function(HANDLER)
            .topic("orders")
            .build(stack, "Kafka");
    });
    assert_eq!(found.matches("error[INF4907]").count(), 1, "{found}");
}
