//! CloudWatch metrics of proxies.

use super::{DatabaseProxy, ImportedDatabaseProxy};
use crate::cloudwatch::metrics;

metrics! {
    const PROXY: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html" for DatabaseProxy<'_>, ImportedDatabaseProxy<'_> => {
        /// Returns the share of time for which the target was available, in percent.
        metric_availability = "AvailabilityPercentage", Average, Percent;
        /// Returns the maximum number of connections of clients.
        metric_client_connections = "ClientConnections", Maximum, Count;
        /// Returns the number of connections of clients that were closed.
        metric_client_connections_closed = "ClientConnectionsClosed", Sum, Count;
        /// Returns the maximum number of connections of clients without TLS.
        metric_client_connections_no_tls = "ClientConnectionsNoTLS", Maximum, Count;
        /// Returns the number of requests for connections of clients.
        metric_client_connections_received = "ClientConnectionsReceived", Sum, Count;
        /// Returns the number of attempts of clients to connect that failed by wrong credentials or lack of TLS.
        metric_client_connections_refused = "ClientConnectionsSetupFailedAuth", Sum, Count;
        /// Returns the number of connections of clients that were opened.
        metric_client_connections_opened = "ClientConnectionsSetupSucceeded", Sum, Count;
        /// Returns the maximum number of connections of clients with TLS.
        metric_client_connections_tls = "ClientConnectionsTLS", Maximum, Count;
        /// Returns the number of requests for connections to the database.
        metric_database_connection_requests = "DatabaseConnectionRequests", Sum, Count;
        /// Returns the number of requests for connections to the database with TLS.
        metric_database_connection_requests_tls = "DatabaseConnectionRequestsWithTLS", Sum, Count;
        /// Returns the maximum number of connections to the database.
        metric_connections = "DatabaseConnections", Maximum, Count;
        /// Returns the average time for which a client waits for a connection, in microseconds.
        metric_borrow_latency = "DatabaseConnectionsBorrowLatency", Average, None;
        /// Returns the maximum number of connections that clients use.
        metric_connections_borrowed = "DatabaseConnectionsCurrentlyBorrowed", Maximum, Count;
        /// Returns the maximum number of connections that are in a transaction.
        metric_connections_in_transaction = "DatabaseConnectionsCurrentlyInTransaction", Maximum, Count;
        /// Returns the maximum number of connections that are pinned to a client.
        metric_connections_pinned = "DatabaseConnectionsCurrentlySessionPinned", Maximum, Count;
        /// Returns the number of connections to the database that failed.
        metric_connections_failed = "DatabaseConnectionsSetupFailed", Sum, Count;
        /// Returns the number of connections to the database that were opened.
        metric_connections_opened = "DatabaseConnectionsSetupSucceeded", Sum, Count;
        /// Returns the maximum number of connections to the database with TLS.
        metric_connections_tls = "DatabaseConnectionsWithTLS", Maximum, Count;
        /// Returns the maximum number of connections to the database that the proxy may open.
        metric_connections_allowed = "MaxDatabaseConnectionsAllowed", Maximum, Count;
        /// Returns the average time of an answer of the database, in microseconds.
        metric_database_response_latency = "QueryDatabaseResponseLatency", Average, None;
        /// Returns the number of statements.
        metric_query_requests = "QueryRequests", Sum, Count;
        /// Returns the number of statements without TLS.
        metric_query_requests_no_tls = "QueryRequestsNoTLS", Sum, Count;
        /// Returns the number of statements with TLS.
        metric_query_requests_tls = "QueryRequestsTLS", Sum, Count;
        /// Returns the average time of an answer of the proxy, in microseconds.
        metric_response_latency = "QueryResponseLatency", Average, None;
    }
}

metrics! {
    /// Returns a metric that RDS records about the proxy, with the given statistic.
    impl DatabaseProxy<'_>: "AWS/RDS", [PROXY], |proxy| [
        "ProxyName" = proxy.db_proxy_name()
    ]
}

metrics! {
    /// Returns a metric that RDS records about the proxy, with the given statistic.
    impl ImportedDatabaseProxy<'_>: "AWS/RDS", [PROXY], |proxy| [
        "ProxyName" = proxy.db_proxy_name()
    ]
}
