//! Detects truncated XML responses. The SDK would accept them as complete, with missing list entries.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;

/// Interceptor and retry classifier that refuses a truncated response and retries the call.
#[derive(Clone, Copy, Debug)]
pub(super) struct TruncationDetector;

impl Intercept for TruncationDetector {
    fn name(&self) -> &'static str {
        "whole answers"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_truncated(context.response().body()) {
            return Err("the response is incomplete".into());
        }
        Ok(())
    }
}

impl ClassifyRetry for TruncationDetector {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if is_truncated(response.body()) => RetryAction::transient_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "whole answers"
    }
}

/// Returns `true` if an XML body does not end with the end tag of its root element. Streamed content is skipped, because its length is checked where
/// it is read.
fn is_truncated(body: &SdkBody) -> bool {
    let Some(Ok(text)) = body.bytes().map(str::from_utf8) else {
        return false;
    };
    let text = text.trim();
    let Some(root) = root_element_name(text) else {
        return text.starts_with("<?xml");
    };
    let alone = text
        .rsplit('<')
        .next()
        .is_some_and(|last| last.starts_with(root));
    let ends = text.ends_with(&format!("</{root}>")) || alone && text.ends_with("/>");
    !ends
}

/// Returns the name of the root element.
fn root_element_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        if !rest.starts_with(['?', '!']) {
            break;
        }
        rest = rest.split_once('>')?.1;
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::is_truncated;

    #[test]
    fn detects_truncated_xml() {
        for whole in [
            "<A><B>1</B></A>",
            "<?xml version=\"1.0\"?>\n<A xmlns=\"x\">\n<B/></A>\n",
            "<A/>",
            "",
            "{\"json\": 1}",
            "no XML at all",
        ] {
            assert!(!is_truncated(&SdkBody::from(whole)), "{whole}");
        }
        for half in [
            "<A><B>1</B>",
            "<?xml version=\"1.0\"?>",
            "<?xml version=\"1.0\"?><A><B>1</",
            "<A xmlns=\"x\"><B>",
            "<Answer><B/>",
        ] {
            assert!(is_truncated(&SdkBody::from(half)), "{half}");
        }
    }
}
