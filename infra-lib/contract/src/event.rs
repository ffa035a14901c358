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

    use super::{Direct, EventBridgeEvent, HttpRequest, S3Event, SqsEvent};

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
}
