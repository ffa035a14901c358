//! Options of distributed maps.

use super::integration::with_paths;
use super::language::Language;
use super::options::WorkflowType;
use crate::core::{Data, IntoValue, Map, Value, pseudo, sub};
use crate::iam::Statement;

/// Options of a distributed [`Map`](super::Map), whose items are processed in executions of their own.
///
/// See [distributed mode](https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html). Defaults:
///
/// | property | here | Step Functions |
/// |---|---|---|
/// | type of the executions | standard | the type of the machine, which is standard |
/// | items | those of the state | the same |
/// | tolerated failures | none | none |
/// | results | in the output, at most 256 KiB | the same |
///
/// ```
/// use infra_lib::stepfunctions::{Definition, Distributed, Map, Pass};
///
/// let import = Map::new("Import", Pass::new("Row")).distributed(
///     Distributed::new()
///         .csv_object("orders", "{% $states.input.key %}")
///         .max_items_per_batch(100)
///         .tolerated_failure_percentage(5),
/// );
/// assert!(Definition::new(import).to_json().to_string().contains("DISTRIBUTED"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "the options have no effect until they are passed to a map"]
pub struct Distributed {
    execution_type: WorkflowType,
    label: Option<String>,
    batch: Map,
    reader: Option<(&'static str, Map, Map)>,
    writer: Option<Map>,
    tolerated_percentage: Option<u8>,
    pub(super) statements: Vec<Statement>,
}

impl Default for Distributed {
    fn default() -> Self {
        Self::new()
    }
}

impl Distributed {
    /// Creates options with standard executions.
    pub fn new() -> Self {
        Self {
            execution_type: WorkflowType::Standard,
            label: None,
            batch: Map::default(),
            reader: None,
            writer: None,
            tolerated_percentage: None,
            statements: Vec::new(),
        }
    }

    /// Sets the type of the executions. Default: standard.
    pub fn execution_type(mut self, execution_type: WorkflowType) -> Self {
        self.execution_type = execution_type;
        self
    }

    /// Sets the label, a part of the ARN of each run. Default: one that Step Functions generates.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the number of items of a batch, which one execution processes. Default: no batches.
    pub fn max_items_per_batch(mut self, items: u32) -> Self {
        self.batch.insert("MaxItemsPerBatch", i64::from(items));
        self
    }

    /// Sets the share of items that can fail, in percent up to 100. Default: 0.
    pub fn tolerated_failure_percentage(mut self, percent: u8) -> Self {
        self.tolerated_percentage = Some(percent);
        self
    }

    /// Reads the items from a list in a JSON object of a bucket. The role may read the objects of the bucket.
    pub fn json_object(self, bucket: impl IntoValue<String>, key: impl IntoValue<String>) -> Self {
        let mut config = Map::default();
        config.insert("InputType", "JSON");
        self.object(bucket.into_value(), key.into_value(), config)
    }

    /// Reads the items from the rows of a CSV object of a bucket, whose first row has the names. The role may read the
    /// objects of the bucket.
    pub fn csv_object(self, bucket: impl IntoValue<String>, key: impl IntoValue<String>) -> Self {
        let mut config = Map::default();
        config.insert("InputType", "CSV");
        config.insert("CSVHeaderLocation", "FIRST_ROW");
        self.object(bucket.into_value(), key.into_value(), config)
    }

    /// Takes the objects of a bucket as items, those with a prefix. The role may list the bucket.
    pub fn objects(
        mut self,
        bucket: impl IntoValue<String>,
        prefix: impl IntoValue<String>,
    ) -> Self {
        let bucket = bucket.into_value();
        self.statements.push(
            Statement::allow()
                .action("s3:ListBucket")
                .resource(bucket_arn(&bucket, "")),
        );
        let mut arguments = Map::default();
        arguments.insert("Bucket", bucket.into_data());
        arguments.insert("Prefix", prefix.into_value().into_data());
        self.reader = Some(("s3:listObjectsV2", Map::default(), arguments));
        self
    }

    /// Writes the results to objects of a bucket. The role may write below the prefix.
    ///
    /// See [`ResultWriter`](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
    pub fn write_results(
        mut self,
        bucket: impl IntoValue<String>,
        prefix: impl Into<String>,
    ) -> Self {
        let (bucket, prefix) = (bucket.into_value(), prefix.into());
        self.statements.push(
            Statement::allow()
                .actions([
                    "s3:AbortMultipartUpload",
                    "s3:GetObject",
                    "s3:ListMultipartUploadParts",
                    "s3:PutObject",
                ])
                .resource(bucket_arn(&bucket, &format!("/{prefix}/*"))),
        );
        let mut arguments = Map::default();
        arguments.insert("Bucket", bucket.into_data());
        arguments.insert("Prefix", prefix);
        self.writer = Some(arguments);
        self
    }

    fn object(mut self, bucket: Value<String>, key: Value<String>, config: Map) -> Self {
        let path = match key.as_literal() {
            Some(literal) if !literal.starts_with("{%") && !literal.starts_with('$') => {
                format!("/{literal}")
            }
            _ => "/*".to_owned(),
        };
        self.statements.push(
            Statement::allow()
                .action("s3:GetObject")
                .resource(bucket_arn(&bucket, &path)),
        );
        let mut arguments = Map::default();
        arguments.insert("Bucket", bucket.into_data());
        arguments.insert("Key", key.into_data());
        self.reader = Some(("s3:getObject", config, arguments));
        self
    }

    /// Returns `ProcessorConfig`.
    pub(super) fn config(&self) -> Map {
        let mut config = Map::default();
        config.insert("Mode", "DISTRIBUTED");
        config.insert("ExecutionType", self.execution_type.as_str());
        config
    }

    /// Returns the fields of the state.
    pub(super) fn fields<L: Language>(&self) -> Map {
        let resource = |action: &str| {
            sub!["arn:", pseudo::partition(), ":states:::", action.to_owned()].into_data()
        };
        let mut fields = Map::default();
        if let Some(label) = &self.label {
            fields.insert("Label", label.clone());
        }
        if let Some((action, config, arguments)) = &self.reader {
            let mut reader = Map::default();
            reader.insert("Resource", resource(action));
            if !config.is_empty() {
                reader.insert("ReaderConfig", config.clone());
            }
            reader.insert(L::ARGUMENTS, with_paths::<L>(arguments));
            fields.insert("ItemReader", reader);
        }
        if !self.batch.is_empty() {
            fields.insert("ItemBatcher", self.batch.clone());
        }
        if let Some(percent) = self.tolerated_percentage {
            fields.insert("ToleratedFailurePercentage", i64::from(percent));
        }
        if let Some(arguments) = &self.writer {
            let mut writer = Map::default();
            writer.insert("Resource", resource("s3:putObject"));
            writer.insert(L::ARGUMENTS, with_paths::<L>(arguments));
            fields.insert("ResultWriter", writer);
        }
        fields
    }
}

fn bucket_arn(bucket: &Value<String>, path: &str) -> Value<String> {
    match bucket.data() {
        // A bucket that the input names.
        Data::Text(name) if name.starts_with("{%") || name.starts_with('$') => {
            sub!["arn:", pseudo::partition(), ":s3:::*", path.to_owned()]
        }
        _ => sub![
            "arn:",
            pseudo::partition(),
            ":s3:::",
            bucket.clone(),
            path.to_owned()
        ],
    }
}
