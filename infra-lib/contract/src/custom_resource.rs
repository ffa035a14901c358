//! Events and answers of custom resources, for providers in Rust.
//!
//! CloudFormation calls a provider, a Lambda function or an SNS topic, to create, update and delete a custom resource, and waits for an answer: an HTTP `PUT` to the
//! address in the event. The module has the fields of the event, and writes the answer; reading JSON and sending the answer are left to the crates that the
//! function uses. `infra_core::CustomResource` is the resource in the stack.
//!
//! ```
//! use infra_contract::custom_resource::{Event, RequestType};
//!
//! # let json = |name: &str| Some(match name {
//! #     "RequestType" => "Create",
//! #     "ResponseURL" => "https://example.com/answer",
//! #     "StackId" => "arn:aws:cloudformation:eu-west-1:111122223333:stack/Search/1",
//! #     "RequestId" => "7",
//! #     "LogicalResourceId" => "Index",
//! #     "ResourceType" => "Custom::SearchIndex",
//! #     _ => return None,
//! # });
//! // With `serde_json`: `Event::read(|name| json.get(name)?.as_str())`.
//! let event = Event::read(json).unwrap();
//! let answer = match event.request_type {
//!     // Retries must find what an earlier attempt has created.
//!     RequestType::Create | RequestType::Update => event.succeed("index-7").data("Endpoint", "https://search.example.com"),
//!     RequestType::Delete => {
//!         if !event.has_failed_to_create() {
//!             // Delete it here. A resource that is gone is deleted, too.
//!         }
//!         event.succeed(event.physical_id())
//!     }
//! };
//! // Then: `PUT event.response_url` with this body and an empty `Content-Type`.
//! let body = answer.to_json().unwrap_or_else(|error| event.fail(&error.to_string()).to_json().unwrap_or_default());
//! assert!(body.contains("SUCCESS"));
//! ```
//!
//! AWS: [Custom resource request types](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html),
//! [response objects](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html).

use std::fmt::{self, Write as _};

/// Maximum size of an answer in bytes.
const MAX_ANSWER: usize = 4_096;

/// Maximum number of characters of the reason of a failure, so that the answer always fits.
const MAX_REASON: usize = 500;

/// Physical ID of a resource whose creation failed. CloudFormation deletes such a resource as well.
const NOT_CREATED: &str = "infra-contract:not-created";

/// The operation that CloudFormation asks for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RequestType {
    /// Creation of the resource.
    Create,
    /// Change of its properties. An answer with another physical ID replaces the resource: a `Delete` for the old ID follows.
    Update,
    /// Removal of the resource, also after a failed creation. A resource that does not exist is deleted successfully.
    Delete,
}

/// An event of CloudFormation for a custom resource. The properties, `ResourceProperties` and `OldResourceProperties`, are typed by the provider.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The operation.
    pub request_type: RequestType,
    /// Presigned address in S3 to which the answer is sent. It is a credential: do not log it.
    pub response_url: String,
    /// ARN of the stack.
    pub stack_id: String,
    /// ID of the request, which the answer repeats.
    pub request_id: String,
    /// Logical ID of the resource in the template.
    pub logical_resource_id: String,
    /// Physical ID from an earlier answer, or `None` for a creation.
    pub physical_resource_id: Option<String>,
    /// Type of the resource, for example `Custom::SearchIndex`.
    pub resource_type: String,
}

/// The error for an event with a missing or unknown field.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidEvent {
    /// Name of the field.
    pub field: &'static str,
}

impl fmt::Display for InvalidEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the event of the custom resource has no valid `{}`",
            self.field
        )
    }
}

impl std::error::Error for InvalidEvent {}

/// The error for an answer above 4,096 bytes, the limit of CloudFormation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct AnswerTooLong {
    /// Size of the answer in bytes.
    pub bytes: usize,
}

impl fmt::Display for AnswerTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the answer for the custom resource has {} bytes, more than 4,096",
            self.bytes
        )
    }
}

impl std::error::Error for AnswerTooLong {}

impl Event {
    /// Reads an event with a function that returns a text field of its JSON.
    ///
    /// # Errors
    ///
    /// Fails with the name of a field that is missing, or a request type that is not known.
    pub fn read<'e>(field: impl Fn(&str) -> Option<&'e str>) -> Result<Self, InvalidEvent> {
        let required = |name: &'static str| {
            field(name)
                .map(str::to_owned)
                .ok_or(InvalidEvent { field: name })
        };
        let request_type = match field("RequestType") {
            Some("Create") => RequestType::Create,
            Some("Update") => RequestType::Update,
            Some("Delete") => RequestType::Delete,
            _ => {
                return Err(InvalidEvent {
                    field: "RequestType",
                });
            }
        };
        let physical_resource_id = match request_type {
            RequestType::Create => None,
            RequestType::Update | RequestType::Delete => Some(required("PhysicalResourceId")?),
        };
        Ok(Self {
            request_type,
            response_url: required("ResponseURL")?,
            stack_id: required("StackId")?,
            request_id: required("RequestId")?,
            logical_resource_id: required("LogicalResourceId")?,
            physical_resource_id,
            resource_type: required("ResourceType")?,
        })
    }

    /// Returns the physical ID of the resource, or a placeholder for one that does not exist yet.
    pub fn physical_id(&self) -> &str {
        self.physical_resource_id.as_deref().unwrap_or(NOT_CREATED)
    }

    /// Returns true for the deletion of a resource whose creation was answered by [`fail`](Self::fail), so that there is nothing to delete.
    pub fn has_failed_to_create(&self) -> bool {
        self.physical_id() == NOT_CREATED && self.request_type == RequestType::Delete
    }

    /// Creates the answer for an operation that succeeded. `physical_id` identifies the resource, at most 1,024 bytes; keep it in updates that do not
    /// replace the resource.
    pub fn succeed(&self, physical_id: &str) -> Answer<'_> {
        Answer {
            event: self,
            status: "SUCCESS",
            reason: None,
            physical_id: physical_id.to_owned(),
            no_echo: false,
            data: Vec::new(),
        }
    }

    /// Creates the answer for an operation that failed. CloudFormation shows the first 500 characters of `reason`, which must not contain secrets, and
    /// rolls back.
    pub fn fail(&self, reason: &str) -> Answer<'_> {
        Answer {
            status: "FAILED",
            reason: Some(reason.chars().take(MAX_REASON).collect()),
            ..self.succeed(self.physical_id())
        }
    }
}

/// An answer to an [`Event`]; [`to_json`](Self::to_json) returns the body of the request to its address.
#[derive(Clone, Debug)]
pub struct Answer<'e> {
    event: &'e Event,
    status: &'static str,
    reason: Option<String>,
    physical_id: String,
    no_echo: bool,
    data: Vec<(String, String)>,
}

impl Answer<'_> {
    /// Adds a value that the template reads with `Fn::GetAtt`.
    pub fn data(mut self, name: &str, value: impl Into<String>) -> Self {
        self.data.push((name.to_owned(), value.into()));
        self
    }

    /// Masks the data in events and in the output of commands. It remains readable in `Metadata`, outputs and properties of other resources.
    pub fn no_echo(mut self) -> Self {
        self.no_echo = true;
        self
    }

    /// Returns the answer as JSON.
    ///
    /// # Errors
    ///
    /// Fails if it is longer than 4,096 bytes, which CloudFormation rejects.
    pub fn to_json(&self) -> Result<String, AnswerTooLong> {
        let event = self.event;
        let mut json = String::from("{");
        let texts = [
            ("Status", Some(self.status)),
            ("Reason", self.reason.as_deref()),
            ("PhysicalResourceId", Some(&self.physical_id)),
            ("StackId", Some(&event.stack_id)),
            ("RequestId", Some(&event.request_id)),
            ("LogicalResourceId", Some(&event.logical_resource_id)),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                write_entry(&mut json, name, text);
            }
        }
        if self.no_echo {
            json.push_str(",\"NoEcho\":true");
        }
        if !self.data.is_empty() {
            json.push_str(",\"Data\":{");
            for (name, value) in &self.data {
                write_entry(&mut json, name, value);
            }
            json.push('}');
        }
        json.push('}');
        match json.len() {
            bytes if bytes > MAX_ANSWER => Err(AnswerTooLong { bytes }),
            _ => Ok(json),
        }
    }
}

/// Writes an entry of an object, after a comma unless it is the first one.
fn write_entry(json: &mut String, name: &str, text: &str) {
    if !json.ends_with('{') {
        json.push(',');
    }
    write_string(json, name);
    json.push(':');
    write_string(json, text);
}

/// Writes a string literal (RFC 8259, section 7).
fn write_string(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if u32::from(c) < 0x20 => {
                // Writing to a string cannot fail.
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::{AnswerTooLong, Event, InvalidEvent, RequestType};

    fn fields(request_type: &'static str) -> impl Fn(&str) -> Option<&'static str> {
        move |name| {
            Some(match name {
                "RequestType" => request_type,
                "ResponseURL" => "https://example.com/answer",
                "StackId" => "stack",
                "RequestId" => "request",
                "LogicalResourceId" => "Index",
                "ResourceType" => "Custom::SearchIndex",
                "PhysicalResourceId" if request_type != "Create" => "index-7",
                _ => return None,
            })
        }
    }

    #[test]
    fn reads_each_type_of_request() {
        for (name, request_type, id) in [
            ("Create", RequestType::Create, None),
            ("Update", RequestType::Update, Some("index-7")),
            ("Delete", RequestType::Delete, Some("index-7")),
        ] {
            let event = Event::read(fields(name)).unwrap();
            assert_eq!(event.request_type, request_type);
            assert_eq!(event.physical_resource_id.as_deref(), id);
            assert!(!event.has_failed_to_create());
        }
    }

    #[test]
    fn rejects_missing_and_unknown_fields() {
        let of = |field| Err(InvalidEvent { field });
        assert_eq!(Event::read(|_| None), of("RequestType"));
        assert_eq!(Event::read(fields("Replace")), of("RequestType"));
        for missing in ["ResponseURL", "StackId", "PhysicalResourceId"] {
            let read = Event::read(|name| fields("Update")(name).filter(|_| name != missing));
            assert_eq!(read, of(missing));
        }
        let error = InvalidEvent { field: "StackId" };
        assert_eq!(
            error.to_string(),
            "the event of the custom resource has no valid `StackId`"
        );
    }

    #[test]
    fn writes_success_with_data() {
        let event = Event::read(fields("Create")).unwrap();
        let answer = event
            .succeed("index-7")
            .data("Endpoint", "https://example.com")
            .data("Text", "a \"b\" \\ \n é")
            .no_echo();
        assert_eq!(
            answer.to_json().unwrap(),
            concat!(
                r#"{"Status":"SUCCESS","PhysicalResourceId":"index-7","StackId":"stack","RequestId":"request","LogicalResourceId":"Index","#,
                r#""NoEcho":true,"Data":{"Endpoint":"https://example.com","Text":"a \"b\" \\ \u000a é"}}"#
            )
        );
    }

    #[test]
    fn recognizes_deletion_after_failed_creation() {
        let event = Event::read(fields("Create")).unwrap();
        let json = event.fail("no capacity").to_json().unwrap();
        assert!(json.starts_with(r#"{"Status":"FAILED","Reason":"no capacity","PhysicalResourceId":"infra-contract:not-created""#));
        let deletion = Event::read(|name| match name {
            "PhysicalResourceId" => Some("infra-contract:not-created"),
            _ => fields("Delete")(name),
        });
        assert!(deletion.unwrap().has_failed_to_create());
    }

    #[test]
    fn keeps_answers_within_limit() {
        let event = Event::read(fields("Delete")).unwrap();
        let failure = event.fail(&"\u{1}".repeat(5_000)).to_json().unwrap();
        assert!(failure.len() < 4_096 && failure.contains("index-7"));
        let long = event
            .succeed("index-7")
            .data("Text", "x".repeat(4_096))
            .to_json();
        let AnswerTooLong { bytes } = long.unwrap_err();
        assert!(bytes > 4_096);
    }
}
