//! Checks of delivery streams.

use super::Compression;
use crate::core::{Diagnostic, Scope, Size, Value, codes};

/// Reports a prefix with expressions that lacks one for errors.
pub(super) fn check_prefixes(
    scope: Scope<'_>,
    prefix: Option<&Value<String>>,
    error_prefix: Option<&Value<String>>,
) {
    let literal = prefix.and_then(Value::as_literal);
    let has_expression = literal.is_some_and(|prefix| prefix.contains("!{"));
    let errors = error_prefix.and_then(Value::as_literal);
    let names_type = errors.is_some_and(|prefix| prefix.contains("!{firehose:error-output-type}"));
    let is_deferred = error_prefix.is_some() && errors.is_none();
    if has_expression && !names_type && !is_deferred {
        scope.report(
            Diagnostic::new(
                codes::DELIVERY_PREFIX,
                "Firehose rejects a prefix with expressions without one for errors",
            )
            .property("ExtendedS3DestinationConfiguration.ErrorOutputPrefix")
            .actual(errors.unwrap_or("no prefix for errors"))
            .expected("a prefix that contains `!{firehose:error-output-type}`")
            .help("add `.error_output_prefix(\"errors/!{firehose:error-output-type}/\")`")
            .url("https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html"),
        );
    }
}

/// Reports a compression, or a buffer of less than 64 MiB, of records that are converted (`INF4957`).
pub(super) fn check_format(scope: Scope<'_>, compression: Compression, buffer: Size) {
    let found = if compression != Compression::Uncompressed {
        Some((
            "CompressionFormat",
            compression.as_str().to_owned(),
            "`UNCOMPRESSED`: the format compresses its columns itself",
            "leave out `.compression(…)`",
        ))
    } else if buffer < Size::mib(64) {
        Some((
            "BufferingHints.SizeInMBs",
            buffer.to_string(),
            "64 to 128 MiB",
            "leave out `.buffering_size(…)`, or enlarge it",
        ))
    } else {
        None
    };
    if let Some((property, actual, expected, help)) = found {
        scope.report(
            Diagnostic::new(
                codes::DELIVERY_FORMAT,
                "Firehose cannot convert the records with these settings",
            )
            .property(format!("ExtendedS3DestinationConfiguration.{property}"))
            .actual(actual)
            .expected(expected)
            .help(help)
            .url("https://docs.aws.amazon.com/firehose/latest/dev/enable-record-format-conversion.html"),
        );
    }
}
