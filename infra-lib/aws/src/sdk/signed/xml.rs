//! Reads XML responses as a tree of elements, which are looked up by name: unknown elements are ignored.

use std::collections::BTreeMap;

use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};

/// Maximum depth of elements. Responses of AWS have at most eight levels.
const DEPTH: usize = 32;

/// An XML element with its text or its child elements.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in super::super) struct Element {
    name: String,
    /// Text of an element without children.
    text: String,
    children: Vec<Self>,
}

impl Element {
    /// Returns the first child with the given name.
    pub(in super::super) fn find_child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns the text of the first child with the given name, or `None` if it is missing or empty.
    pub(in super::super) fn child_text(&self, name: &str) -> Option<String> {
        let child = self.find_child(name)?;
        (!child.text.is_empty()).then(|| child.text.clone())
    }

    /// Returns the text like [`text`](Self::text), or an empty string if it is missing.
    pub(in super::super) fn text_or_empty(&self, name: &str) -> String {
        self.child_text(name).unwrap_or_default()
    }

    /// Returns `true` if the text of the first child with the given name is `true`.
    pub(in super::super) fn is_true(&self, name: &str) -> bool {
        self.find_child(name)
            .is_some_and(|child| child.text == "true")
    }

    /// Returns the members of a list: the children of the first child with the given name.
    pub(in super::super) fn list_members(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.find_child(name)
            .map(|list| list.children.as_slice())
            .unwrap_or_default()
            .iter()
    }

    /// Returns the texts of the members of a list.
    pub(in super::super) fn member_texts(&self, name: &str) -> Vec<String> {
        self.list_members(name)
            .map(|member| member.text.clone())
            .collect()
    }

    /// Returns the keys and values of a list of tags.
    pub(in super::super) fn read_tags(
        &self,
        list: &str,
        key: &str,
        value: &str,
    ) -> BTreeMap<String, String> {
        self.list_members(list)
            .filter_map(|tag| Some((tag.child_text(key)?, tag.text_or_empty(value))))
            .collect()
    }

    fn find_descendant(&self, name: &str) -> Option<&Self> {
        if self.name == name {
            return Some(self);
        }
        self.children
            .iter()
            .find_map(|child| child.find_descendant(name))
    }
}

/// Returns the body of a response, or the code and message of an error response.
pub(super) fn parse_response(
    response: &HttpResponse,
) -> Result<Element, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    let parsed = parse_document(body);
    if response.status().is_success() {
        return match parsed {
            // The page of a proxy, or a truncated response.
            Ok(root) if !root.name.ends_with("Response") => Err(OrchestratorError::other(format!(
                "the element `{}` is not a response",
                root.name
            ))),
            other => other.map_err(OrchestratorError::other),
        };
    }
    let root = parsed.unwrap_or_default();
    let mut error = ErrorMetadata::builder();
    if let Some(found) = root.find_descendant("Error") {
        if let Some(code) = found.child_text("Code") {
            error = error.code(code);
        }
        if let Some(message) = found.child_text("Message") {
            error = error.message(message);
        }
    }
    // EC2 uses a different spelling.
    let id = ["RequestId", "RequestID"];
    if let Some(id) = id.iter().find_map(|name| root.find_descendant(name)) {
        error = error.custom("aws_request_id", id.text.clone());
    }
    Err(OrchestratorError::operation(error.build()))
}

/// Returns the root element of a document.
fn parse_document(body: &[u8]) -> Result<Element, XmlDecodeError> {
    let text = std::str::from_utf8(body).map_err(XmlDecodeError::unhandled)?;
    // The decoder reveals the content of an element only by consuming it: the first pass finds the elements with children.
    let mut shape = Vec::new();
    let mut document = Document::new(text);
    measure_shape(&mut document.root_element()?, DEPTH, &mut shape)?;
    let mut document = Document::new(text);
    build_element(&mut document.root_element()?, &mut shape.into_iter())
}

/// Records for each element, in order, if it has children.
fn measure_shape(
    decoder: &mut ScopedDecoder<'_, '_>,
    depth: usize,
    shape: &mut Vec<bool>,
) -> Result<(), XmlDecodeError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(XmlDecodeError::custom("elements are nested too deeply"));
    };
    let at = shape.len();
    shape.push(false);
    while let Some(mut child) = decoder.next_tag() {
        shape[at] = true;
        measure_shape(&mut child, depth, shape)?;
    }
    Ok(())
}

fn build_element(
    decoder: &mut ScopedDecoder<'_, '_>,
    shape: &mut impl Iterator<Item = bool>,
) -> Result<Element, XmlDecodeError> {
    let mut element = Element {
        name: decoder.start_el().local().to_owned(),
        ..Element::default()
    };
    if shape.next() == Some(true) {
        while let Some(mut child) = decoder.next_tag() {
            element.children.push(build_element(&mut child, shape)?);
        }
    } else {
        element.text = try_data(decoder)?.into_owned();
    }
    Ok(element)
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_types::body::SdkBody;

    use super::{Element, parse_document, parse_response};

    fn http_response(status: u16, body: &str) -> HttpResponse {
        HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_owned()))
    }

    #[test]
    fn reads_elements_by_name() {
        let root = parse_document(
            b"<?xml version=\"1.0\"?>\n<R xmlns=\"http://x/\">\n <set>\n  <item><key>a &amp; b</key><value/></item>\n  <item><key>c</key><value>d</value></item>\n </set><zones><item>1</item><item>2</item></zones><on>true</on></R>",
        )
        .unwrap();
        let tags = root.read_tags("set", "key", "value");
        assert_eq!(tags["a & b"], "");
        assert_eq!(tags["c"], "d");
        assert_eq!(root.member_texts("zones"), ["1", "2"]);
        assert!(root.is_true("on") && !root.is_true("off"));
        assert_eq!(root.child_text("off"), None);
        assert!(parse_document(b"no XML").is_err() && parse_document(&[0xff]).is_err());
        let deep = "<a>".repeat(10_000);
        assert!(parse_document(deep.as_bytes()).is_err());
    }

    #[test]
    fn reads_code_and_message_of_errors() {
        for body in [
            "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>words</Message></Error></Errors><RequestID>r-1</RequestID></Response>",
            "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidVpcID.NotFound</Code><Message>words</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
        ] {
            let error = parse_response(&http_response(400, body)).unwrap_err();
            let error = error.as_operation_error().unwrap();
            assert_eq!(error.code(), Some("InvalidVpcID.NotFound"));
            assert_eq!(error.message(), Some("words"));
            assert_eq!(error.extra("aws_request_id"), Some("r-1"));
        }
        let error = parse_response(&http_response(502, "<html>oops")).unwrap_err();
        assert_eq!(error.as_operation_error().unwrap().code(), None);
    }

    #[test]
    fn rejects_page_of_proxy() {
        parse_response(&http_response(200, "<html><body/></html>")).unwrap_err();
        let answer = parse_response(&http_response(200, "<DescribeVpcsResponse/>")).unwrap();
        assert_eq!(answer.list_members("vpcSet").next(), None::<&Element>);
    }
}
