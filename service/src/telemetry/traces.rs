//! Exports spans to an OpenTelemetry collector with OTLP over HTTP.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use hyper::Uri;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tokio::runtime::Handle;

/// The value of the variable `OTEL_EXPORTER_OTLP_ENDPOINT`: URL of the collector, without TLS, such as `http://127.0.0.1:4318`.
///
/// The collector is a sidecar container in the same task and is reached over the loopback interface. It adds TLS and authentication toward the
/// tracing backend, so the service needs no second TLS stack for telemetry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectorEndpoint(String);

impl fmt::Display for CollectorEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Error for a text that is not a valid collector URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidEndpoint(String);

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a valid collector URL: use one such as `http://127.0.0.1:4318` (OTLP over HTTP; the collector provides TLS)",
            self.0
        )
    }
}

impl std::error::Error for InvalidEndpoint {}

impl FromStr for CollectorEndpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, InvalidEndpoint> {
        let valid = text.parse::<Uri>().is_ok_and(|uri| {
            uri.scheme_str() == Some("http") && uri.host().is_some() && uri.query().is_none()
        });
        if valid {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        } else {
            Err(InvalidEndpoint(text.to_owned()))
        }
    }
}

/// Timeout for each export, and for the last export at shutdown.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Exports spans in the background until it is shut down.
#[derive(Debug)]
pub(crate) struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// Starts the export to a collector. The SDK also applies `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER` and
    /// `OTEL_EXPORTER_OTLP_HEADERS`. Must be called within a Tokio runtime.
    pub(crate) fn start_export(endpoint: &CollectorEndpoint) -> Result<Self, ExporterBuildError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(format!("{endpoint}/v1/traces"))
            .with_timeout(TIMEOUT)
            .with_http_client(OnRuntime {
                client: HyperClient::with_default_connector(TIMEOUT, None),
                runtime: Handle::current(),
            })
            .build()?;
        let named = std::env::var_os("OTEL_SERVICE_NAME").is_some();
        let resource = Resource::builder();
        let resource = if named {
            resource
        } else {
            resource.with_service_name("notes")
        };
        let resource = resource
            .with_attribute(opentelemetry::KeyValue::new(
                "service.version",
                env!("CARGO_PKG_VERSION"),
            ))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Self { provider })
    }

    pub(crate) fn create_tracer(&self) -> SdkTracer {
        self.provider.tracer("notes")
    }

    /// Exports the remaining spans, for at most 5 seconds; a failure is logged.
    pub(crate) async fn shutdown(self) {
        // The shutdown blocks while the export runs on this runtime, so it needs a thread of the blocking pool.
        let shutdown =
            tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(TIMEOUT));
        match shutdown.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(error = %error, "the last spans were not exported"),
            Err(error) => tracing::warn!(error = %error, "the last spans were not exported"),
        }
    }
}

/// An HTTP client that runs requests on the Tokio runtime, which hyper needs. The SDK exports from its own thread, which has no reactor.
#[derive(Debug)]
struct OnRuntime {
    client: HyperClient,
    runtime: Handle,
}

#[async_trait::async_trait]
impl HttpClient for OnRuntime {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sent = self
            .runtime
            .spawn(async move { client.send_bytes(request).await })
            .await?;
        match &sent {
            Ok(response) if !response.status().is_success() => {
                tracing::warn!(
                    status = response.status().as_u16(),
                    "the collector rejected spans"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(error = %error, "the collector is unreachable"),
        }
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_endpoint_without_tls() {
        let endpoint: CollectorEndpoint = "http://127.0.0.1:4318/".parse().unwrap();
        assert_eq!(endpoint.to_string(), "http://127.0.0.1:4318");
        for text in [
            "",
            "127.0.0.1:4318",
            "https://collector",
            "http://",
            "http://c/?a=b",
        ] {
            let refused = text.parse::<CollectorEndpoint>().unwrap_err().to_string();
            assert!(refused.contains("http://127.0.0.1:4318"), "{refused}");
        }
    }
}
