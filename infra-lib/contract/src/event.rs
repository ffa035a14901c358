//! Events that functions receive, with the fields that most programs read. Unknown fields are ignored.
//!
//! A contract names one of them. The stack then connects the function only to sources of that event, and the program gets its type from
//! [`Handles`](crate::Handles). The types implement `serde::Deserialize` with the feature `serde`, which only the crate of the program needs.
//!
//! AWS: [Events of other services](https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html).

use std::collections::BTreeMap;

macro_rules! events {
    ($($(#[doc = $doc:literal])+ struct $name:ident$(<$parameter:ident>)? {
        $($(#[$meta:meta])* $field:ident: $type:ty,)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, Eq, PartialEq)]
        #[cfg_attr(any(test, feature = "serde"), derive(serde::Deserialize), serde(rename_all = "camelCase"))]
        #[non_exhaustive]
        pub struct $name$(<$parameter>)? {
            $($(#[$meta])* pub $field: $type,)+
        }
    )+};
}

events! {
    /// Messages of an SQS queue, at most as many as the batch of the event source mapping.
    ///
    /// AWS: [Using Lambda with Amazon SQS](https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).
    struct SqsEvent {
        /// Messages in the order in which SQS returned them.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Records"))]
        records: Vec<SqsMessage>,
    }

    /// A message of an SQS queue.
    struct SqsMessage {
        /// ID of the message, by which a response names it as failed.
        message_id: String,
        /// Text of the message.
        body: String,
        /// System attributes by name, such as `ApproximateReceiveCount` and `MessageGroupId`.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        attributes: BTreeMap<String, String>,
    }

    /// A message of an SNS topic. SNS invokes a function once for each message.
    ///
    /// AWS: [Using Lambda with Amazon SNS](https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html).
    struct SnsEvent {
        /// Deliveries, one in each event.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Records"))]
        records: Vec<SnsRecord>,
    }

    /// A delivery of a message.
    struct SnsRecord {
        /// ARN of the subscription.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "EventSubscriptionArn"))]
        event_subscription_arn: String,
        /// Message.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Sns"))]
        sns: SnsMessage,
    }

    /// A batch of records of one shard of a Kinesis data stream.
    ///
    /// AWS: [Using Lambda to process records from Kinesis data streams](https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html).
    struct KinesisEvent {
        /// Records in the order of the shard.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Records"))]
        records: Vec<KinesisEventRecord>,
    }

    /// A record with its shard.
    struct KinesisEventRecord {
        /// Shard and sequence number, such as `shardId-000000000006:4959…`.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "eventID"))]
        event_id: String,
        /// ARN of the stream.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "eventSourceARN"))]
        event_source_arn: String,
        /// Record.
        kinesis: KinesisRecord,
    }

    /// A record of a Kinesis data stream.
    struct KinesisRecord {
        /// Key that selects the shard.
        partition_key: String,
        /// Number of the record in its shard, by which a response names it as failed.
        sequence_number: String,
        /// Data in Base64.
        data: String,
    }

    /// A batch of changes of items of a DynamoDB table.
    ///
    /// AWS: [Using Lambda with Amazon DynamoDB](https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html).
    struct DynamoDbEvent {
        /// Changes, in order for each item.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Records"))]
        records: Vec<DynamoDbRecord>,
    }

    /// A change of an item.
    struct DynamoDbRecord {
        /// ID of the change.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "eventID"))]
        event_id: String,
        /// Kind of the change: `INSERT`, `MODIFY` or `REMOVE`.
        event_name: String,
        /// ARN of the stream.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "eventSourceARN"))]
        event_source_arn: String,
        /// Keys and images of the item.
        dynamodb: StreamRecord,
    }

    /// A request of an HTTP API or a function URL, in payload format 2.0.
    ///
    /// AWS: [Lambda proxy
    /// integrations](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
    struct HttpRequest {
        /// Route that matched, such as `GET /orders/{id}` or `$default`.
        route_key: String,
        /// Path with the stage, unless the stage is `$default`.
        raw_path: String,
        /// Query without `?`; empty without a query.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        raw_query_string: String,
        /// Headers by name in lower case. Values of a repeated header are joined with commas.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        headers: BTreeMap<String, String>,
        /// Query parameters by name. Values of a repeated parameter are joined with commas.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        query_string_parameters: BTreeMap<String, String>,
        /// Values of the variables in the path of the route, by name.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        path_parameters: BTreeMap<String, String>,
        /// Method, path and client of the request.
        request_context: HttpRequestContext,
        /// Body, which is Base64 if `is_base64_encoded`; `None` without a body.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        body: Option<String>,
        /// `true` if `body` is Base64, as for binary media types.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        is_base64_encoded: bool,
    }

    /// Facts about a request that are not part of it.
    struct HttpRequestContext {
        /// ID of the request at API Gateway.
        request_id: String,
        /// Method, path and client.
        http: HttpDescription,
    }

    /// Method, path and client of a request.
    struct HttpDescription {
        /// Method in upper case, such as `GET`.
        method: String,
        /// Path of the request.
        path: String,
        /// IP address of the client.
        source_ip: String,
    }

    /// Notifications of an S3 bucket about its objects.
    ///
    /// AWS: [Event message structure](https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
    struct S3Event {
        /// Notifications, usually one.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "Records"))]
        records: Vec<S3Record>,
    }

    /// A notification about one object.
    struct S3Record {
        /// Name of the event without `s3:`, such as `ObjectCreated:Put`.
        event_name: String,
        /// Time of the event in RFC 3339 format.
        event_time: String,
        /// Bucket and object.
        s3: S3Entity,
    }

    /// Bucket and object of a notification.
    struct S3Entity {
        /// Bucket of the object.
        bucket: S3BucketEntity,
        /// Object that was created, removed or changed.
        object: S3ObjectEntity,
    }

    /// Bucket of a notification.
    struct S3BucketEntity {
        /// Name of the bucket.
        name: String,
    }

    /// Object of a notification.
    struct S3ObjectEntity {
        /// Key in URL encoding, with `+` for spaces.
        key: String,
        /// Size in bytes; absent for removed objects.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        size: Option<u64>,
        /// Version ID; absent for buckets without versioning.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        version_id: Option<String>,
    }

    /// An event of an EventBridge bus, whose detail has a type of the program.
    ///
    /// AWS: [Structure of events](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html).
    struct EventBridgeEvent<D> {
        /// ID of the event.
        id: String,
        /// Source, such as `aws.s3` or that of an app.
        source: String,
        /// Type of the detail, such as `Object Created`.
        #[cfg_attr(any(test, feature = "serde"), serde(rename = "detail-type"))]
        detail_type: String,
        /// Time of the event in RFC 3339 format.
        time: String,
        /// ARNs of the resources that the event concerns.
        #[cfg_attr(any(test, feature = "serde"), serde(default))]
        resources: Vec<String>,
        /// Content of the event.
        detail: D,
    }
}

/// A message of an SNS topic, as a function receives it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    any(test, feature = "serde"),
    derive(serde::Deserialize),
    serde(rename_all = "PascalCase")
)]
#[non_exhaustive]
pub struct SnsMessage {
    /// ID of the message.
    pub message_id: String,
    /// ARN of the topic.
    pub topic_arn: String,
    /// Subject; `None` for messages without one.
    #[cfg_attr(any(test, feature = "serde"), serde(default))]
    pub subject: Option<String>,
    /// Text of the message.
    pub message: String,
    /// Time of the message in RFC 3339 format.
    pub timestamp: String,
    /// Attributes by name.
    #[cfg_attr(any(test, feature = "serde"), serde(default))]
    pub message_attributes: BTreeMap<String, SnsAttribute>,
}

/// An attribute of a message of an SNS topic.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    any(test, feature = "serde"),
    derive(serde::Deserialize),
    serde(rename_all = "PascalCase")
)]
#[non_exhaustive]
pub struct SnsAttribute {
    /// Type, such as `String` or `Binary`.
    pub r#type: String,
    /// Value; Base64 for the type `Binary`.
    pub value: String,
}

/// Keys and images of an item that has changed. The view of the stream decides which images there are.
///
/// AWS: [`StreamRecord`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    any(test, feature = "serde"),
    derive(serde::Deserialize),
    serde(rename_all = "PascalCase")
)]
#[non_exhaustive]
pub struct StreamRecord {
    /// Key attributes of the item.
    pub keys: BTreeMap<String, AttributeValue>,
    /// Item before the change; absent for new items, and without old images in the stream.
    #[cfg_attr(any(test, feature = "serde"), serde(default))]
    pub old_image: Option<BTreeMap<String, AttributeValue>>,
    /// Item after the change; absent for removed items, and without new images in the stream.
    #[cfg_attr(any(test, feature = "serde"), serde(default))]
    pub new_image: Option<BTreeMap<String, AttributeValue>>,
    /// Number of the change in its shard, by which a response names it as failed.
    pub sequence_number: String,
}

/// A value of an attribute of a DynamoDB item.
///
/// AWS: [`AttributeValue`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_AttributeValue.html).
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(any(test, feature = "serde"), derive(serde::Deserialize))]
#[non_exhaustive]
pub enum AttributeValue {
    /// A text.
    S(String),
    /// A number in decimal digits, at most 38.
    N(String),
    /// Bytes in Base64.
    B(String),
    /// A truth value.
    #[cfg_attr(any(test, feature = "serde"), serde(rename = "BOOL"))]
    Bool(bool),
    /// No value; always `true`.
    #[cfg_attr(any(test, feature = "serde"), serde(rename = "NULL"))]
    Null(bool),
    /// A list.
    L(Vec<Self>),
    /// A map.
    M(BTreeMap<String, Self>),
    /// A set of texts.
    #[cfg_attr(any(test, feature = "serde"), serde(rename = "SS"))]
    StringSet(Vec<String>),
    /// A set of numbers.
    #[cfg_attr(any(test, feature = "serde"), serde(rename = "NS"))]
    NumberSet(Vec<String>),
    /// A set of bytes in Base64.
    #[cfg_attr(any(test, feature = "serde"), serde(rename = "BS"))]
    BinarySet(Vec<String>),
}

/// An event that its caller defines: a direct invocation, a schedule, or a task of Step Functions.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    any(test, feature = "serde"),
    derive(serde::Deserialize),
    serde(transparent)
)]
pub struct Direct<T>(pub T);

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{
        AttributeValue, Direct, DynamoDbEvent, EventBridgeEvent, HttpRequest, KinesisEvent,
        S3Event, SnsEvent, SqsEvent,
    };

    #[test]
    fn reads_fields_of_events_and_ignores_others() {
        let event: SqsEvent = serde_json::from_value(json!({ "Records": [{
            "messageId": "m1", "receiptHandle": "r", "body": "hello", "attributes": { "SenderId": "a" },
        }] }))
        .unwrap();
        assert_eq!(event.records[0].body, "hello");

        let event: HttpRequest = serde_json::from_value(json!({
            "version": "2.0", "routeKey": "GET /orders/{id}", "rawPath": "/orders/7", "rawQueryString": "",
            "headers": { "accept": "*/*" }, "pathParameters": { "id": "7" }, "isBase64Encoded": false,
            "requestContext": {
                "requestId": "q", "http": { "method": "GET", "path": "/orders/7", "sourceIp": "192.0.2.1" },
            },
        }))
        .unwrap();
        assert_eq!(event.path_parameters["id"], "7");
        assert_eq!(event.request_context.http.method, "GET");
        assert_eq!(event.body, None);

        let event: S3Event = serde_json::from_value(json!({ "Records": [{
            "eventName": "ObjectCreated:Put", "eventTime": "1970-01-01T00:00:00.000Z",
            "s3": { "bucket": { "name": "photos" }, "object": { "key": "a+b.png", "size": 3 } },
        }] }))
        .unwrap();
        assert_eq!(event.records[0].s3.object.size, Some(3));

        let event: EventBridgeEvent<JsonValue> = serde_json::from_value(json!({
            "id": "1", "source": "shop", "detail-type": "Order Placed", "time": "1970-01-01T00:00:00Z",
            "detail": { "id": 7 },
        }))
        .unwrap();
        assert_eq!(event.detail["id"], 7);
        let Direct(text): Direct<String> = serde_json::from_value(json!("x")).unwrap();
        assert_eq!(text, "x");
    }
    /// The sample of <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>, shortened.
    #[test]
    fn reads_message_of_topic() {
        let event: SnsEvent = serde_json::from_value(json!({ "Records": [{
            "EventVersion": "1.0",
            "EventSubscriptionArn": "arn:aws:sns:us-east-1:123456789012:sns-lambda:21be56ed-a058-49f5-8c98-aedd2564c486",
            "EventSource": "aws:sns",
            "Sns": {
                "SignatureVersion": "1", "Timestamp": "2019-01-02T12:45:07.000Z", "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j...65r==",
                "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e", "Message": "Hello from SNS!",
                "MessageAttributes": {
                    "Test": { "Type": "String", "Value": "TestString" },
                    "TestBinary": { "Type": "Binary", "Value": "TestBinary" },
                },
                "Type": "Notification", "TopicArn": "arn:aws:sns:us-east-1:123456789012:sns-lambda", "Subject": "TestInvoke",
            },
        }] }))
        .unwrap();
        let message = &event.records[0].sns;
        assert_eq!(message.message, "Hello from SNS!");
        assert_eq!(message.subject.as_deref(), Some("TestInvoke"));
        assert_eq!(message.message_attributes["TestBinary"].r#type, "Binary");
    }

    /// The sample of <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>, shortened.
    #[test]
    fn reads_records_of_data_stream() {
        let event: KinesisEvent = serde_json::from_value(json!({ "Records": [{
            "kinesis": {
                "kinesisSchemaVersion": "1.0", "partitionKey": "1",
                "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                "data": "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==", "approximateArrivalTimestamp": 1_545_084_650.987,
            },
            "eventSource": "aws:kinesis", "eventVersion": "1.0",
            "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
            "eventName": "aws:kinesis:record", "awsRegion": "us-east-2",
            "eventSourceARN": "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream",
        }] }))
        .unwrap();
        let record = &event.records[0];
        assert!(record.event_id.starts_with("shardId-000000000006:"));
        assert!(record.event_source_arn.ends_with("stream/lambda-stream"));
        assert_eq!(record.kinesis.partition_key, "1");
        assert_eq!(record.kinesis.data, "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==");
    }

    /// The sample of <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>, with values of other types.
    #[test]
    fn reads_changes_of_table() {
        let event: DynamoDbEvent = serde_json::from_value(json!({ "Records": [
            {
                "eventID": "1", "eventVersion": "1.0", "eventName": "INSERT", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:dynamodb:us-east-1:111122223333:table/EventSourceTable",
                "dynamodb": {
                    "Keys": { "Id": { "N": "101" } },
                    "NewImage": { "Message": { "S": "New item!" }, "Id": { "N": "101" }, "Paid": { "BOOL": false },
                        "Note": { "NULL": true }, "Tags": { "SS": ["a"] }, "Lines": { "L": [{ "M": { "Count": { "N": "2" } } }] } },
                    "StreamViewType": "NEW_AND_OLD_IMAGES", "SequenceNumber": "111", "SizeBytes": 26,
                },
            },
            {
                "eventID": "3", "eventVersion": "1.0", "eventName": "REMOVE", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:dynamodb:us-east-1:111122223333:table/EventSourceTable",
                "dynamodb": {
                    "Keys": { "Id": { "N": "101" } }, "OldImage": { "Id": { "N": "101" } },
                    "StreamViewType": "NEW_AND_OLD_IMAGES", "SequenceNumber": "333", "SizeBytes": 38,
                },
            },
        ] }))
        .unwrap();
        let [insert, remove] = event.records.as_slice() else {
            panic!("{event:?}");
        };
        let image = insert.dynamodb.new_image.as_ref().unwrap();
        assert_eq!(insert.dynamodb.old_image, None);
        assert_eq!(image["Message"], AttributeValue::S("New item!".to_owned()));
        assert_eq!(image["Paid"], AttributeValue::Bool(false));
        assert_eq!(image["Note"], AttributeValue::Null(true));
        assert_eq!(
            image["Tags"],
            AttributeValue::StringSet(vec!["a".to_owned()])
        );
        let line = [("Count".to_owned(), AttributeValue::N("2".to_owned()))];
        assert_eq!(
            image["Lines"],
            AttributeValue::L(vec![AttributeValue::M(line.into())])
        );
        assert_eq!(remove.event_name, "REMOVE");
        assert_eq!(remove.dynamodb.new_image, None);
        assert_eq!(
            remove.dynamodb.keys["Id"],
            AttributeValue::N("101".to_owned())
        );
    }
}
