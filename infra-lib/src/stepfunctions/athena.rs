//! Integrations of Amazon Athena.

use super::integration::Integration;
use super::jobs::arn_here;
use crate::core::{Data, IntoValue, Name, Value, pseudo, sub, value};
use crate::iam::Statement;
use crate::kind;

/// A query of Amazon Athena, for [`Integration::athena_run_query`].
///
/// | property | here | Athena |
/// |---|---|---|
/// | workgroup | `primary` | the same |
/// | results | where the workgroup stores them | the same |
/// | permissions | for the workgroup; for the database and the results that are named here | none |
///
/// The role needs to read the objects of the tables as well: `bucket.grant_read(&machine)`.
///
/// ```
/// use infra_lib::stepfunctions::{AthenaQuery, Integration, Task};
///
/// let query = AthenaQuery::new("SELECT count(*) FROM orders").database("shop").results("reports", "daily");
/// Task::new("Count", Integration::athena_run_query(query));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a query has no effect until it is passed to an integration"]
pub struct AthenaQuery {
    query: Data,
    workgroup: Value<Name<kind::athena::WorkGroup>>,
    database: Option<Value<String>>,
    results: Option<(Value<Name<kind::s3::Bucket>>, String)>,
}

impl AthenaQuery {
    /// Creates a query from SQL, or an expression whose result is SQL. Pass values of the input with the argument
    /// `ExecutionParameters`, for `?` in the SQL, so that they cannot change its meaning.
    pub fn new(sql: impl Into<Data>) -> Self {
        Self {
            query: sql.into(),
            workgroup: value("primary"),
            database: None,
            results: None,
        }
    }

    /// Sets the workgroup. Default: `primary`.
    pub fn workgroup(mut self, name: impl IntoValue<Name<kind::athena::WorkGroup>>) -> Self {
        self.workgroup = name.into_value();
        self
    }

    /// Sets the database of AWS Glue, whose tables the role may then read the definitions of. Default: none, and the SQL
    /// names it; then give the permission with [`statement`](Integration::statement).
    pub fn database(mut self, name: impl IntoValue<String>) -> Self {
        self.database = Some(name.into_value());
        self
    }

    /// Sets the bucket and the prefix of the results, which the role may then write and read. Default: where the workgroup
    /// stores them; then give the permission with `bucket.grant_read_write_prefix(&machine, …)`.
    pub fn results(
        mut self,
        bucket: impl IntoValue<Name<kind::s3::Bucket>>,
        prefix: impl Into<String>,
    ) -> Self {
        let prefix = prefix.into();
        self.results = Some((bucket.into_value(), prefix.trim_matches('/').to_owned()));
        self
    }

    fn integrate(self, integration: Integration, actions: &[&'static str]) -> Integration {
        let workgroup = sub!["workgroup/", self.workgroup.clone()];
        let catalog = arn_here("athena", "datacatalog/AwsDataCatalog".into_value());
        let mut call = integration
            .argument("QueryString", self.query)
            .argument("WorkGroup", self.workgroup.into_data())
            .statement(
                Statement::allow()
                    .actions(actions.iter().copied())
                    .resource(arn_here("athena", workgroup)),
            )
            .statement(
                Statement::allow()
                    .action("athena:GetDataCatalog")
                    .resource(catalog),
            );
        if let Some(database) = self.database {
            let context = Data::map([("Database", database.clone().into_data())]);
            call = call
                .argument("QueryExecutionContext", context)
                .statement(read_tables(&database));
        }
        if let Some((bucket, prefix)) = self.results {
            let location: Value<String> = sub!["s3://", bucket.clone(), "/", &*prefix];
            let configuration = Data::map([("OutputLocation", location.into_data())]);
            call = call.argument("ResultConfiguration", configuration);
            for statement in write_results(&bucket, &prefix) {
                call = call.statement(statement);
            }
        }
        call
    }
}

/// Returns the permission to read the definitions of the tables of a database.
fn read_tables(database: &Value<String>) -> Statement {
    let resources = [
        "catalog".into_value(),
        sub!["database/", database.clone()],
        sub!["table/", database.clone(), "/*"],
    ];
    Statement::allow()
        .actions([
            "glue:BatchGetPartition",
            "glue:GetDatabase",
            "glue:GetPartition",
            "glue:GetPartitions",
            "glue:GetTable",
            "glue:GetTables",
        ])
        .resources(resources.map(|resource| arn_here("glue", resource)))
}

/// Returns the permissions to write results and to read them.
fn write_results(bucket: &Value<Name<kind::s3::Bucket>>, prefix: &str) -> [Statement; 2] {
    let arn: Value<String> = sub!["arn:", pseudo::partition(), ":s3:::", bucket.clone()];
    let objects = match prefix {
        "" => sub![arn.clone(), "/*"],
        prefix => sub![arn.clone(), "/", prefix, "/*"],
    };
    [
        Statement::allow()
            .actions([
                "s3:GetBucketLocation",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads",
            ])
            .resource(arn),
        Statement::allow()
            .actions([
                "s3:AbortMultipartUpload",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ])
            .resource(objects),
    ]
}

/// Queries of Amazon Athena.
///
/// See [Athena and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html).
impl Integration {
    /// Creates a query, without waiting for its end.
    pub fn athena_start_query(query: AthenaQuery) -> Self {
        let call = Self::optimized("athena:startQueryExecution");
        query.integrate(call, &["athena:StartQueryExecution"])
    }

    /// Creates a query; the state ends with it, and fails if the query does. Only standard machines can (`INF4950`). The
    /// role may start, watch and stop queries of this workgroup only. Step Functions asks for the state of the query, so no
    /// rule of EventBridge is needed.
    pub fn athena_run_query(query: AthenaQuery) -> Self {
        let actions = [
            "athena:GetQueryExecution",
            "athena:StartQueryExecution",
            "athena:StopQueryExecution",
        ];
        query.integrate(
            Self::run_job("athena:startQueryExecution", ".sync"),
            &actions,
        )
    }
}
