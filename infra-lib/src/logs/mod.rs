//! Amazon CloudWatch Logs: log groups that end.
